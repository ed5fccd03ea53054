import type { Address } from "../aircraft/address.js";
import type { ReaderSink } from "../formats/reader.js";
import { tableReader } from "../formats/table.js";
import type { ReadingTerms } from "../formats/terms.js";
import type { Point } from "../track/track.js";
import { isoSeconds } from "../units/time.js";

export const PREVIEW_ROWS = 3;

/**
 * The first rows of a table as a mapping reads them, for a person to look at.
 *
 * @param head the table's first bytes, unpacked
 * @returns a sentence for each; one that says why, when a row is not read
 * @throws WheelsdownError as the reader does
 */
export async function previewRows(head: Uint8Array, terms: ReadingTerms): Promise<string[]> {
  const lines: string[] = [];
  await tableReader.read([head], new PreviewSink(lines), { name: "", terms });
  return lines.slice(0, PREVIEW_ROWS);
}

class PreviewSink implements ReaderSink {
  readonly #lines: string[];

  constructor(lines: string[]) {
    this.#lines = lines;
  }

  point(address: Address, point: Point): void {
    this.#add(pointWords(address, point));
  }

  issue({ row, detail }: { readonly row: number; readonly detail: string }): void {
    if (row >= 0) this.#add(`row ${row}: ${detail}`);
  }

  row(): void {}

  rows(): void {}

  identity(): void {}

  simulated(): void {}

  points(): void {}

  fellBack(): void {}

  #add(line: string): void {
    if (this.#lines.length < PREVIEW_ROWS) this.#lines.push(line);
  }
}

function pointWords(address: Address, point: Point): string {
  const { timeMs, latDeg, lonDeg, altitudeFt, groundSpeedKt, verticalRateFpm, onGround } = point;
  const time = Number.isFinite(new Date(timeMs).getTime()) ? isoSeconds(timeMs) : `${timeMs} ms`;
  const words = [`${address} at ${time}: ${latDeg}, ${lonDeg}`];
  for (const [value, unit] of [
    [altitudeFt, "ft"],
    [point.geometricAltitudeFt, "ft geometric"],
    [groundSpeedKt, "kt"],
    [verticalRateFpm, "ft/min"],
  ] as const)
    if (value !== undefined && !Number.isNaN(value)) words.push(`${Math.round(value)} ${unit}`);
  if (onGround) words.push("on the ground");
  if (point.callsign !== undefined) words.push(point.callsign);
  return words.join(", ");
}
