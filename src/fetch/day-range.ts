import { WheelsdownError } from "../units/errors.js";
import { DAY_MS } from "../units/quantity.js";
import { parseUtc, utcDay } from "../units/time.js";

/** Days of one run: more is likelier a slip than a wish. chosen: test/fetch/words.test.ts */
const DAYS_MAX = 3660;

/**
 * Reads "2025-10-01" or "2025-10-01..2025-10-07", both ends included.
 *
 * @returns UTC days in order
 * @throws WheelsdownError "usage"
 */
export function parseDays(text: string): string[] {
  const [first = "", last = first, ...rest] = text.split("..");
  const fromMs = dayMs(first);
  const toMs = dayMs(last);
  if (fromMs === undefined || toMs === undefined || rest.length > 0) {
    throw new WheelsdownError(
      "usage",
      `"${text}" is no day or range of days: write 2025-10-01 or 2025-10-01..2025-10-07`,
    );
  }
  const count = Math.round((toMs - fromMs) / DAY_MS) + 1;
  if (count < 1) throw new WheelsdownError("usage", `"${text}" ends before it begins`);
  if (count > DAYS_MAX)
    throw new WheelsdownError("usage", `"${text}" is ${count} days; up to ${DAYS_MAX} at a time`);
  return Array.from({ length: count }, (_, i) => utcDay(fromMs + i * DAY_MS));
}

function dayMs(text: string): number | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseUtc(text) : undefined;
}
