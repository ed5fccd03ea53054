import type { Address } from "../aircraft/address.js";
import { buildJourneys } from "../journey/build.js";
import type { Journey } from "../journey/journey.js";
import type { Lake } from "../lake/lake.js";
import { type Analysis, Analyst } from "../movement/analyse.js";
import { traitsOf } from "../movement/traits.js";
import type { AirportTable } from "../place/airport.js";
import type { MovementIdentity } from "../report/shapes.js";
import type { Track } from "../track/track.js";
import type { LeftOut } from "./kept-positions.js";
import { identityOf } from "./known-identity.js";
import type { LakeWeigher } from "./weigh-lake.js";

/** An aircraft's journeys with what they were read from. */
export interface FoundJourneys {
  readonly track: Track;
  readonly analysis: Analysis;
  readonly identity: MovementIdentity;
  readonly journeys: readonly Journey[];
}

export interface JourneySearch {
  readonly airports: AirportTable;
  readonly weigher: LakeWeigher;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly stopMaxMs?: number | undefined;
  /** Takes note of aircraft of which positions were not kept: their journeys would have holes that are no silences. */
  readonly leftOut: LeftOut;
}

/**
 * Reads aircraft from the lake and chains their movements. The whole track is read, whatever the period: where a
 * journey began may lie before it.
 */
export async function* findJourneys(
  lake: Lake,
  addresses: readonly Address[],
  search: JourneySearch,
): AsyncIterable<FoundJourneys> {
  const { airports, weigher, fromMs, toMs, stopMaxMs } = search;
  const analyst = new Analyst(airports);
  for (const address of addresses) {
    if (await search.leftOut.has(lake, address)) continue;
    const track = await lake.track(address);
    if (!track) continue;
    const unweighed = analyst.analyse(track, traitsOf(track));
    const analysis = { ...unweighed, movements: await weigher.weigh(unweighed.movements) };
    const all = buildJourneys(analysis, {
      airports,
      ...(stopMaxMs !== undefined && { stopMaxMs }),
    });
    const journeys = all.filter(
      (journey) =>
        (toMs === undefined || journey.fromMs <= toMs) &&
        (fromMs === undefined || journey.toMs >= fromMs),
    );
    if (journeys.length > 0) yield { track, analysis, identity: identityOf(track), journeys };
  }
}
