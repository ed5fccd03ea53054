import type { DifferenceJson } from "../report/verification-shape.js";

/** What is shown before and after the place where two lines part: some lines hold a whole page. */
const BEFORE_CHARS = 30;
const AFTER_CHARS = 50;

/**
 * Finds the first line in which two files part.
 *
 * @returns null for equal bytes
 */
export function firstDifference(dossier: Buffer, again: Buffer): DifferenceJson | null {
  if (dossier.equals(again)) return null;
  const texts: [string, string] = [dossier.toString("utf8"), again.toString("utf8")];
  // Broken UTF-8 comes out alike; byte by byte nothing does.
  const [one, other] =
    texts[0] === texts[1] ? [dossier.toString("latin1"), again.toString("latin1")] : texts;
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  const lineStart = at === 0 ? 0 : one.lastIndexOf("\n", at - 1) + 1;
  let line = 1;
  for (let i = one.indexOf("\n"); i >= 0 && i < lineStart; i = one.indexOf("\n", i + 1)) line++;
  return {
    line,
    column: at - lineStart + 1,
    dossier: excerpt(one, at, lineStart),
    again: excerpt(other, at, lineStart),
  };
}

function excerpt(text: string, at: number, lineStart: number): string | null {
  if (at >= text.length) return null;
  const end = text.indexOf("\n", at);
  const from = Math.max(lineStart, at - BEFORE_CHARS);
  return text.slice(from, Math.min(end < 0 ? text.length : end, at + AFTER_CHARS));
}
