import { cellsOf, delimiterIn } from "./table-cells.js";
import { utf8Head } from "./utf16.js";

const LINES_LOOKED_AT = 6;
/** As in csv-rows.ts. */
const CELL_LINES_MAX = 64;

/** @returns the first line that is not empty, without a byte order mark */
export function firstLineOf(head: Uint8Array): string {
  return linesAtStart(head)[0] ?? "";
}

/**
 * @param head the first bytes of an input
 * @returns whether it looks like a table in CSV: text in lines, most of which have as many cells as the first
 */
export function isTableLike(head: Uint8Array): boolean {
  const [first, ...more] = linesAtStart(head);
  if (first === undefined || /^\s*[<[{]/.test(first)) return false;
  // Control letters but tab and line ends stand in no text.
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  if (/[\u0000-\u0008\u000e-\u001f]/.test(first)) return false;
  const delimiter = delimiterIn(first);
  const width = delimiter === undefined ? 0 : (cellsOf(first, delimiter)?.length ?? 0);
  if (delimiter === undefined || width < 3) return false;
  const alike = more.filter((line) => cellsOf(line, delimiter)?.length === width).length;
  return alike * 2 >= more.length;
}

/** @returns the cells of the first rows, the header among them; what may be cut off at the end left out */
export function firstRows(head: Uint8Array, rowCount: number): string[][] {
  const lines = linesAtStart(head, rowCount + 1);
  const delimiter = delimiterIn(lines[0] ?? "");
  if (delimiter === undefined) return [];
  return lines.slice(0, rowCount).map((line) => cellsOf(line, delimiter) ?? []);
}

function linesAtStart(head: Uint8Array, lineCount = LINES_LOOKED_AT): string[] {
  const text = new TextDecoder().decode(utf8Head(head).subarray(0, 65_536)).replace(/^\uFEFF/, "");
  const lines = text.split(/\r?\n/);
  const isWhole = text.endsWith("\n") || lines.length < 2;
  if (!isWhole) lines.pop();
  return withCellsJoined(lines)
    .filter((line) => line.trim() !== "")
    .slice(0, lineCount);
}

/** Cells in quotes may go on over a line's end: such lines become one. */
function withCellsJoined(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    let line = lines[i]!;
    let next = i + 1;
    const last = Math.min(lines.length, i + CELL_LINES_MAX);
    while (isOpen(line) && next < last) line += `\n${lines[next++]!}`;
    // A quote that is never closed opens nothing.
    if (isOpen(line)) joined.push(lines[i]!);
    else {
      joined.push(line);
      i = next - 1;
    }
  }
  return joined;
}

function isOpen(line: string): boolean {
  return line.includes('"') && line.split('"').length % 2 === 0;
}
