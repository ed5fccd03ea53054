import { movePoint, type PointBlock } from "./point-block.js";

/** Values outside these are no position of an aircraft: chosen wide, from what transponders can encode. */
const EARLIEST_MS = Date.UTC(1990, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const ALTITUDE_MIN_FT = -2_000;
/** Mode S altitude codes end at 126,700 ft (ICAO Annex 10, Vol. IV, 3.1.2.6.5.4). */
const ALTITUDE_MAX_FT = 126_700;
const SPEED_MAX_KT = 2_500;
const RATE_MAX_FPM = 60_000;

/** Values that may be wrong without making the position wrong, in the order in which they are checked. */
export const BOUNDED_VALUES = [
  { name: "altitudeFt", min: ALTITUDE_MIN_FT, max: ALTITUDE_MAX_FT },
  { name: "geometricAltitudeFt", min: ALTITUDE_MIN_FT, max: ALTITUDE_MAX_FT },
  { name: "groundSpeedKt", min: 0, max: SPEED_MAX_KT },
  { name: "verticalRateFpm", min: -RATE_MAX_FPM, max: RATE_MAX_FPM },
  { name: "trackAngleDeg", min: -360, max: 360 },
] as const;

/** The values of a point that are bounded. */
export type BoundedValues = {
  readonly [name in (typeof BOUNDED_VALUES)[number]["name"]]?: number | undefined;
};

/** @returns whether every value of a point may stay, as `wrongValue` says of each */
export function hasPlausibleValues(point: BoundedValues): boolean {
  return (
    isWithin(point.altitudeFt, ALTITUDE_MIN_FT, ALTITUDE_MAX_FT) &&
    isWithin(point.geometricAltitudeFt, ALTITUDE_MIN_FT, ALTITUDE_MAX_FT) &&
    isWithin(point.groundSpeedKt, 0, SPEED_MAX_KT) &&
    isWithin(point.verticalRateFpm, -RATE_MAX_FPM, RATE_MAX_FPM) &&
    isWithin(point.trackAngleDeg, -360, 360)
  );
}

/** Unknown is within. */
function isWithin(value: number | undefined, min: number, max: number): boolean {
  return value === undefined || !(value < min || value > max);
}

/** Why a value or a position was left out. */
export interface Implausible {
  readonly kind: string;
  readonly detail: string;
}

/** @returns why this cannot be a position of an aircraft, undefined when it can */
export function wrongPosition({
  latDeg,
  lonDeg,
  timeMs,
}: {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly timeMs: number;
}): Implausible | undefined {
  if (!(latDeg >= -90 && latDeg <= 90)) {
    return { kind: "latitude-out-of-range", detail: `latitude ${latDeg} is outside -90..90` };
  }
  if (!(lonDeg >= -180 && lonDeg <= 180)) {
    return { kind: "longitude-out-of-range", detail: `longitude ${lonDeg} is outside -180..180` };
  }
  if (latDeg === 0 && lonDeg === 0) {
    return { kind: "position-zero", detail: "0, 0 is a missing position" };
  }
  if (!(timeMs >= EARLIEST_MS && timeMs < LATEST_MS)) {
    return { kind: "time-out-of-range", detail: `time ${timeMs} ms is outside 1990..2100` };
  }
  return undefined;
}

/** @returns why a value is left out; undefined when it may stay, or is unknown */
export function wrongValue(
  value: number | undefined,
  { name, min, max }: (typeof BOUNDED_VALUES)[number],
): Implausible | undefined {
  if (value === undefined || Number.isNaN(value) || (value >= min && value <= max))
    return undefined;
  return { kind: `${name}-out-of-range`, detail: `${value} is outside ${min}..${max}` };
}

/**
 * Takes out of a block what cannot be, row by row, as `wrongPosition` and `wrongValue` say: such positions go, such
 * values become unknown.
 *
 * @param onIssue called for each, in the order of rows
 */
export function keepPlausible(
  block: PointBlock,
  onIssue: (issue: Implausible & { readonly row: number }) => void,
): void {
  const { length, timeMs, latDeg, lonDeg, sourceRow } = block;
  let kept = 0;
  for (let i = 0; i < length; i++) {
    const lat = latDeg[i]!;
    const lon = lonDeg[i]!;
    const time = timeMs[i]!;
    const inside = lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
    if (!inside || (lat === 0 && lon === 0) || !(time >= EARLIEST_MS && time < LATEST_MS)) {
      const wrong = wrongPosition({ latDeg: lat, lonDeg: lon, timeMs: time });
      if (wrong) onIssue({ ...wrong, row: sourceRow[i]! });
      continue;
    }
    if (hasWrongValue(block, i)) dropWrongValues(block, i, onIssue);
    if (kept !== i) movePoint(block, i, kept);
    kept++;
  }
  block.length = kept;
}

function hasWrongValue(block: PointBlock, i: number): boolean {
  const altitude = block.altitudeFt[i]!;
  const geometric = block.geometricAltitudeFt[i]!;
  const speed = block.groundSpeedKt[i]!;
  const rate = block.verticalRateFpm[i]!;
  const angle = block.trackAngleDeg[i]!;
  // NaN fails every comparison: what is unknown is not wrong.
  return (
    altitude < ALTITUDE_MIN_FT ||
    altitude > ALTITUDE_MAX_FT ||
    geometric < ALTITUDE_MIN_FT ||
    geometric > ALTITUDE_MAX_FT ||
    speed < 0 ||
    speed > SPEED_MAX_KT ||
    rate < -RATE_MAX_FPM ||
    rate > RATE_MAX_FPM ||
    angle < -360 ||
    angle > 360
  );
}

function dropWrongValues(
  block: PointBlock,
  i: number,
  onIssue: (issue: Implausible & { readonly row: number }) => void,
): void {
  for (const bounds of BOUNDED_VALUES) {
    const wrong = wrongValue(block[bounds.name][i], bounds);
    if (!wrong) continue;
    onIssue({ ...wrong, row: block.sourceRow[i]! });
    block[bounds.name][i] = Number.NaN;
  }
}
