import { join } from "node:path";
import { readInput } from "../../src/io/read-input.js";
import type { AirportTable } from "../../src/place/airport.js";
import { TrackCollector } from "../../src/track/collector.js";
import type { Track } from "../../src/track/track.js";
import { MINUTE_MS } from "../../src/units/quantity.js";
import type { Case, Grade, Negative, Truth } from "../case.js";
import { repairedAddress } from "./gather.js";
import { seenEnd } from "./ground-ends.js";
import { groupBy, type Row, readRows } from "./read-rows.js";
import { highFlight, selfKeyedTruths, sessionsOf } from "./sessions.js";

const FOLDER = "traffic-samples";
const EDGE_MS = 10 * MINUTE_MS;
const NO_HOLE_MIN = 5;
const HIGH_FT = 8_000;
/** Flights whose work is to fly low, circle or land on no airport. */
const SPECIAL =
  /^(calibration|surveys|firefighting|gliders|military|tv_relay|ambulances|noisy)\/|belevingsvlucht|3900fb/;
/** Where the field's height gives the time still to fly: chosen, a usual last rate of descent. */
const LAST_DESCENT_FPM = 700;

/** Real state vectors of forty files with an answer for each session of each aircraft. */
export async function trafficSamples(dataFolder: string, airports: AirportTable): Promise<Case[]> {
  const folder = join(dataFolder, FOLDER);
  const key = readRows(join(folder, "answer_key.csv"));
  const cases: Case[] = [];
  for (const [file, rows] of groupBy(key, (row) => row.file!)) {
    const collector = new TrackCollector();
    await readInput(join(folder, file), collector);
    const byAircraft = groupBy(rows, (row) => repairedAddress(row.icao24!));
    for (const track of collector.take())
      cases.push(caseOf({ file, track, rows: byAircraft.get(track.address) ?? [], airports }));
  }
  return cases;
}

interface Keyed {
  readonly file: string;
  readonly track: Track;
  readonly rows: readonly Row[];
  readonly airports: AirportTable;
}

function caseOf({ file, track, rows, airports }: Keyed): Case {
  const truths: Truth[] = [];
  const negatives: Negative[] = highFlight(track);
  rows.forEach((row, at) => {
    const keyed = [endTruth(track, row, "first", airports), endTruth(track, row, "last", airports)];
    for (const truth of keyed) if (truth) truths.push(truth);
    negatives.push(...sessionNegatives(row, rows[at + 1]));
  });
  // A session the key leaves out may still show its own ends.
  if (rows.length === 0) truths.push(...selfKeyedTruths(track, airports));
  truths.sort((a, b) => a.timeMs - b.timeMs);
  return {
    id: `${FOLDER} ${file} ${track.address}`,
    corpus: FOLDER,
    file: `${FOLDER}/${file}`,
    track,
    truths,
    negatives,
    complete: false,
    special: SPECIAL.test(file),
    aircraftKey: track.address,
    airportKey: truths.findLast((truth) => truth.airport)?.airport?.ident ?? "none",
  };
}

function endTruth(
  track: Track,
  row: Row,
  side: "first" | "last",
  airports: AirportTable,
): Truth | undefined {
  const status = side === "first" ? row.origin_status! : row.destination_status!;
  const code = side === "first" ? row.origin! : row.destination!;
  const airport = airports.find(code);
  if (!status.startsWith("observed") || !airport) return undefined;
  const stretch = stretchOf(track, row);
  const seen = stretch && seenEnd(track, { ...stretch, side }, airports);
  const timed = seen?.airport === airport;
  const heightFt = Number(side === "first" ? row.start_agl_ft : row.end_agl_ft);
  const lagMs = (Math.max(0, Number.isFinite(heightFt) ? heightFt : 0) / LAST_DESCENT_FPM) * 60_000;
  const edgeMs = Date.parse(side === "first" ? row.seg_start_utc! : row.seg_end_utc!);
  return {
    kind: side === "first" ? "takeoff" : "landing",
    airport,
    timeMs: timed ? seen.timeMs : edgeMs + (side === "first" ? -lagMs : lagMs),
    toleranceMs: timed ? seen.toleranceMs : EDGE_MS,
    timed,
    seen: status === "observed_ground" ? "ground" : "low",
    grade: row.grade!.slice(0, 1) as Grade,
    how: `answer key: ${status}${timed ? "; time from the roll in the full track" : ""}`,
  };
}

function stretchOf(track: Track, row: Row): { start: number; end: number } | undefined {
  const middleMs = (Date.parse(row.seg_start_utc!) + Date.parse(row.seg_end_utc!)) / 2;
  return sessionsOf(track, 90 * MINUTE_MS)
    .map(({ start, end }) => within(track, { start, end }, row))
    .find(
      ({ start, end }) =>
        end > start && track.timeMs[start]! <= middleMs && track.timeMs[end - 1]! >= middleMs,
    );
}

function within(track: Track, stretch: { start: number; end: number }, row: Row) {
  let { start, end } = stretch;
  const fromMs = Date.parse(row.seg_start_utc!) - 1000;
  const toMs = Date.parse(row.seg_end_utc!) + 1000;
  while (start < end && track.timeMs[start]! < fromMs) start++;
  while (end > start && track.timeMs[end - 1]! > toMs) end--;
  return { start, end };
}

function sessionNegatives(row: Row, next: Row | undefined): Negative[] {
  const fromMs = Date.parse(row.seg_start_utc!);
  const toMs = Date.parse(row.seg_end_utc!);
  const negatives: Negative[] = [];
  const ends = `${row.origin_status} ${row.destination_status}`;
  if (ends.includes("at_sea"))
    negatives.push({
      fromMs,
      toMs,
      why: "deck landings at sea, no airport",
      unlessAt: row.destination || row.origin!,
    });
  if (row.origin_status === "none")
    return [{ fromMs: fromMs - EDGE_MS, toMs: toMs + EDGE_MS, why: "on the ground throughout" }];
  // Slow stretches are hints of full stops; without one, and without a hole, nothing stopped in between.
  const inner = { fromMs: fromMs + EDGE_MS, toMs: toMs - EDGE_MS };
  if (
    row.slow_intervals_between === "" &&
    Number(row.max_gap_min) < NO_HOLE_MIN &&
    inner.toMs > inner.fromMs &&
    !/off_airport|at_sea/.test(ends)
  )
    negatives.push({ ...inner, why: "flight heard without a hole, never slow and low" });
  if (row.destination_status === "outside_data" && Number(row.end_agl_ft) > HIGH_FT) {
    const nextMs = next ? Date.parse(next.seg_start_utc!) : Number.POSITIVE_INFINITY;
    const until = Math.min(toMs + EDGE_MS, nextMs - EDGE_MS);
    if (until > toMs)
      negatives.push({ fromMs: toMs, toMs: until, why: "leaves the data high in the air" });
  }
  return negatives;
}
