import { sphereDistanceM } from "../geo/sphere.js";
import { DAY_MS, HOUR_MS } from "../units/quantity.js";
import { cellsNear } from "./cell.js";
import type { HeardRow } from "./heard-grid.js";
import type { CoverageParts } from "./parts.js";
import type { AirportPlace, Passage } from "./passage.js";

/** Parts by place and day, for questions. */
export class CoverageIndex {
  readonly #rows = new Map<number, HeardRow[]>();
  readonly #passages = new Map<string, Passage[]>();
  readonly #days: ReadonlySet<number>;
  readonly #hours: ReadonlySet<number>;
  readonly #cells = new Map<string, readonly number[]>();

  constructor(readonly parts: CoverageParts) {
    for (const row of parts.rows) push(this.#rows, row.cell, row);
    for (const passage of parts.passages) push(this.#passages, passage.airport, passage);
    this.#days = new Set(parts.days.map(({ day }) => day));
    const heard = parts.rows.filter(({ heardPasses }) => heardPasses > 0);
    this.#hours = new Set(heard.map(({ hour }) => hour));
  }

  /**
   * @returns of the hours that a stretch of time touches on days that are held: how many there are, and in how many of
   * them anything was heard anywhere
   */
  hoursIn(fromMs: number, toMs: number): { readonly asked: number; readonly held: number } {
    let asked = 0;
    let held = 0;
    for (let hour = Math.floor(fromMs / HOUR_MS); hour * HOUR_MS <= toMs; hour++) {
      if (!this.#days.has(Math.floor(hour / 24))) continue;
      asked++;
      if (this.#hours.has(hour)) held++;
    }
    return { asked, held };
  }

  /** True when something was heard somewhere on every UTC day that a stretch of time touches. */
  hasDays(fromMs: number, toMs: number): boolean {
    for (let day = Math.floor(fromMs / DAY_MS); day * DAY_MS <= toMs; day++)
      if (!this.#days.has(day)) return false;
    return true;
  }

  /** @returns how many UTC days a stretch of time touches, and on how many of them anything was heard anywhere */
  daysIn(fromMs: number, toMs: number): { readonly asked: number; readonly held: number } {
    const first = Math.floor(fromMs / DAY_MS);
    const last = Math.floor(toMs / DAY_MS);
    let held = 0;
    for (const day of this.#days) if (day >= first && day <= last) held++;
    return { asked: last - first + 1, held };
  }

  passagesOf(ident: string): readonly Passage[] {
    return this.#passages.get(ident) ?? [];
  }

  rowsOf(cell: number): readonly HeardRow[] {
    return this.#rows.get(cell) ?? [];
  }

  /** Rows of the cells around one, itself included. */
  rowsNear(cell: number, radiusM: number): HeardRow[] {
    const key = `${cell} ${radiusM}`;
    let cells = this.#cells.get(key);
    if (!cells) {
      cells = cellsNear(cell, radiusM);
      this.#cells.set(key, cells);
    }
    return cells.flatMap((one) => this.rowsOf(one));
  }

  airportsNear(place: AirportPlace, radiusM: number): AirportPlace[] {
    return this.parts.airports.filter(
      ({ ident, latDeg, lonDeg }) =>
        ident !== place.ident &&
        sphereDistanceM(place.latDeg, place.lonDeg, latDeg, lonDeg) <= radiusM,
    );
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
