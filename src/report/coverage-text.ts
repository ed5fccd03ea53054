import type { BandLine, HeardCell } from "../coverage/place-table.js";
import type { CoverageModel, FloorsJson } from "./coverage-model.js";
import { grouped } from "./wording.js";

/** A table as a terminal prints it. */
export interface TextTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
}

/** Share heard by layer of air; hours of the day stand together so that a line fits a terminal. */
export function heardTextTable(lines: readonly BandLine[]): TextTable {
  const together = 24 / (lines[0]?.hours.length ?? 24);
  const heads = Array.from({ length: 24 / together }, (_, at) => {
    const from = at * together;
    return `${two(from)}-${two(from + together)}Z`;
  });
  return {
    title: "Heard within 30 NM, by height above the ground and hour of the day (UTC)",
    head: ["HEIGHT", "ALL DAY", "AIRCRAFT-HOURS", ...heads],
    rows: lines.map(({ name, allDay, hours }) => [
      name,
      percent(allDay),
      grouped(Math.round(allDay.passes)),
      ...hours.map(percent),
    ]),
    note: "percent of the time an aircraft was there that it was heard; ? too little traffic to say",
  };
}

function percent({ share }: HeardCell): string {
  return Number.isNaN(share) ? "?" : `${Math.round(share * 100)}`;
}

/** How far down an airport's traffic is followed. */
export function floorsTextTable({ arrivals, departures, both }: FloorsJson): TextTable {
  const rows = (
    [
      ["arrivals", arrivals],
      ["departures", departures],
      ["both", both],
    ] as const
  ).map(([name, floors]) => [
    name,
    String(floors.trialCount),
    String(floors.heardCount),
    String(floors.seenCount),
    String(floors.groundCount),
    heightText(floors.medianFt, floors.trialCount),
    heightText(floors.nineInTenFt, floors.trialCount),
    floors.followedCount > 0
      ? `${heightText(floors.followedMedianFt, floors.followedCount)} (${floors.followedCount})`
      : "",
  ]);
  return {
    title: "How far down its traffic is followed",
    head: [
      "",
      "PASSAGES",
      "HEARD NEAR",
      "BELOW 1,500 FT",
      "ON GROUND",
      "HALF DOWN TO",
      "9 IN 10 DOWN TO",
      "OF THOSE HEARD",
    ],
    rows,
    note:
      "passages: known from the other side of the same stop, heard or not; of those heard: half followed to, with the " +
      "number, passages never heard left out",
  };
}

function heightText(heightFt: number | null, count: number): string {
  if (count === 0) return "";
  if (heightFt === null) return "not heard";
  return heightFt === 0 ? "the ground" : `${grouped(heightFt)} ft`;
}

/** What it was measured from, in one line. */
export function measuredText({ measured, simulated }: CoverageModel): string {
  const { days, daysHeld, positions, aircraftDays, inputs, partialInputs } = measured;
  const partial =
    partialInputs === 0
      ? "all read to their end"
      : `${partialInputs} of them not read to their end`;
  return (
    `${simulated ? "SIMULATED. " : ""}Measured from ${grouped(positions)} positions of ` +
    `${grouped(aircraftDays)} aircraft-days on ${daysHeld} of ${days} ${days === 1 ? "day" : "days"}; the lake holds ${grouped(inputs)} ${inputs === 1 ? "input" : "inputs"}, ${partial}.`
  );
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
