import type { Point } from "../../src/track/track.js";

/** A mapping for what `writeTable` writes. */
export const TABLE_MAP =
  "time=When,lat=Y,lon=X,alt=Height (ft),speed=V:kt,track=Dir,rate=Climb:fpm,hex=Who,callsign=Name,squawk=Sqk,ground=Gnd";

const HEADER = ["When", "Who", "Y", "X", "Height (ft)", "V", "Dir", "Climb", "Name", "Sqk", "Gnd"];

export interface TableForm {
  readonly delimiter?: string;
  /** Decimals part with a comma. */
  readonly commas?: boolean;
  /** How a time is written; seconds since 1970 if left out. */
  readonly time?: (timeMs: number) => string;
}

/** A table of one aircraft as somebody's own script would write it, with a last column that nobody reads. */
export function writeTable(
  address: string,
  points: readonly Point[],
  { delimiter = ",", commas = false, time = (timeMs) => String(timeMs / 1000) }: TableForm = {},
  extraLines: readonly string[] = [],
): string {
  const number = (value: number | undefined) =>
    commas ? String(value ?? "").replace(".", ",") : String(value ?? "");
  const lines = points.map((point) =>
    [
      time(point.timeMs),
      address,
      number(point.latDeg),
      number(point.lonDeg),
      number(point.altitudeFt),
      number(point.groundSpeedKt),
      number(point.trackAngleDeg),
      number(point.verticalRateFpm),
      point.callsign ?? "",
      point.squawk === undefined ? "" : String(point.squawk).padStart(4, "0"),
      point.onGround === undefined ? "" : String(point.onGround),
      "x",
    ].join(delimiter),
  );
  lines.splice(Math.floor(lines.length / 2), 0, ...extraLines);
  return `${[...HEADER, "Note"].join(delimiter)}\n${lines.map((line) => `${line}\n`).join("")}`;
}
