import { HOUR_MS } from "../units/quantity.js";
import { HEIGHT_BANDS } from "./cell.js";

/** What kind of position a point has; the index into this list is what rows count by. */
export const SOURCE_CLASSES = ["adsb", "mlat", "other"] as const;
export type SourceClass = (typeof SOURCE_CLASSES)[number];

/** Passes are counted in thousandths, as whole numbers, so that sums do not depend on their order. */
export const PASS_UNIT = 1000;

/** What was heard in one cell, one height band and one hour of one day. Whole numbers throughout. */
export interface HeardRow {
  readonly cell: number;
  readonly band: number;
  /** Hours since 1970 UTC: date and hour of day in one. */
  readonly hour: number;
  /** Time over which aircraft were heard, ms, by SOURCE_CLASSES. */
  readonly heardMs: readonly [number, number, number];
  /** Time over which aircraft were there and not heard, ms: they went on, or came from there. */
  readonly unheardMs: number;
  /** Aircraft that were there, heard or not, in thousandths. */
  readonly passes: number;
  /** Those of them that were heard. */
  readonly heardPasses: number;
}

/** A row that still grows. */
export interface GrowingRow {
  readonly cell: number;
  readonly band: number;
  readonly hour: number;
  readonly heardMs: [number, number, number];
  unheardMs: number;
  passes: number;
  heardPasses: number;
  /** Which aircraft was last counted here, by the order in which they were added. */
  countedFor: number;
  heardFor: number;
}

/** Where a row stands: cell, band, and the hour that holds a time. */
export interface RowPlace {
  readonly cell: number;
  readonly band: number;
  readonly timeMs: number;
}

/** Gathers rows. Adding is exact and in any order gives the same rows. */
export class HeardGrid {
  /** By cell and band, then by hour: whole numbers below 2^31 are the fastest keys. */
  readonly #layers = new Map<number, Map<number, GrowingRow>>();

  /** @returns the row of a place and time, made if there is none */
  row({ cell, band, timeMs }: RowPlace): GrowingRow {
    const hour = Math.floor(timeMs / HOUR_MS);
    const key = cell * HEIGHT_BANDS.length + band;
    let layer = this.#layers.get(key);
    if (!layer) {
      layer = new Map();
      this.#layers.set(key, layer);
    }
    let row = layer.get(hour);
    if (!row) {
      row = {
        cell,
        band,
        hour,
        heardMs: [0, 0, 0],
        unheardMs: 0,
        passes: 0,
        heardPasses: 0,
        countedFor: -1,
        heardFor: -1,
      };
      layer.set(hour, row);
    }
    return row;
  }

  add(rows: readonly HeardRow[]): void {
    for (const { cell, band, hour, heardMs, unheardMs, passes, heardPasses } of rows) {
      const row = this.row({ cell, band, timeMs: hour * HOUR_MS });
      for (let i = 0; i < heardMs.length; i++) row.heardMs[i]! += heardMs[i]!;
      row.unheardMs += unheardMs;
      row.passes += passes;
      row.heardPasses += heardPasses;
    }
  }

  /** @returns the rows by cell, band and hour */
  rows(): HeardRow[] {
    const found: HeardRow[] = [];
    for (const key of [...this.#layers.keys()].sort((a, b) => a - b)) {
      const layer = [...this.#layers.get(key)!.values()].sort((a, b) => a.hour - b.hour);
      for (const { countedFor: _counted, heardFor: _heard, heardMs, ...row } of layer)
        found.push({ ...row, heardMs: [...heardMs] });
    }
    return found;
  }
}

/** @returns time over which aircraft were heard, all kinds of positions together */
export function heardTotalMs({ heardMs }: HeardRow): number {
  return heardMs[0] + heardMs[1] + heardMs[2];
}
