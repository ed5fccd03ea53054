/** @returns the middle of the values, the upper one of two; NaN of none */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
