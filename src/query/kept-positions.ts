import type { Address } from "../aircraft/address.js";
import type { Lake } from "../lake/lake.js";
import type { NotKept, NotKeptQuery } from "../lake/not-kept.js";
import { counted } from "../units/counted.js";
import { WheelsdownError } from "../units/errors.js";
import type { Notices } from "./notices.js";

/** Days named one by one; of more, the first and last and their number. */
const DAYS_NAMED = 4;

/** "2019-01-23, 2019-01-24", or "9 days from 2019-01-20 to 2019-02-03". */
export function dayNames(days: readonly string[]): string {
  if (days.length <= DAYS_NAMED) return days.join(", ");
  return `${days.length} days from ${days[0]} to ${days.at(-1)}`;
}

/** What it means that positions were not kept, and what to do; a sentence without a full stop. */
export function notKeptWords({ days, inputCount }: NotKept): string {
  return (
    `positions of ${dayNames(days)} were read from ${counted(inputCount, "input", "inputs")} and not kept ` +
    "(`wheelsdown ingest --events-only`): landings and take-offs found in them were, but who else was where then " +
    "cannot be told from this lake; " +
    "`wheelsdown ingest` of the same inputs without --events-only fills them in"
  );
}

/**
 * For a question that is answered from positions: tells that some of its time were not kept. Silence
 * then would read as absence.
 *
 * @param asked.isAnswered false when nothing at all was found to answer with
 * @throws WheelsdownError "positions-not-kept" when nothing was found
 */
export async function tellNotKept(
  lake: Lake,
  asked: NotKeptQuery & { readonly isAnswered: boolean },
  notices: Notices,
): Promise<void> {
  const notKept = await lake.notKept(asked);
  if (notKept.days.length === 0) return;
  const error = new WheelsdownError("positions-not-kept", notKeptWords(notKept));
  if (!asked.isAnswered) throw error;
  notices.notWhole(new WheelsdownError(error.code, `the answer is not whole: ${error.message}`));
}

/** Aircraft of which some positions were not kept, with the days of these: nothing can be told of their silences. */
export class LeftOut {
  readonly #days = new Map<Address, readonly string[]>();

  /** @returns true when positions of the aircraft were not kept, at any time; it is then noted */
  async has(lake: Lake, address: Address): Promise<boolean> {
    const { days } = await lake.notKept({ addresses: [address] });
    if (days.length > 0) this.#days.set(address, days);
    return days.length > 0;
  }

  /** One sentence on all of them, without a full stop; undefined when there are none. */
  words(what: string): string | undefined {
    const [first] = this.#days;
    if (!first) return undefined;
    const [address, days] = first;
    const more = this.#days.size - 1;
    return (
      `${what} of ${address}${more > 0 ? ` and ${counted(more, "more aircraft", "more aircraft")}` : ""} not worked out: ` +
      `positions were read and not kept (\`wheelsdown ingest --events-only\`; ${address}: ${dayNames(days)}), so that ` +
      "silence there is none of the aircraft's; `wheelsdown ingest` of the same inputs without --events-only fills them in"
    );
  }

  /** Tells them. @throws WheelsdownError "positions-not-kept" when nothing else was found */
  tell(what: string, notices: Notices, isAnswered: boolean): void {
    const words = this.words(what);
    if (words === undefined) return;
    const error = new WheelsdownError("positions-not-kept", words);
    if (!isAnswered) throw error;
    notices.notWhole(error);
  }
}
