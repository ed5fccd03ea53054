import { gzipSync } from "node:zlib";
import { landingTrace } from "../cli/trace.js";
import { tarOf } from "../support/tar.js";
import type { Site } from "./site.js";

/** A tar archive of these names and contents. */
export function archiveOf(members: Iterable<readonly [string, Uint8Array]>): Buffer {
  return tarOf(Array.from(members, ([name, content]) => ({ name, content })));
}

export interface DayOptions {
  readonly day?: string;
  /** Folders of traces, 256 for a whole day. */
  readonly folderCount?: number;
  /** Added to each trace so that an archive has a size. */
  readonly paddingBytes?: number;
}

/** Address number `i` of `dayMembers`: one for each folder. */
export function hexOf(i: number): string {
  return (0x140000 + i).toString(16);
}

/** Traces of one aircraft for each folder, as an archive's day has them. */
export function* dayMembers(options: DayOptions = {}): Generator<readonly [string, Buffer]> {
  const { day = "2025-10-01", folderCount = 256, paddingBytes = 0 } = options;
  const trace = landingTrace({ dayMs: Date.parse(`${day}T00:00:00Z`) });
  yield ["./README.txt", Buffer.from("about this archive\n")];
  yield ["./heatmap/00.bin.ttf", Buffer.alloc(1000, 7)];
  for (let i = 0; i < folderCount; i++) {
    const hex = hexOf(i);
    const text = trace.replace(/"icao":"\w+"/, `"icao":"${hex}"`);
    const packed = gzipSync(`${text}${" ".repeat(i % 7)}`, { level: 1 });
    const padding = gzipSync(noise(paddingBytes, i), { level: 0 });
    // A second gzip member of blanks would be read as part of the first; a file beside it only has a size.
    yield [`./traces/${hex.slice(-2)}/trace_full_${hex}.json`, packed];
    if (paddingBytes > 0) yield [`./acas/${hex}.csv.gz`, padding];
  }
}

/** Bytes that do not compress, the same each time. */
function noise(byteCount: number, seed: number): Buffer {
  const bytes = Buffer.alloc(byteCount);
  let state = seed * 2654435761 + 1;
  for (let i = 0; i < byteCount; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Publishes an archive's day as a release. @returns the tag */
export function publish(
  site: Site,
  archive: Uint8Array,
  options: { day?: string; partBytes?: number; replica?: string; headers?: object } = {},
): string {
  const { day = "2025-10-01", partBytes, replica = "prod" } = options;
  const tag = `v${day.replaceAll("-", ".")}-planes-readsb-${replica}-0`;
  const stem = `/globe_history_${day.slice(0, 4)}/releases/download/${tag}/${tag}.tar`;
  if (partBytes === undefined) {
    site.put(stem, archive, { etag: `"${tag}"`, ...options.headers });
    return tag;
  }
  for (let i = 0; i * partBytes < archive.length; i++) {
    const part = archive.subarray(i * partBytes, (i + 1) * partBytes);
    site.put(`${stem}.a${String.fromCharCode(97 + i)}`, part, {
      etag: `"${tag}-${i}"`,
      ...options.headers,
    });
  }
  return tag;
}
