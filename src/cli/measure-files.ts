import { createHash } from "node:crypto";
import { CoverageBuilder } from "../coverage/builder.js";
import { Coverage } from "../coverage/coverage.js";
import { partsToJson } from "../coverage/coverage-json.js";
import { seenSharesOf } from "../movement/seen-shares.js";
import type { SeenShares } from "../movement/weigh-coverage.js";
import type { AirportTable } from "../place/airport.js";
import { type CoverageSource, coverageSource } from "../report/coverage-source.js";
import type { CleanTrack } from "../track/clean.js";

/** Measures coverage from the tracks of files. */
export class FilesMeasurement {
  readonly #builder = new CoverageBuilder();
  readonly #airports: AirportTable;

  constructor(airports: AirportTable) {
    this.#airports = airports;
  }

  /** @param track of one aircraft, whole, once */
  add(track: CleanTrack): void {
    this.#builder.add(track, this.#airports);
  }

  /** @returns what weighs in, and what is said of where it comes from */
  finish(aircraftCount: number): { readonly shares: SeenShares; readonly source: CoverageSource } {
    const parts = this.#builder.parts();
    const measurement = createHash("sha256").update(partsToJson(parts)).digest("hex");
    return {
      shares: seenSharesOf(new Coverage(parts), measurement),
      source: coverageSource({ measurement, aircraftCount, days: parts.days }),
    };
  }
}
