/** Stands for NULL on the way out of DuckDB: no quantity here comes near it. */
export const UNKNOWN_INT = -2_147_483_647;

/** @returns `value` in units of 1 / `factor` as the lake keeps it; UNKNOWN_INT for unknown, and for what does not fit */
export function keptInt(value: number, factor: number): number {
  const scaled = Math.round(value * factor);
  return Math.abs(scaled) < 2 ** 31 ? scaled : UNKNOWN_INT;
}
