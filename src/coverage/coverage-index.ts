import { sphereDistanceM } from "../geo/sphere.js";
import { DAY_MS, HOUR_MS } from "../units/quantity.js";
import { cellsNear } from "./cell.js";
import type { HeardRow } from "./heard-grid.js";
import type { AskedParts, CoverageParts } from "./parts.js";
import type { AirportPlace, Passage } from "./passage.js";

/** Parts by place and day, for questions. */
export class CoverageIndex {
  readonly #asked: AskedParts;
  readonly #days: ReadonlySet<number>;
  readonly #cells = new Map<string, readonly number[]>();

  /** @param parts a list, which is sorted by place here, or parts that are asked by place as they lie */
  constructor(readonly parts: CoverageParts | (CoverageParts & AskedParts)) {
    this.#asked = "rowsOf" in parts ? parts : byPlace(parts);
    this.#days = new Set(parts.days.map(({ day }) => day));
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
      if (this.#asked.heardHours.has(hour)) held++;
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
    return this.#asked.passagesOf(ident);
  }

  rowsOf(cell: number): readonly HeardRow[] {
    return this.#asked.rowsOf(cell);
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

function byPlace(parts: CoverageParts): AskedParts {
  const rows = new Map<number, HeardRow[]>();
  const passages = new Map<string, Passage[]>();
  for (const row of parts.rows) push(rows, row.cell, row);
  for (const passage of parts.passages) push(passages, passage.airport, passage);
  const heard = parts.rows.filter(({ heardPasses }) => heardPasses > 0);
  return {
    heardHours: new Set(heard.map(({ hour }) => hour)),
    rowsOf: (cell) => rows.get(cell) ?? [],
    passagesOf: (ident) => passages.get(ident) ?? [],
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
