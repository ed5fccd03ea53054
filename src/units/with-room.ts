/** @returns the same numbers with room for `length` of them; more than asked for, so that growing one by one stays cheap */
export function withRoom<T extends Float64Array | Int32Array>(numbers: T, length: number): T {
  if (length <= numbers.length) return numbers;
  const wider = new (numbers.constructor as new (length: number) => T)(
    Math.max(length, numbers.length * 2),
  );
  wider.set(numbers);
  return wider;
}
