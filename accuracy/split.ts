import { seedOf } from "../src/sim/random.js";
import type { Case } from "./case.js";

/** Which part of the work a case may serve. */
export type Split = "develop" | "calibrate" | "held-back";

/** Shares of 100: chosen, most of it to learn from while there is little. */
const DEVELOP_UP_TO = 50;
const CALIBRATE_UP_TO = 75;

/**
 * Splits by aircraft: every case of one aircraft falls on the same side, whatever else is added.
 *
 * @returns the same split for the same key, for ever
 */
export function splitOf(key: string): Split {
  const bucket = seedOf(`split ${key}`) % 100;
  if (bucket < DEVELOP_UP_TO) return "develop";
  return bucket < CALIBRATE_UP_TO ? "calibrate" : "held-back";
}

/** @returns the cases of one split by aircraft */
export function casesOf(cases: readonly Case[], split: Split): Case[] {
  return cases.filter((each) => splitOf(`aircraft ${each.aircraftKey}`) === split);
}

/**
 * Cases held back by both keys: neither this aircraft nor this airport is in any other split.
 *
 * @returns cases whose aircraft and airport both fall into `split`
 */
export function strictCasesOf(cases: readonly Case[], split: Split): Case[] {
  return casesOf(cases, split).filter((each) => splitOf(`airport ${each.airportKey}`) === split);
}
