import { WheelsdownError } from "../units/errors.js";
import { parseUtc } from "../units/time.js";
import { type KmlEvents, KmlScan } from "./kml-scan.js";
import type { ReaderSink } from "./reader.js";
import { utf8Chunks } from "./utf16.js";

/** chosen: a leg's track is some hundred kB. */
const LIMIT_BYTES = 64e6;
/**
 * Reads KML as it comes. Entities that a document declares itself are not expanded, so that none grows.
 *
 * @returns what is wrong with the document, undefined when it is whole: everything before that was told, and nothing
 *   behind it was read
 */
export async function scanKml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  events: KmlEvents,
): Promise<string | undefined> {
  const scan = new KmlScan(events);
  const decoder = new TextDecoder();
  let byteCount = 0;
  for await (const chunk of utf8Chunks(chunks)) {
    byteCount += chunk.length;
    if (byteCount > LIMIT_BYTES) {
      scan.damage ??= `larger than ${LIMIT_BYTES / 1e6} MB unpacked, which no export of this kind is`;
    }
    if (scan.damage !== undefined) break;
    scan.write(decoder.decode(chunk, { stream: true }));
  }
  scan.end();
  return scan.damage;
}

/**
 * Says what `scanKml` found wrong with a document of positions, once they are read.
 *
 * @throws WheelsdownError "input-invalid" when there was none
 */
export function tellKmlEnd(
  end: { readonly damage: string | undefined; readonly rowCount: number; readonly advice: string },
  sink: Pick<ReaderSink, "issue">,
): void {
  const { damage, rowCount, advice } = end;
  if (rowCount === 0) {
    const why = damage === undefined ? "" : ` (${damage})`;
    throw new WheelsdownError("input-invalid", `no position in it${why}: ${advice}`);
  }
  if (damage === undefined) return;
  const detail = `positions before this were read: ${damage}`;
  sink.issue({ kind: "truncated", row: -1, detail });
}

/** A place as KML writes it: longitude first, altitude in metres last. */
export interface KmlPlace {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeM: number | undefined;
}

/**
 * @param text "lon,lat,alt" of `coordinates` or "lon lat alt" of `gx:coord`
 * @returns undefined when it is no place
 */
export function kmlPlace(text: string): KmlPlace | undefined {
  return USUAL_PLACE.test(text) ? usualPlace(text) : anyPlace(text);
}

/** Three plain numbers with a comma or a space between them. */
const USUAL_PLACE = /^-?\d+(?:\.\d+)?([, ])-?\d+(?:\.\d+)?\1-?\d+(?:\.\d+)?$/;

function usualPlace(text: string): KmlPlace | undefined {
  const separator = text.includes(",") ? "," : " ";
  const lonEnd = text.indexOf(separator);
  const latEnd = text.indexOf(separator, lonEnd + 1);
  const lonDeg = Number(text.slice(0, lonEnd));
  const latDeg = Number(text.slice(lonEnd + 1, latEnd));
  // Of enough digits a number is infinite.
  if (!Number.isFinite(lonDeg) || !Number.isFinite(latDeg)) return undefined;
  return { latDeg, lonDeg, altitudeM: Number(text.slice(latEnd + 1)) };
}

function anyPlace(text: string): KmlPlace | undefined {
  const cells = text.trim().split(text.includes(",") ? /\s*,\s*/ : /\s+/);
  if (cells.length < 2 || cells.length > 3) return undefined;
  if (!cells.every((cell) => /^[+-]?(\d|\.\d)[\d.]*(e[+-]?\d+)?$/i.test(cell))) return undefined;
  const [lonDeg, latDeg, altitudeM] = cells.map(Number);
  if (!Number.isFinite(lonDeg) || !Number.isFinite(latDeg)) return undefined;
  return { latDeg: latDeg!, lonDeg: lonDeg!, altitudeM };
}

/** @returns milliseconds since 1970 UTC, undefined when `text` is no date and time */
export function kmlTimeMs(text: string): number | undefined {
  return text.includes("T") ? parseUtc(text) : undefined;
}
