/** Exact by definition: international foot, 1959 agreement. */
export const METRES_PER_FOOT = 0.3048;
/** Exact by definition: international nautical mile, 1929. */
export const METRES_PER_NM = 1852;
export const MPS_PER_KT = METRES_PER_NM / 3600;
export const FPM_PER_MPS = 60 / METRES_PER_FOOT;

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export function feetFromMetres(metres: number): number {
  return metres / METRES_PER_FOOT;
}

export function nauticalMilesFromMetres(metres: number): number {
  return metres / METRES_PER_NM;
}

export function knotsFromMps(metresPerSecond: number): number {
  return metresPerSecond / MPS_PER_KT;
}

/**
 * Distance flown at a steady ground speed.
 *
 * @param groundSpeedKt knots
 * @param durationMs milliseconds
 * @returns metres
 */
export function metresFlown(groundSpeedKt: number, durationMs: number): number {
  return groundSpeedKt * MPS_PER_KT * (durationMs / SECOND_MS);
}
