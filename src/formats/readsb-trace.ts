import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { readTraceJson } from "./readsb-json.js";
import { scanTrace } from "./readsb-scan.js";
import { wholeBytes, wholeText } from "./text.js";

// Layout of a readsb / tar1090 trace: one JSON object per aircraft and day (archive) or rolling (live).
//
//   header   icao, r, t, desc, dbFlags (1 military, 2 interesting, 4 PIA, 8 LADD), ownOp, year, timestamp (s)
//   trace[]  column 0   offset from timestamp, s       5   track, deg; true heading on the ground
//                   1,2 latitude, longitude, deg       6   flags: 1 stale, 2 leg, 4 geometric rate, 8 geometric altitude
//                   3   altitude, ft, "ground" or null 7   vertical rate, ft/min
//                   4   ground speed, kt               8   object with callsign, squawk, integrity; often null
//            and since 2022: 9 source, 10 geometric altitude, 11 geometric rate, 12 IAS, 13 roll
//
// Always add column 0 to `timestamp`: it is midnight in newer archive files and the first point elsewhere.

const LIMIT_BYTES = 512e6;
/** Larger documents are left to `JSON.parse`: traces end at some megabytes. */
const SCAN_BYTES_MAX = 64e6;

/** Reads readsb and tar1090 traces, `trace_full_*.json` and `trace_recent_*.json`, archive or live. */
export const readsbTraceReader: Reader = {
  id: "readsb-trace",
  title: "readsb / tar1090 trace",
  sniff,
  read,
};

/** Headers are a few hundred bytes: in most traces the first look is enough. */
const LOOKS_BYTES = [512, 4096] as const;
const letters = new TextDecoder();

function sniff(head: Uint8Array, name: string): SniffBid {
  let named = false;
  for (const length of LOOKS_BYTES) {
    const text = letters
      .decode(head.subarray(0, length))
      .replace(/^\uFEFF/, "")
      .trimStart();
    if (text !== "" && !text.startsWith("{")) return 0;
    named = /"icao"\s*:/.test(text);
    if (named && /"trace"\s*:\s*\[/.test(text)) return 3;
  }
  return named && /trace_(full|recent)_/.test(name) ? 2 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const { bytes, rest } = await wholeBytes(chunks, SCAN_BYTES_MAX);
  const scanned = rest ? undefined : scanTrace(bytes);
  if (!scanned) {
    sink.fellBack();
    readTraceJson(await wholeText(rest ?? [bytes], LIMIT_BYTES), sink);
    return;
  }
  const { header, points } = scanned;
  if (header.simulated) sink.simulated();
  sink.identity(header.address, header.stated);
  sink.rows(points.length);
  sink.points(header.address, points);
}
