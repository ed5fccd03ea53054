/** Ranges of altitude, speed and direction, as options and parameters write them. */

import {
  isEmptyFilter,
  type NumberRange,
  type PositionFilter,
} from "../journey/position-filter.js";
import { WheelsdownError } from "../units/errors.js";

/** As commander and the server give them; every one may be missing. */
export interface PositionOptions {
  readonly altitude?: string | undefined;
  readonly speed?: string | undefined;
  readonly angle?: string | undefined;
}

/**
 * Reads what positions must be.
 *
 * @returns undefined when nothing is asked
 * @throws WheelsdownError "usage" that names the option
 */
export function readPositionFilter(options: PositionOptions): PositionFilter | undefined {
  const { altitude, speed, angle } = options;
  const filter: PositionFilter = {
    altitudeFt: altitude === undefined ? undefined : readRange("altitude", altitude),
    speedKt: speed === undefined ? undefined : readRange("speed", speed),
    trackAngleDeg: angle === undefined ? undefined : readArc(angle),
  };
  return isEmptyFilter(filter) ? undefined : filter;
}

const RANGE = /^(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$/;

function readRange(option: "altitude" | "speed", text: string): NumberRange {
  const unit = option === "altitude" ? "ft" : "kt";
  const match = RANGE.exec(text.trim().replace(new RegExp(`${unit}$`, "i"), ""));
  const [least, most] = [match?.[1], match?.[2]];
  const range = {
    least: least === undefined ? Number.NEGATIVE_INFINITY : Number(least),
    most: most === undefined ? Number.POSITIVE_INFINITY : Number(most),
  };
  if (!match || (least === undefined && most === undefined) || range.least > range.most)
    throw new WheelsdownError(
      "usage",
      `--${option} "${text}" is no range: write 1000..5000, ..5000 or 1000.. (${unit})`,
    );
  return range;
}

function readArc(text: string): NumberRange {
  const match = RANGE.exec(text.trim().replace(/deg$/i, ""));
  const [least, most] = [Number(match?.[1] ?? Number.NaN), Number(match?.[2] ?? Number.NaN)];
  if (!(least >= 0 && least <= 360 && most >= 0 && most <= 360))
    throw new WheelsdownError(
      "usage",
      `--angle "${text}" is no range of directions: write 270..90, clockwise, 0 to 360 degrees`,
    );
  return { least, most };
}
