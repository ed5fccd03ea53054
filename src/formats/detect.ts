import { avrReader } from "./avr.js";
import { beastReader } from "./beast.js";
import { headerNames } from "./csv-table.js";
import { flightTracerReader } from "./flight-tracer.js";
import { flightAwareKmlReader } from "./flightaware-kml.js";
import { describeForeignFile } from "./foreign-files.js";
import { fr24CsvReader } from "./fr24-csv.js";
import { fr24JsonReader } from "./fr24-json.js";
import { fr24KmlReader } from "./fr24-kml.js";
import { openSkyReader } from "./opensky.js";
import { openSkyRestReader } from "./opensky-rest.js";
import { describeOwnTable, ownPositionsReader } from "./own-positions.js";
import type { Reader } from "./reader.js";
import { readsbHeatmapReader } from "./readsb-heatmap.js";
import { readsbLinesReader } from "./readsb-lines.js";
import { readsbSnapshotReader } from "./readsb-snapshot.js";
import { readsbTraceReader } from "./readsb-trace.js";
import { sbsReader } from "./sbs.js";
import { tableReader } from "./table.js";
import { mapFits, missingColumns, namesColumns } from "./table-columns.js";
import { guessMap } from "./table-guess.js";
import { firstLineOf, isTableLike } from "./table-look.js";
import { parseTableMap, shellWord } from "./table-map.js";
import { tar1090KmlReader } from "./tar1090-kml.js";
import type { ReadingTerms } from "./terms.js";
import { timedHexReader } from "./timed-hex.js";
import { utf8Head, utf16Of } from "./utf16.js";
import { vrsListReader } from "./vrs-list.js";

/** Every reader there is; the highest bid reads an input. */
export const READERS: readonly Reader[] = [
  readsbTraceReader,
  openSkyReader,
  readsbSnapshotReader,
  readsbLinesReader,
  fr24CsvReader,
  fr24KmlReader,
  flightAwareKmlReader,
  tar1090KmlReader,
  openSkyRestReader,
  vrsListReader,
  fr24JsonReader,
  flightTracerReader,
  beastReader,
  avrReader,
  timedHexReader,
  sbsReader,
  ownPositionsReader,
];

/**
 * Readers of coarse forms of what lies beside them in a finer one. Both together would be worse than the finer alone, so
 * these read only what the user names itself, and nothing that is found in a folder or an archive.
 */
export const NAMED_READERS: readonly Reader[] = [readsbHeatmapReader];

/** Readers that read nothing of which their user did not say how. */
export const ASKED_READERS: readonly Reader[] = [tableReader];

/** @returns the reader that a ledger calls so, undefined for one of another version */
export function readerWithId(id: string): Reader | undefined {
  return [...READERS, ...NAMED_READERS, ...ASKED_READERS].find((reader) => reader.id === id);
}

/** How much of an input `detectReader` wants to see. */
export const SNIFF_BYTES = 65_536;

/** What is known of an input before its content is. */
export interface DetectOptions {
  /** The user named it itself: then `NAMED_READERS` bid too. */
  readonly named?: boolean;
  /** A mapping among them reads tables that have the columns it names, before anyone else does. */
  readonly terms?: Pick<ReadingTerms, "map"> | undefined;
}

/** @returns the reader that knows this content best, or undefined when none does */
export function detectReader(
  head: Uint8Array,
  name: string,
  options: DetectOptions = {},
): Reader | undefined {
  const reader = highestBidder(head, name, options);
  if (reader || utf16Of(head) === undefined) return reader;
  return highestBidder(utf8Head(head), name, options);
}

function highestBidder(
  head: Uint8Array,
  name: string,
  { named = false, terms }: DetectOptions,
): Reader | undefined {
  const map = terms?.map === undefined ? undefined : parseTableMap(terms.map);
  const isMapped = map !== undefined && mapFits(firstLineOf(head), map);
  // A first line that has all the names is that of the table that is meant, whatever its rows are like. A mapping by numbers
  // alone fits tables of all kinds: those that somebody knows are not meant.
  if (isMapped && namesColumns(map)) return tableReader;
  let best: Reader | undefined;
  let bestBid = 0;
  for (const reader of named ? [...READERS, ...NAMED_READERS] : READERS) {
    const bid = reader.sniff(head, name);
    // Nobody bids higher, and of two alike the first reads.
    if (bid === 3 && bestBid < 3) return reader;
    if (bid > bestBid) {
      best = reader;
      bestBid = bid;
    }
  }
  return best ?? (isMapped && isTableLike(head) ? tableReader : undefined);
}

