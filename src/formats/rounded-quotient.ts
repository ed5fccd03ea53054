/** Parts a double into halves of 26 bits, whose products are exact. Source: T. J. Dekker, Numer. Math. 18 (1971), 224-242. */
const SPLITTER = 2 ** 27 + 1;
/** chosen: what is lost below is far less, so that a result that stands this much either way is the right one. */
const DOUBT = 2 ** -40;

/**
 * A whole number of more than 53 bits divided by a power of ten, rounded once: what `Number` makes of its digits and a point.
 *
 * @param high not less than `low`
 * @param low added to it is the number; both are exact
 * @param divisor exact
 * @returns NaN where the quotient is so close to the middle between two doubles that this cannot tell which is nearer
 */
export function roundedQuotient(high: number, low: number, divisor: number): number {
  const sum = high + low;
  const lost = low - (sum - high);
  const quotient = sum / divisor;
  const product = quotient * divisor;
  const quotientHigh = upperHalf(quotient);
  const quotientLow = quotient - quotientHigh;
  const divisorHigh = upperHalf(divisor);
  const divisorLow = divisor - divisorHigh;
  // How much the product was rounded, and so what the quotient leaves.
  const rounded =
    quotientHigh * divisorHigh -
    product +
    quotientHigh * divisorLow +
    quotientLow * divisorHigh +
    quotientLow * divisorLow;
  const correction = (sum - product - rounded + lost) / divisor;
  const result = quotient + correction * (1 + DOUBT);
  return result === quotient + correction * (1 - DOUBT) ? result : Number.NaN;
}

function upperHalf(value: number): number {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}
