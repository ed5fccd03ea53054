import type { Lake } from "../lake/lake.js";
import { counted } from "../units/counted.js";
import type { Terminal } from "./terminal.js";

/**
 * Warns when inputs that were in the lake already came under other terms than those stated now. The ledger says what was
 * stated when an input came; it is not rewritten, so that the same ingests give the same bytes.
 *
 * @param passedOver hashes of the inputs that were there
 */
export async function warnOfOtherLicence(
  lake: Lake,
  { licence, passedOver }: { readonly licence: string; readonly passedOver: ReadonlySet<string> },
  terminal: Terminal,
): Promise<void> {
  if (passedOver.size === 0) return;
  const inputs = await lake.inputs();
  const others = inputs.filter((one) => passedOver.has(one.sha256) && one.licence !== licence);
  const [first, ...more] = others.map(({ file }) => file);
  if (first === undefined) return;
  const which = counted(
    others.length,
    "input was there already and keeps the licence it came under",
    "inputs were there already and keep the licence they came under",
  );
  const rest = more.length > 0 ? ` and ${more.length} more` : "";
  terminal.warn(
    `${which}, not "${licence}": ${first}${rest}; to state another, ingest all of them into a new lake with --licence`,
  );
}
