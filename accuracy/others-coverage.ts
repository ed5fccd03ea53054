import { CoverageBuilder } from "../src/coverage/builder.js";
import { Coverage } from "../src/coverage/coverage.js";
import { type CoverageParts, mergeParts } from "../src/coverage/parts.js";
import { seenSharesOf } from "../src/movement/seen-shares.js";
import type { SeenShares } from "../src/movement/weigh-coverage.js";
import type { AirportTable } from "../src/place/airport.js";
import { seedOf } from "../src/sim/random.js";
import { cleanTrack } from "../src/track/clean.js";
import type { Track } from "../src/track/track.js";
import type { Trial } from "./evaluate.js";

/** Whose coverage a track is weighed with; undefined for a track of no known aircraft. */
export type SharesOf = (track: Track) => SeenShares | undefined;

/** A track as its receivers heard it, and whose it is. */
export interface HeardAircraft {
  readonly track: Track;
  readonly aircraftKey: string;
}

/** @returns the track of a trial as coverage takes it */
export function heardAs({ each, track }: Trial): HeardAircraft {
  return { track, aircraftKey: each.aircraftKey };
}

/** Parts of the aircraft by lot: each is measured from those of the other parts. */
const FOLDS = 8;

/**
 * Coverage for each aircraft from others alone, heard by the same receivers. Aircraft fall into eight parts; each part
 * is weighed with what the seven others show, so that nobody's own stops tell how he is heard.
 *
 * @param asked tracks that will be weighed
 * @param heard every track of the same receivers, those asked about included
 */
export function othersCoverage(
  asked: readonly HeardAircraft[],
  heard: readonly HeardAircraft[],
  airports: AirportTable,
): SharesOf {
  const builders = Array.from({ length: FOLDS }, () => new CoverageBuilder());
  for (const { track, aircraftKey } of heard)
    builders[foldOf(aircraftKey)]!.add(cleanTrack(track), airports);
  const parts = builders.map((builder) => builder.parts());
  const shares = parts.map((_, fold) => sharesWithout(parts, fold));
  const foldByTrack = new Map(asked.map((one) => [one.track, foldOf(one.aircraftKey)]));
  return (track) => {
    const fold = foldByTrack.get(track);
    return fold === undefined ? undefined : shares[fold];
  };
}

function foldOf(aircraftKey: string): number {
  return seedOf(`coverage ${aircraftKey}`) % FOLDS;
}

function sharesWithout(parts: readonly CoverageParts[], fold: number): SeenShares {
  const others = mergeParts(parts.filter((_, at) => at !== fold));
  return seenSharesOf(new Coverage(others), `all but part ${fold}`);
}
