import type { Lake } from "../lake/lake.js";

/**
 * Makes something out of a lake when it is first asked for, and again when the lake has changed.
 *
 * @returns what asks for it; those who ask at the same time get the same
 */
export function onceForState<T>(lake: Lake, make: (lake: Lake) => Promise<T>): () => Promise<T> {
  let held: { readonly generation: number; readonly made: Promise<T> } | undefined;
  return async () => {
    const { generation } = await lake.holdings();
    if (held?.generation !== generation) {
      const made = make(lake);
      held = { generation, made };
      // A question that failed may be asked again.
      made.catch(() => {
        if (held?.made === made) held = undefined;
      });
    }
    return await held.made;
  };
}
