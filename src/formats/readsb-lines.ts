import { WheelsdownError } from "../units/errors.js";
import { eachTextLine } from "./lines.js";
import { nowMsFrom, readLiveAircraft, readSnapshot } from "./live-aircraft.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";

// Recordings of a live feed, one JSON object a line:
//
//   readsb --json-port   {"now": s, "hex": ..., "lat": ..., ...}       one aircraft with its own moment
//   adsb_actions         {"now": s, "alt_baro": ..., "gscp": kt, "hex": ..., ...}
//   a log of snapshots   {"now": s, "aircraft": [...]}                 one snapshot, or one v2 answer, a line
//
// Lines may end with a comma, and some recorders leave `now` out: then no position has a time.

/** chosen: how many lines `sniff` looks at; recorders put heartbeats without an aircraft between the others. */
const SNIFF_LINES = 20;

/** Reads recordings of live feeds by lines. */
export const readsbLinesReader: Reader = {
  id: "readsb-lines",
  title: "recorded live feed (JSON lines, --json-port)",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, "");
  if (!/^\s*\{/.test(text)) return 0;
  let objectCount = 0;
  for (const line of text.split("\n", SNIFF_LINES)) {
    const value = parsedLine(line);
    if (value === "blank") continue;
    if (value === "broken") break;
    objectCount++;
    // A list on one line may be a whole document: only a second one after it makes a recording.
    if (isAircraft(value)) return 3;
    if (isSnapshot(value) && objectCount > 1) return 3;
  }
  // A document on one line longer than the head: its reader bids for it.
  return 0;
}

function isAircraft(value: Readonly<Record<string, unknown>>): boolean {
  const isLive = ["now", "seen", "seen_pos"].some((name) => typeof value[name] === "number");
  return typeof value.hex === "string" && isLive && !isSnapshot(value);
}

function isSnapshot(value: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(value.aircraft) || Array.isArray(value.ac);
}

function parsedLine(line: string): Readonly<Record<string, unknown>> | "blank" | "broken" {
  const trimmed = line.trim();
  const text = trimmed.endsWith(",") ? trimmed.slice(0, -1) : trimmed;
  if (text === "") return "blank";
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told by the caller, who knows the row.
  }
  return "broken";
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const feed = new FeedReading(sink);
  await eachTextLine(chunks, (text, isOpen) => feed.line(text, isOpen));
  feed.end();
}

/** Reads a recording line by line. */
export class FeedReading {
  readonly #sink: ReaderSink;
  #row = 0;
  #hasTime = false;
  #isEmpty = true;
  #hasObject = false;

  constructor(sink: ReaderSink) {
    this.#sink = sink;
  }

  /** See `TakeLine`. */
  line(text: string | undefined, isOpen: boolean): void {
    const value = text === undefined ? "broken" : parsedLine(text);
    if (value === "blank") return;
    this.#isEmpty = false;
    if (value === "broken") {
      this.#sink.row();
      this.#sink.issue(brokenLine(this.#row++, { isTooLong: text === undefined, isOpen }));
      return;
    }
    this.#hasObject = true;
    const nowMs = nowMsFrom(value.now);
    this.#hasTime ||= nowMs !== undefined;
    if (isSnapshot(value) && (nowMs !== undefined || noAircraft(value))) {
      this.#row += readSnapshot(value, this.#sink, this.#row);
    } else {
      this.#sink.row();
      readLiveAircraft(value, { nowMs, row: this.#row++, sink: this.#sink });
    }
  }

  /** @throws WheelsdownError "input-invalid" when no line says when it was written */
  end(): void {
    if (this.#hasTime || this.#isEmpty) return;
    throw new WheelsdownError(
      "input-invalid",
      this.#hasObject
        ? 'no line says when it was written ("now" is missing), so no position has a time; record with a readsb that writes it'
        : "no line of it is a JSON object; download it again",
    );
  }
}

function noAircraft({ aircraft, ac }: Readonly<Record<string, unknown>>): boolean {
  return [aircraft, ac].every((list) => !Array.isArray(list) || list.length === 0);
}

function brokenLine(row: number, { isTooLong, isOpen }: { isTooLong: boolean; isOpen: boolean }) {
  if (isTooLong) return { kind: "line-too-long", row, detail: "a line of more than 64 MB" };
  return isOpen
    ? { kind: "truncated", row: -1, detail: "the last line breaks off; lines before it were read" }
    : { kind: "row-malformed", row, detail: "a line that is no JSON object" };
}
