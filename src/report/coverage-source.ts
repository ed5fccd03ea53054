import { DAY_MS } from "../units/quantity.js";
import { utcDay } from "../units/time.js";
import type { DossierModel } from "./dossier-model.js";
import { grouped } from "./wording.js";

/** What coverage was measured from when it weighed in on findings, or why it did not. */
export type CoverageSource =
  | {
      readonly kind: "weighed";
      /** SHA-256 over everything measured: the same one, the same weights. */
      readonly measurement: string;
      readonly aircraftCount: number;
      readonly pointCount: number;
      /** UTC days. */
      readonly firstDay: string;
      readonly lastDay: string;
      readonly dayCount: number;
    }
  | { readonly kind: "too-few"; readonly aircraftCount: number; readonly wantedCount: number }
  | { readonly kind: "not-needed" | "off" };

/** A measurement in the figures a reader needs to judge it. */
export function coverageSource(measured: {
  readonly measurement: string;
  readonly aircraftCount: number;
  readonly days: readonly { readonly day: number; readonly pointCount: number }[];
}): CoverageSource {
  const { measurement, aircraftCount, days } = measured;
  const first = days[0]?.day ?? 0;
  const last = days.at(-1)?.day ?? first;
  return {
    kind: "weighed",
    measurement,
    aircraftCount,
    pointCount: days.reduce((sum, { pointCount }) => sum + pointCount, 0),
    firstDay: utcDay(first * DAY_MS),
    lastDay: utcDay(last * DAY_MS),
    dayCount: days.length,
  };
}

/** @returns one sentence on what coverage did to the findings; undefined when there was nothing to weigh */
export function coverageSourceText(source: CoverageSource): string | undefined {
  switch (source.kind) {
    case "not-needed":
      return undefined;
    case "off":
      return "coverage does not weigh in on the fields of inferred landings and take-offs: --no-coverage was given";
    case "too-few":
      return `coverage does not weigh in on the fields of inferred landings and take-offs: it takes ${source.wantedCount} aircraft, here are ${source.aircraftCount}`;
    case "weighed":
      return (
        "coverage weighed in on the fields of inferred landings and take-offs, measured from " +
        `${grouped(source.pointCount)} positions of ${grouped(source.aircraftCount)} aircraft on ` +
        `${dayWords(source.dayCount)}, ${source.firstDay} to ${source.lastDay} (sha256 ${source.measurement})`
      );
  }
}

/** @returns what the dossier's method says of coverage: one paragraph, or none when there was nothing to weigh */
export function coverageMethod(source: CoverageSource): DossierModel["method"] {
  const said = coverageSourceText(source);
  if (said === undefined) return [];
  const how =
    source.kind === "weighed"
      ? " Where several fields come into question, each counts by the probability that a landing or take-off there would " +
        "not have been seen, as the other traffic shows it; never by less than a tenth, because an aircraft may be silent " +
        "for reasons of its own. Fields that were not measured keep their probability, and so does the probability that it " +
        "happened at all."
      : "";
  return [
    {
      heading: "What silence says of the place",
      text: `${said[0]!.toUpperCase()}${said.slice(1)}.${how}`,
    },
  ];
}

/** @returns the measurement as a line of the table of parameters */
export function coverageParameters(source: CoverageSource): DossierModel["parameters"] {
  if (source.kind !== "weighed") return [];
  const { measurement, aircraftCount, pointCount, firstDay, lastDay, dayCount } = source;
  return [
    {
      name: "Coverage measured from",
      value: `${grouped(pointCount)} positions of ${grouped(aircraftCount)} aircraft, ${dayWords(dayCount)}, ${firstDay} to ${lastDay}`,
      source: `sha256 ${measurement}`,
    },
  ];
}

function dayWords(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
