import type { AirportTable } from "../place/airport.js";
import type { CleanTrack } from "../track/clean.js";
import { isSimulated, type Track } from "../track/track.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../units/quantity.js";
import { cellAt, HEIGHT_BANDS } from "./cell.js";
import { Coverage } from "./coverage.js";
import { findPassages, NEAR_FT } from "./find-passages.js";
import { GroundReference } from "./ground-reference.js";
import { HeardGrid, PASS_UNIT } from "./heard-grid.js";
import { Listener } from "./listen.js";
import { type CoverageParts, type DayCount, sortedAirports } from "./parts.js";
import { type AirportPlace, comparePassages, type Passage } from "./passage.js";

/** Taken for the unheard part of an approach or climb: 3 degrees at 130 kt. chosen: only weighs layers against others */
const PASSING_FT_PER_MIN = 700;

/**
 * Measures coverage from the archive's own tracks. Add each aircraft once, whole: what lies between its contacts is
 * part of the measurement.
 */
export class CoverageBuilder {
  readonly #grid = new HeardGrid();
  readonly #days = new Map<number, { pointCount: number; aircraftCount: number }>();
  readonly #airports = new Map<string, AirportPlace>();
  readonly #passages: Passage[] = [];
  #listener: Listener | undefined;
  #aircraftCount = 0;
  #simulated = false;
  #unplacedCount = 0;

  /** @param airports the same table for all tracks */
  add({ track }: CleanTrack, airports: AirportTable): void {
    if (track.length === 0) return;
    if (this.#listener?.ground.airports !== airports) {
      this.#listener = new Listener(this.#grid, new GroundReference(airports));
    }
    this.#simulated ||= isSimulated(track);
    this.#countDays(track);
    const aircraft = this.#aircraftCount++;
    this.#unplacedCount += this.#listener.add(track, aircraft);
    for (const passage of findPassages(track, airports)) {
      const airport = airports.find(passage.airport)!;
      const { ident, latDeg, lonDeg } = airport;
      this.#airports.set(ident, { ident, latDeg, lonDeg });
      this.#passages.push(passage);
      addUnheardPart(this.#listener, passage, { cell: cellAt(latDeg, lonDeg), aircraft });
    }
  }

  /** What was measured so far; adding may go on afterwards. */
  parts(): CoverageParts {
    const days: DayCount[] = [...this.#days].map(([day, counts]) => ({ day, ...counts }));
    return {
      simulated: this.#simulated,
      days: days.sort((a, b) => a.day - b.day),
      unplacedCount: this.#unplacedCount,
      rows: this.#grid.rows(),
      airports: sortedAirports(this.#airports.values()),
      passages: [...this.#passages].sort(comparePassages),
    };
  }

  build(): Coverage {
    return new Coverage(this.parts());
  }

  #countDays({ length, timeMs }: Track): void {
    let endMs = Number.NEGATIVE_INFINITY;
    let counts = { pointCount: 0, aircraftCount: 0 };
    for (let i = 0; i < length; i++) {
      if (timeMs[i]! >= endMs) {
        const day = Math.floor(timeMs[i]! / DAY_MS);
        endMs = (day + 1) * DAY_MS;
        counts = this.#days.get(day) ?? { pointCount: 0, aircraftCount: 0 };
        this.#days.set(day, counts);
        counts.aircraftCount++;
      }
      counts.pointCount++;
    }
  }
}

/** The layers an aircraft passed unheard between the ground and where it was last heard, at the airport's cell. */
function addUnheardPart(
  listener: Listener,
  { followedToFt, fromMs, toMs, isTrial }: Passage,
  { cell, aircraft }: { readonly cell: number; readonly aircraft: number },
): void {
  const heard = !Number.isNaN(followedToFt);
  if (!heard && !isTrial) return;
  const topFt = heard ? followedToFt : NEAR_FT;
  HEIGHT_BANDS.forEach(({ fromFt, toFt }, band) => {
    const throughFt = Math.min(toFt, topFt) - Math.max(0, fromFt);
    if (throughFt <= 0) return;
    const unheardMs = (throughFt / PASSING_FT_PER_MIN) * MINUTE_MS;
    for (const { timeMs, part } of hoursBetween(fromMs, toMs)) {
      const passes = PASS_UNIT * part;
      listener.addUnheard(
        { cell, band, timeMs },
        { unheardMs: unheardMs * part, passes, aircraft },
      );
    }
  });
}

/** A moment in each hour between two times, with the share of the time that lies in it. */
function hoursBetween(fromMs: number, toMs: number): { timeMs: number; part: number }[] {
  if (!(toMs > fromMs)) return [{ timeMs: fromMs, part: 1 }];
  const hours: { timeMs: number; part: number }[] = [];
  for (let at = fromMs; at < toMs; ) {
    const endMs = Math.min(toMs, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
    hours.push({ timeMs: at, part: (endMs - at) / (toMs - fromMs) });
    at = endMs;
  }
  return hours;
}
