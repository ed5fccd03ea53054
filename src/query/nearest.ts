import { distance } from "fastest-levenshtein";

/**
 * Words spelt most like what was typed, for the message that it is unknown.
 *
 * @param limit how many at most
 * @returns nearest first; none that has less than half of its letters in common. chosen: test/cli/questions.test.ts
 */
export function nearest(typed: string, words: Iterable<string>, limit = 3): string[] {
  const wanted = typed.trim().toLowerCase();
  const near: { readonly word: string; readonly steps: number }[] = [];
  for (const word of new Set(words)) {
    const steps = distance(wanted, word.toLowerCase());
    if (steps <= Math.max(wanted.length, word.length) / 2) near.push({ word, steps });
  }
  return near
    .sort((a, b) => a.steps - b.steps || (a.word < b.word ? -1 : 1))
    .slice(0, limit)
    .map(({ word }) => word);
}

/** @returns "; nearest: A, B", or "" when nothing is near */
export function nearestWords(choices: readonly string[]): string {
  return choices.length === 0 ? "" : `; nearest: ${choices.join(", ")}`;
}
