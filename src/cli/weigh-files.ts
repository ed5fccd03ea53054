import type { Analysis } from "../movement/analyse.js";
import type { Movement } from "../movement/movement.js";
import { WEIGHED_MIN_AIRCRAFT } from "../movement/seen-shares.js";
import { asksForCoverage, type SeenShares, weighCoverage } from "../movement/weigh-coverage.js";
import type { AirportTable } from "../place/airport.js";
import type { CoverageSource } from "../report/coverage-source.js";
import type { CleanTrack } from "../track/clean.js";
import type { FilesMeasurement } from "./measure-files.js";

/** Positions of tracks that wait to be measured: some 60 MB. chosen: months of one aircraft, or a day of 29 */
const WAITING_POINTS_MAX = 1_000_000;

/**
 * Weighs into the movements of files what the same files show of each field. Add all of them before weighing any.
 * Tracks wait until there are enough aircraft for a measurement: for a few files it is neither loaded nor made.
 */
export class FilesWeigher {
  readonly #airports: AirportTable;
  #waiting: CleanTrack[] = [];
  #waitingPoints = 0;
  #measurement: FilesMeasurement | undefined;
  #aircraftCount = 0;
  #shares: SeenShares | undefined;
  #source: CoverageSource = { kind: "not-needed" };

  constructor(airports: AirportTable) {
    this.#airports = airports;
  }

  /** @param analysis of one aircraft's whole track, once */
  async add({ clean }: Analysis): Promise<void> {
    this.#aircraftCount++;
    this.#waiting.push(clean);
    this.#waitingPoints += clean.track.length;
    if (this.#aircraftCount < WEIGHED_MIN_AIRCRAFT && this.#waitingPoints < WAITING_POINTS_MAX)
      return;
    this.#measurement ??= await this.#begin();
    for (const one of this.#waiting) this.#measurement.add(one);
    this.#waiting = [];
    this.#waitingPoints = 0;
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

  async #begin(): Promise<FilesMeasurement> {
    const { FilesMeasurement } = await import("./measure-files.js");
    return new FilesMeasurement(this.#airports);
  }

  #measure(): void {
    const aircraftCount = this.#aircraftCount;
    // From that many on none waits.
    if (aircraftCount < WEIGHED_MIN_AIRCRAFT || !this.#measurement) {
      this.#source = { kind: "too-few", aircraftCount, wantedCount: WEIGHED_MIN_AIRCRAFT };
      return;
    }
    const { shares, source } = this.#measurement.finish(aircraftCount);
    this.#shares = shares;
    this.#source = source;
  }
}
