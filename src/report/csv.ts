/**
 * CSV as RFC 4180 has it: comma, CRLF, quotes doubled, one header row, ISO 8601 UTC times. A text that a
 * spreadsheet would run as a formula gets a leading apostrophe.
 */

import { stringify } from "csv-stringify/browser/esm/sync";
import { maskTrack } from "../track/clean.js";
import { callsignAt, GROUND_UNKNOWN, GROUND_YES, isSimulated, type Track } from "../track/track.js";
import { isoSeconds } from "../units/time.js";
import type { JourneyJson, LegJson, StopJson } from "./journey-shape.js";
import { setAsideOf } from "./point-shape.js";
import { type GapJson, type MovementJson, rounded } from "./shapes.js";
import { hasTime, openEndSentence, probabilityText } from "./wording.js";

export type Cell = string | number | boolean | null;

/** Source: OWASP, "CSV Injection": the characters that start a formula, tab and line breaks included. */
const FORMULA_START = /^[=+\-@\t\r\n]/;

const MOVEMENT_HEADER = [
  "hex",
  "registration",
  "type",
  "callsign",
  "kind",
  "time",
  "timeFrom",
  "timeTo",
  "timeLocal",
  "timeZone",
  "airport",
  "airportName",
  "country",
  "candidates",
  "offAirport",
  "lat",
  "lon",
  "runway",
  "evidence",
  "class",
  "probability",
  "probabilityText",
  "basis",
  "simulated",
  "exhibits",
  "coverage",
  "priors",
] as const;

/** One row per movement, `time` empty where only an interval is known; candidates as "MUHA 0.61; MUVR 0.22", exhibits as "file rows 10-42 sha256". */
export function movementsCsv(movements: readonly MovementJson[]): string {
  return csv(
    MOVEMENT_HEADER,
    movements.map((movement) => [
      movement.hex,
      movement.registration,
      movement.type,
      movement.callsign,
      movement.kind,
      // An estimate inside a wide interval would be read as a time; the interval stands beside it.
      hasTime(movement) ? movement.time : null,
      movement.timeFrom,
      movement.timeTo,
      hasTime(movement) ? movement.timeLocal : null,
      movement.timeZone,
      movement.airport,
      movement.airportName,
      movement.country,
      candidatesCell(movement.candidates),
      movement.offAirport,
      movement.lat,
      movement.lon,
      movement.runway,
      movement.evidence,
      movement.class,
      movement.probability,
      probabilityText(movement.probability, movement),
      movement.basis,
      movement.simulated,
      movement.exhibits
        .map((one) => `${one.file} rows ${one.rowFrom}-${one.rowTo} sha256:${one.input}`)
        .join("; "),
      coverageCell(movement.coverage),
      priorsCell(movement.priors),
    ]),
  );
}

/** "EGKK 0.97; EGLC 0.4; sha256:3f2a...": how likely it would have been seen at each field, and by which measurement. */
function coverageCell(coverage: MovementJson["coverage"]): string | null {
  if (!coverage) return null;
  const fields = coverage.fields.map(
    ({ airport, seenProbability }) => `${airport} ${seenProbability}`,
  );
  return [...fields, `sha256:${coverage.measurement}`].join("; ");
}

/** "fields; routes BAW123 EGLL-KJFK sha256:3f2a..., changed": what was known beforehand and used; empty without any. */
function priorsCell({ fields, routes }: MovementJson["priors"]): string {
  const parts = fields ? ["fields"] : [];
  if (routes) {
    const changed = routes.before.length > 0 ? ", changed" : "";
    const route = routes.airports.join("-");
    parts.push(`routes ${routes.callsign} ${route} sha256:${routes.sha256}${changed}`);
  }
  return parts.join("; ");
}

const JOURNEY_HEADER = [
  "hex",
  "registration",
  "type",
  "journeyFrom",
  "stop",
  "openEnd",
  "airport",
  "airportName",
  "country",
  "candidates",
  "lat",
  "lon",
  "arrival",
  "arrivalLocal",
  "departure",
  "departureLocal",
  "timeZone",
  "evidence",
  "arrivalClass",
  "arrivalProbability",
  "departureClass",
  "departureProbability",
  "hereProbability",
  "noStopProbability",
  "nextLegKm",
  "nextLegNm",
  "nextLegDurationS",
  "nextLegLargestGapS",
  "nextLegSeenShare",
  "basis",
  "simulated",
] as const;

/** One row per stop or open end, with the leg that leaves it; an open end has no number, it is no stop. */
export function journeysCsv(journeys: readonly JourneyJson[]): string {
  const rows = journeys.flatMap((journey) => journey.stops.map((stop) => stopCells(journey, stop)));
  return csv(JOURNEY_HEADER, rows);
}

