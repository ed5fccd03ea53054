import { type CalibrationTable, calibrationGroup } from "../movement/calibration-shape.js";
import { ENGINE_VERSION } from "../movement/engine-version.js";
import { NOT_SAID } from "./reliability-text.js";
import { CALIBRATED_MIN_EVENTS } from "./reliability-words.js";
import { evidenceClassText } from "./wording.js";

/** Every class of evidence, as the method lists them. */
export const METHOD_CLASSES = [
  "G0",
  "G1",
  "G2",
  "G3",
  "G4",
  "G5",
  "G7",
  "G8",
  "GAP",
  "N1",
  "N2",
  "T",
] as const;

/** Where the weights of candidate airports come from. */
export const WEIGHTS_SOURCE =
  "weights of candidate airports: conditional logit on the develop split (npm run accuracy:fit), ridge towards chosen values; " +
  "those of heliports, short runways, military fields and own visits are as chosen; see docs/calibration.md";

/**
 * What the probabilities rest on, as JSON: `wheelsdown/method/1`.
 *
 * @param version of the program
 */
export function methodJson(table: CalibrationTable, version: string): object {
  return {
    schema: "wheelsdown/method/1",
    version,
    engineVersion: ENGINE_VERSION,
    classes: METHOD_CLASSES.map((name) => ({
      class: name,
      meaning: evidenceClassText(name),
      group: calibrationGroup(name) ?? null,
    })),
    calibratedMinEvents: CALIBRATED_MIN_EVENTS,
    weights: WEIGHTS_SOURCE,
    calibration: table,
    cannotSay: NOT_SAID,
  };
}
