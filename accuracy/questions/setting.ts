import type { AirportDirectory } from "../../src/place/airport-table.js";
import type { AblationOptions } from "../ablation.js";
import type { Case, Method } from "../case.js";
import type { Analyse } from "../engine.js";
import type { SharesOf } from "../others-coverage.js";
import type { Report } from "../report.js";

/** Makes an engine with parts switched off; coverage weighs in where it is given. */
export type ReducedEngine = (options: AblationOptions, sharesOf?: SharesOf) => Analyse;

/** All that a question needs. */
export interface Setting {
  readonly airports: AirportDirectory;
  readonly dataFolder: string;
  /** Real tracks, none composed, none simulated. */
  readonly cases: readonly Case[];
  readonly engine: Method;
  /** Makes a reduced engine; undefined where the engine cannot be reduced yet. */
  readonly reduced: ReducedEngine | undefined;
  readonly report: Report;
  readonly quick: boolean;
}

/** Journeys as people ask about them. */
export function ordinary(cases: readonly Case[]): Case[] {
  return cases.filter((each) => !each.special);
}

/** Inspection, survey, fire, glider, carrier, circuits. */
export function special(cases: readonly Case[]): Case[] {
  return cases.filter((each) => each.special);
}

/** Cases with something to find; the many overflights serve the negatives. */
export function withTruths(cases: readonly Case[]): Case[] {
  return cases.filter((each) => each.truths.length > 0);
}