function stopCells(journey: JourneyJson, stop: StopJson): Cell[] {
  const leg: LegJson | undefined = journey.legs.find((one) => one.from === stop.number);
  return [
    journey.hex,
    journey.registration,
    journey.type,
    journey.from,
    stop.openEnd ? null : stop.number,
    stop.openEnd,
    stop.airport,
    stop.airportName,
    stop.country,
    candidatesCell(stop.candidates),
    stop.lat,
    stop.lon,
    stop.arrival,
    stop.arrivalLocal,
    stop.departure,
    stop.departureLocal,
    stop.timeZone,
    stop.openEnd ? "heard in the air" : stop.evidence,
    stop.landing?.class ?? null,
    stop.landing?.probability ?? null,
    stop.takeoff?.class ?? null,
    stop.takeoff?.probability ?? null,
    hereProbability(stop),
    stop.outcomes?.noStop ?? null,
    leg?.distanceKm ?? null,
    leg?.distanceNm ?? null,
    leg?.durationS ?? null,
    leg?.largestGapS ?? null,
    leg?.seenShare ?? null,
    stop.openEnd ? openEndSentence(stop) : ((stop.landing ?? stop.takeoff)?.basis ?? null),
    stop.simulated,
  ];
}

/** Of the airport that is named, both movements taken together; null where none is. */
function hereProbability({ airport, outcomes }: StopJson): number | null {
  const here = outcomes?.airports.find((one) => one.airport === airport);
  return here?.probability ?? null;
}

const GAP_HEADER = [
  "hex",
  "from",
  "to",
  "durationS",
  "lastLat",
  "lastLon",
  "lastAltitudeFt",
  "nextLat",
  "nextLon",
  "nextAltitudeFt",
  "distanceKm",
  "averageSpeedKt",
  "simulated",
] as const;

/** One row per gap: its edges and the least average speed between them. */
export function gapsCsv(gaps: readonly GapJson[]): string {
  return csv(
    GAP_HEADER,
    gaps.map((gap) => [
      gap.hex,
      gap.from,
      gap.to,
      gap.durationS,
      gap.last.lat,
      gap.last.lon,
      gap.last.altitudeFt,
      gap.next.lat,
      gap.next.lon,
      gap.next.altitudeFt,
      gap.distanceKm,
      gap.averageSpeedKt,
      gap.simulated,
    ]),
  );
}

const TRACK_HEADER = [
  "hex",
  "time",
  "lat",
  "lon",
  "altitudeFt",
  "groundSpeedKt",
  "trackAngleDeg",
  "verticalRateFpm",
  "onGround",
  "callsign",
  "file",
  "row",
  "simulated",
  "setAside",
] as const;

/** Rows made at once. chosen: a piece of about 1 MB */
const TRACK_PART_ROWS = 10_000;

/**
 * One row per received point, unknown values empty; `row` counts from 0 inside `file`. `setAside` says why cleaning left
 * a point out, empty for the others.
 */
export function trackCsv(track: Track): string {
  return [...trackCsvParts(track)].join("");
}

/** The same in pieces: a million points are 140 MB of text, and ten times that as cells. */
export function* trackCsvParts(track: Track): Generator<string> {
  const simulated = isSimulated(track);
  const { mask } = maskTrack(track);
  yield csv(TRACK_HEADER, []);
  for (let start = 0; start < track.length; start += TRACK_PART_ROWS) {
    const length = Math.min(TRACK_PART_ROWS, track.length - start);
    yield csvRows(
      Array.from({ length }, (_, i) => trackRow(track, start + i, { mask, simulated })),
    );
  }
}

function trackRow(
  track: Track,
  i: number,
  { mask, simulated }: { readonly mask: Uint8Array; readonly simulated: boolean },
): Cell[] {
  const ground = track.ground[i]!;
  return [
    track.address,
    isoSeconds(track.timeMs[i]!),
    rounded(track.latDeg[i]!, 5),
    rounded(track.lonDeg[i]!, 5),
    rounded(track.altitudeFt[i]!, 0),
    rounded(track.groundSpeedKt[i]!, 1),
    rounded(track.trackAngleDeg[i]!, 1),
    rounded(track.verticalRateFpm[i]!, 0),
    ground === GROUND_UNKNOWN ? null : ground === GROUND_YES,
    callsignAt(track, i),
    track.sources[track.sourceIndex[i]!]?.file ?? null,
    track.sourceRow[i]!,
    simulated,
    setAsideOf(mask, i),
  ];
}

/** @returns `text` made safe to open in a spreadsheet; quoting is the writer's work */
export function spreadsheetText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** A header and rows; a header without rows is one line. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify([header], { record_delimiter: "windows" }) + csvRows(rows);
}

/** Rows without a header. */
function csvRows(rows: readonly (readonly Cell[])[]): string {
  const table = rows.map((row) => row.map(cellText));
  return table.length === 0 ? "" : stringify(table, { record_delimiter: "windows" });
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  // Numbers are ours and may start with a minus: an apostrophe would turn -58.5 into text.
  return typeof cell === "string" ? spreadsheetText(cell) : String(cell);
}

function candidatesCell(candidates: readonly { airport: string; probability: number }[]): string {
  return candidates.map((one) => `${one.airport} ${one.probability}`).join("; ");
}
