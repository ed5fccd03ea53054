/**
 * Text from data and file names as it may be shown on a terminal: control characters, which could clear the screen or
 * rewrite what was printed, and marks that turn the direction of writing are shown as escapes. Line ends and tabs stay.
 * The escapes are JSON's own, so a line of JSON keeps its meaning.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (mark) => (mark === "\n" || mark === "\t" ? mark : escaped(mark)));
}

/** As `visible`, for what belongs in one line: line ends and tabs are shown as escapes too. */
export function visibleLine(text: string): string {
  return text.replace(HIDDEN, escaped);
}

const HIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

function escaped(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
