/**
 * CSV as RFC 4180 has it: comma, CRLF, quotes doubled, one header row, ISO 8601 UTC times. A text that a
 * spreadsheet would run as a formula gets a leading apostrophe.
 */

import { stringify } from "csv-stringify/browser/esm/sync";
import type { Track } from "../track/track.js";
import { isoSeconds } from "../units/time.js";
import { type Captions, captionOfJourney, captionOfLanding } from "./captions.js";
import type { JourneyJson, LegJson, StopJson } from "./journey-shape.js";
import { candidatesCell, movementTable } from "./movement-table.js";
import { positionTable } from "./position-table.js";
import type { GapJson, MovementJson } from "./shapes.js";
import type { Cell, ExportTable } from "./table.js";
import { openEndSentence } from "./wording.js";

export type { Cell } from "./table.js";

/** Source: OWASP, "CSV Injection": the characters that start a formula, tab and line breaks included. */
const FORMULA_START = /^[=+\-@\t\r\n]/;

/**
 * One row per movement: the columns of `movementTable`.
 *
 * @param captions what the author of a dossier says of them; where there are any, the last column
 */
export function movementsCsv(
  movements: readonly MovementJson[],
  captions: Captions = new Map(),
): string {
  const { columns, rowCount, row } = movementTable(movements);
  if (captions.size === 0) return tableCsv({ columns, rowCount, row });
  return tableCsv({
    columns: [...columns, { name: CAPTION_COLUMN, kind: "text" }],
    rowCount,
    row: (index) => [...row(index), captionOfLanding(captions, movements[index]!) ?? null],
  });
}

/** Whose words they are, said by the name. */
const CAPTION_COLUMN = "authorCaption";
const CAPTION_COLUMNS = [CAPTION_COLUMN, "authorCaptionOfJourney"] as const;

/** One row per received point: the columns of `positionTable`. */
export function trackCsv(track: Track): string {
  return [...trackCsvParts(track)].join("");
}

/** The same in pieces: a million points are some 200 MB of text, and ten times that as cells. */
export function trackCsvParts(track: Track): Generator<string> {
  return tableCsvParts(positionTable([track]));
}

/** A table as CSV; times in whole seconds, the milliseconds dropped. */
export function tableCsv(table: ExportTable): string {
  return [...tableCsvParts(table)].join("");
}

/** Rows made at once. chosen: a piece of about 1 MB */
const PART_ROWS = 10_000;

function* tableCsvParts({ columns, rowCount, row }: ExportTable): Generator<string> {
  const isTime = columns.map(({ kind }) => kind === "time");
  yield csv(
    columns.map(({ name }) => name),
    [],
  );
  for (let start = 0; start < rowCount; start += PART_ROWS) {
    const rows = Array.from({ length: Math.min(PART_ROWS, rowCount - start) }, (_, i) =>
      row(start + i).map((cell, at) =>
        isTime[at] && cell !== null ? isoSeconds(Number(cell)) : cell,
      ),
    );
    yield csvRows(rows);
  }
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
  "arrivalMs",
  "departureMs",
] as const;

/**
 * One row per stop or open end, with the leg that leaves it; an open end has no number, it is no stop.
 *
 * @param captions what the author of a dossier says of landings and journeys; where there are any, the last two columns
 */
export function journeysCsv(
  journeys: readonly JourneyJson[],
  captions: Captions = new Map(),
): string {
  const hasCaptions = captions.size > 0;
  const rows = journeys.flatMap((journey) =>
    journey.stops.map((stop) => [
      ...stopCells(journey, stop),
      ...(hasCaptions ? captionCells(journey, stop, captions) : []),
    ]),
  );
  return csv([...JOURNEY_HEADER, ...(hasCaptions ? CAPTION_COLUMNS : [])], rows);
}

function captionCells(journey: JourneyJson, { landing }: StopJson, captions: Captions): Cell[] {
  return [
    (landing && captionOfLanding(captions, landing)) ?? null,
    captionOfJourney(captions, journey) ?? null,
  ];
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
    stop.arrival === null ? null : Date.parse(stop.arrival),
    stop.departure === null ? null : Date.parse(stop.departure),
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
