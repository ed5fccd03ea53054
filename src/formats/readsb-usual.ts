import type { PointBlock } from "../track/point-block.js";
import { GROUND_NO, GROUND_UNKNOWN, GROUND_YES } from "../track/track.js";
import { COMMA, QUOTE, skipNull } from "./json-bytes.js";

// Columns of a trace row in the very form in which readsb prints them: two decimals for seconds, six for degrees, one for
// speeds and angles. Written out without calls and nearly without loops this takes a third of the time that reading number
// by number does. Whatever else stands there is left to the general way (`scanRow`), which starts the row anew.

const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
/** A digit's byte becomes 0 to 9 by `^ ZERO`; any other byte 10 to 255, and six more of that has one of these bits. */
const NO_DIGIT = 0x1f0;
/** So many digits, and two more behind the point, fit a 32-bit integer. */
const SECONDS_DIGITS = 7;
const GROUND = [...'"ground"'].map((letter) => letter.charCodeAt(0));

/** Columns 0 to 2. @returns the place of the comma behind them, or -1 when they are not in the usual form */
export function scanUsualPlace(
  bytes: Uint8Array,
  start: number,
  block: PointBlock,
  row: number,
): number {
  let at = start;
  let byte = bytes[at]!;
  let value = 0;
  for (; byte >= ZERO && byte <= NINE; byte = bytes[++at]!)
    value = (Math.imul(value, 10) + byte - ZERO) | 0;
  const tenths = bytes[at + 1]! ^ ZERO;
  const hundredths = bytes[at + 2]! ^ ZERO;
  if (byte !== DOT || at === start || at - start > SECONDS_DIGITS) return -1;
  if (tenths > 9 || hundredths > 9 || bytes[at + 3] !== COMMA) return -1;
  if (bytes[start] === ZERO && at - start > 1) return -1;
  block.timeMs[row] = (value * 100 + tenths * 10 + hundredths) / 100;
  at += 3;
  for (let axis = 0; axis < 2; axis++) {
    byte = bytes[++at]!;
    const isNegative = byte === MINUS;
    if (isNegative) byte = bytes[++at]!;
    let whole = byte ^ ZERO;
    let other = whole + 6;
    byte = bytes[++at]!;
    if (byte !== DOT) {
      if (whole === 0) return -1;
      other |= (byte ^ ZERO) + 6;
      whole = (Math.imul(whole, 10) + (byte ^ ZERO)) | 0;
      byte = bytes[++at]!;
      if (byte !== DOT) {
        other |= (byte ^ ZERO) + 6;
        whole = (Math.imul(whole, 10) + (byte ^ ZERO)) | 0;
        if (bytes[++at] !== DOT) return -1;
      }
    }
    const a = bytes[at + 1]! ^ ZERO;
    const b = bytes[at + 2]! ^ ZERO;
    const c = bytes[at + 3]! ^ ZERO;
    const d = bytes[at + 4]! ^ ZERO;
    const e = bytes[at + 5]! ^ ZERO;
    const f = bytes[at + 6]! ^ ZERO;
    other |= (a + 6) | (b + 6) | (c + 6) | (d + 6) | (e + 6) | (f + 6);
    at += 7;
    if ((other & NO_DIGIT) !== 0 || bytes[at] !== COMMA) return -1;
    const millionths = a * 100_000 + b * 10_000 + c * 1000 + d * 100 + e * 10 + f;
    const degrees = ((Math.imul(whole, 1_000_000) + millionths) | 0) / 1_000_000;
    (axis === 0 ? block.latDeg : block.lonDeg)[row] = isNegative ? -degrees : degrees;
  }
  return at;
}

/** Columns 3 to 7. @returns the place behind them, or -1 when they are not in the usual form */
export function scanUsualMotion(
  bytes: Uint8Array,
  start: number,
  block: PointBlock,
  row: number,
): number {
  let at = scanUsualAltitude(bytes, start, block, row);
  if (bytes[at] !== COMMA) return -1;
  for (let column = 0; column < 2; column++) {
    let byte = bytes[++at]!;
    let value = Number.NaN;
    let other = 0;
    if (byte > NINE) at = skipNull(bytes, at);
    else {
      let whole = byte ^ ZERO;
      other = whole + 6;
      byte = bytes[++at]!;
      if (byte !== DOT) {
        if (whole === 0) return -1;
        other |= (byte ^ ZERO) + 6;
        whole = (Math.imul(whole, 10) + (byte ^ ZERO)) | 0;
        byte = bytes[++at]!;
        if (byte !== DOT) {
          other |= (byte ^ ZERO) + 6;
          whole = (Math.imul(whole, 10) + (byte ^ ZERO)) | 0;
          if (bytes[++at] !== DOT) return -1;
        }
      }
      const tenths = bytes[++at]! ^ ZERO;
      other |= tenths + 6;
      value = ((Math.imul(whole, 10) + tenths) | 0) / 10;
      at++;
    }
    if ((other & NO_DIGIT) !== 0 || bytes[at] !== COMMA) return -1;
    if (column === 0) block.groundSpeedKt[row] = value;
    // On the ground the column holds the true heading, which may differ from the direction of movement.
    else block.trackAngleDeg[row] = block.ground[row] === GROUND_YES ? Number.NaN : value;
  }
  const flags = bytes[at + 1]! ^ ZERO;
  if (flags > 9 || bytes[at + 2] !== COMMA) return -1;
  block.flags[row] = flags;
  return scanUsualWhole(bytes, at + 3, block.verticalRateFpm, row);
}

function scanUsualAltitude(
  bytes: Uint8Array,
  start: number,
  block: PointBlock,
  row: number,
): number {
  if (bytes[start] === QUOTE) {
    for (let i = 1; i < GROUND.length; i++) if (bytes[start + i] !== GROUND[i]) return -1;
    block.ground[row] = GROUND_YES;
    block.altitudeFt[row] = Number.NaN;
    return start + GROUND.length;
  }
  const end = scanUsualWhole(bytes, start, block.altitudeFt, row);
  block.ground[row] = Number.isNaN(block.altitudeFt[row]!) ? GROUND_UNKNOWN : GROUND_NO;
  return end;
}

/** More digits might not fit a 32-bit integer. */
const WHOLE_DIGITS = 9;

/** A whole number, or null as NaN. @returns the place behind it, or -1 when it is neither or too long */
export function scanUsualWhole(
  bytes: Uint8Array,
  start: number,
  column: Float64Array,
  row: number,
): number {
  let at = start;
  let byte = bytes[at]!;
  if (byte > NINE) {
    column[row] = Number.NaN;
    return skipNull(bytes, at);
  }
  const isNegative = byte === MINUS;
  if (isNegative) byte = bytes[++at]!;
  const first = at;
  let value = 0;
  for (; byte >= ZERO && byte <= NINE; byte = bytes[++at]!)
    value = (Math.imul(value, 10) + byte - ZERO) | 0;
  const digitCount = at - first;
  if (digitCount === 0 || digitCount > WHOLE_DIGITS) return -1;
  if (bytes[first] === ZERO && digitCount > 1) return -1;
  column[row] = isNegative ? -value : value;
  return at;
}
