import { readSnapshot } from "./live-aircraft.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { FeedReading } from "./readsb-lines.js";
import { savedJson, wholeText } from "./text.js";

// A snapshot: every aircraft a receiver or a network hears at one moment, one JSON object.
//
//   readsb, dump1090   {"now": s, "messages": n, "aircraft": [{...}, ...]}     aircraft.json, history_0.json ...
//   readsb net-api     {"now": s, "resultCount": n, "aircraft": [...]}
//   v2 services        {"ac": [...], "msg": "No error", "now": ms, "total": n, "ctime": ms, "ptime": ms}
//
// `now` is the moment of writing; each position is `seen_pos` seconds older. A fix that comes again in the next snapshot
// therefore has the same time again, to the rounding of `seen_pos`, and cleaning sets it aside as a duplicate.

/** chosen: the whole world at once is some 10 MB. */
const LIMIT_BYTES = 128e6;

/** Reads snapshots of readsb, dump1090-fa, dump1090-mutability and of services that answer in their form. */
export const readsbSnapshotReader: Reader = {
  id: "readsb-snapshot",
  title: "live snapshot (aircraft.json, history_*.json, v2 API)",
  sniff,
  read,
};

const LIST = /"(aircraft|ac)"\s*:\s*(\[|null)/;

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, "");
  if (!/^\s*\{/.test(text)) return 0;
  const list = LIST.exec(text);
  // What names no aircraft before its list is one document; lines have "hex" first, or their own reader.
  if (!list || /"(hex|icao|icao24|trace)"\s*:/.test(text.slice(0, list.index))) return 0;
  if (/"hex"\s*:/.test(text)) return 3;
  return /"now"\s*:\s*\d/.test(text) ? 3 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const text = await wholeText(chunks, LIMIT_BYTES);
  const [firstLine = ""] = text.split("\n", 1);
  if (firstLine.length < text.length && isWhole(firstLine)) {
    const feed = new FeedReading(sink);
    for (const line of text.split("\n")) feed.line(line, false);
    return feed.end();
  }
  const { value, truncated } = savedJson(
    text,
    { rowEnd: "}", closing: "]}", one: "aircraft", many: "aircraft" },
    sink,
  );
  const document = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { now } = document;
  // The services write `now` behind their list, where a document that breaks off has lost it.
  readSnapshot({ ...document, now: now ?? (truncated ? nowBehind(text) : undefined) }, sink, 0);
}

/** A log of snapshots has one on each line; the first may be longer than what `sniff` sees. */
function isWhole(line: string): boolean {
  if (!/\}\s*$/.test(line)) return false;
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}

function nowBehind(text: string): number | undefined {
  const last = text.slice(Math.max(0, text.lastIndexOf('"now"')));
  const found = /^"now"\s*:\s*(\d+(\.\d+)?)\s*[,}]/.exec(last);
  return found ? Number(found[1]) : undefined;
}
