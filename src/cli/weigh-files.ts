import { createHash } from "node:crypto";
import { CoverageBuilder } from "../coverage/builder.js";
import { Coverage } from "../coverage/coverage.js";
import { partsToJson } from "../coverage/coverage-json.js";
import type { Analysis } from "../movement/analyse.js";
import type { Movement } from "../movement/movement.js";
import { seenSharesOf, WEIGHED_MIN_AIRCRAFT } from "../movement/seen-shares.js";
import { asksForCoverage, type SeenShares, weighCoverage } from "../movement/weigh-coverage.js";
import type { AirportTable } from "../place/airport.js";
import { type CoverageSource, coverageSource } from "../report/coverage-source.js";

/** Weighs into the movements of files what the same files show of each field. Add all of them before weighing any. */
export class FilesWeigher {
  readonly #builder = new CoverageBuilder();
  #aircraftCount = 0;
  #shares: SeenShares | undefined;
  #source: CoverageSource = { kind: "not-needed" };

  /** @param analysis of one aircraft's whole track, once */
  add({ clean }: Analysis, airports: AirportTable): void {
    this.#aircraftCount++;
    this.#builder.add(clean, airports);
  }

  /** @param movements all of one aircraft, in order of time */
  weigh(movements: readonly Movement[]): readonly Movement[] {
    if (!asksForCoverage(movements)) return movements;
    if (this.#source.kind === "not-needed") this.#measure();
    return this.#shares ? weighCoverage(movements, this.#shares) : movements;
  }

  /** What weighed in, or why nothing did, as far as anything asked for it. */
  source(): CoverageSource {
    return this.#source;
  }

  #measure(): void {
    const aircraftCount = this.#aircraftCount;
    if (aircraftCount < WEIGHED_MIN_AIRCRAFT) {
      this.#source = { kind: "too-few", aircraftCount, wantedCount: WEIGHED_MIN_AIRCRAFT };
      return;
    }
    const parts = this.#builder.parts();
    const measurement = createHash("sha256").update(partsToJson(parts)).digest("hex");
    this.#shares = seenSharesOf(new Coverage(parts), measurement);
    this.#source = coverageSource({ measurement, aircraftCount, days: parts.days });
  }
}