/** Says what an input nobody reads looks like, so that its owner knows what to do. */
export function describeUnreadable(start: Uint8Array, terms?: Pick<ReadingTerms, "map">): string {
  if (start.length === 0) return "the file is empty; download it again";
  if (isBareUtf16(start)) return "UTF-16 text without a byte order mark; save it as UTF-8";
  const foreign = describeForeignFile(start);
  if (foreign !== undefined) return foreign;
  const head = utf8Head(start);
  if (readsbHeatmapReader.sniff(head, "") > 0) {
    return "a readsb heatmap, which the traces beside it tell more exactly; name the file itself to read it all the same";
  }
  const text = new TextDecoder()
    .decode(head.subarray(0, 2048))
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (/^<(!doctype html|html|head|body)/i.test(text)) {
    return "an HTML page, not flight data: the server answered with an error or login page; download it again";
  }
  if (text.startsWith("<?xml") || /^<(kml|gpx)/i.test(text))
    return "XML, but no track in KML of Flightradar24, FlightAware or a map of tar1090, which are those that are read";
  if (/^[[{]/.test(text)) return describeJson(text);
  if (head.subarray(0, 2048).some((byte) => byte < 8))
    return "binary data of a kind that is not read";
  return isTableLike(head)
    ? describeTable(head, terms)
    : "not a format that is read; see docs/formats for those that are";
}

function describeTable(head: Uint8Array, terms: ReadingTerms | undefined): string {
  const first = firstLineOf(head);
  if (terms?.map !== undefined) {
    const missing = missingColumns(first, parseTableMap(terms.map));
    return `a table without the column ${missing.join(", ")} that --map names; its first line is ${first.slice(0, 200)}`;
  }
  const own = describeOwnTable(first);
  if (own !== undefined) return own;
  if (holdsEstimates(first)) return ESTIMATES;
  const guess = guessMap(head, terms?.timeZone !== undefined);
  if (!guess)
    return "a table that does not look like positions of aircraft at known times; if it is one, say with --map which columns are what";
  const isKnown = guess.open.length === 0;
  const looks = `a table of no kind that is known; it looks like --map ${shellWord(guess.text)}`;
  if (isKnown) return `${looks}; check that, and add it to read this`;
  return `${looks}; add it to read this, with what only you know: ${guess.open.join("; ")}`;
}

const ESTIMATES =
  "OpenSky's list of legs, which holds airports it estimated and no positions; ask it for tracks or states";

/** By the names that OpenSky's list has, and those of its table. */
function holdsEstimates(firstLine: string): boolean {
  const names = new Set(headerNames(firstLine).map((name) => name.replaceAll("_", "")));
  return names.has("estdepartureairport") && names.has("estarrivalairport") && !names.has("lat");
}

/** JSON that lies beside positions and holds none, by the names in it. */
const JSON_WITHOUT_POSITIONS: readonly (readonly [RegExp, string])[] = [
  [/"refresh"\s*:\s*\d+\s*,\s*"history"\s*:/, "a receiver's settings, which hold no positions"],
  [/"estDepartureAirport"\s*:/, ESTIMATES],
  [/^\s*\{\s*"(latest|last1min)"\s*:/, "a receiver's statistics, which hold no positions"],
];

function describeJson(text: string): string {
  const known = JSON_WITHOUT_POSITIONS.find(([pattern]) => pattern.test(text));
  return known?.[1] ?? "JSON, but of no kind that is read; see docs/formats for those that are";
}

/** By text in which every other byte is zero. */
function isBareUtf16(head: Uint8Array): boolean {
  if (utf16Of(head) !== undefined) return false;
  const start = head.subarray(0, 64);
  const isZero = (odd: number) => start.every((byte, i) => (byte === 0) === (i % 2 === odd));
  return start.length >= 4 && (isZero(0) || isZero(1));
}
