import type { Address } from "../aircraft/address.js";
import { buildJourneys } from "../journey/build.js";
import type { Journey } from "../journey/journey.js";
import type { Lake } from "../lake/lake.js";
import { type Analysis, Analyst } from "../movement/analyse.js";
import { analysisUntil } from "../movement/analysis-until.js";
import { traitsOf } from "../movement/traits.js";
import type { AirportTable } from "../place/airport.js";
import type { MovementIdentity } from "../report/shapes.js";
import type { Track } from "../track/track.js";
import { trackUntil } from "../track/track-until.js";
import type { LeftOut } from "./kept-positions.js";
import { identityOf } from "./known-identity.js";
import type { LakeWeigher } from "./weigh-lake.js";
import { withholdingOf } from "./withhold.js";

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
    const found = await analysedUntil(lake, address, analyst);
    if (!found) continue;
    const { track, analysis: unweighed } = found;
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

/**
 * What an aircraft's whole track says, as far as it may be shown.
 *
 * @returns undefined when no position of it may be shown, or there is none
 */
export async function analysedUntil(
  lake: Lake,
  address: Address,
  analyst: Analyst,
): Promise<{ readonly track: Track; readonly analysis: Analysis } | undefined> {
  const { whole, untilMs, isPrivate } = withholdingOf(lake);
  const received = isPrivate(address) ? undefined : await whole.track(address);
  if (!received) return undefined;
  const track = trackUntil(received, untilMs);
  if (track.length === 0) return undefined;
  return { track, analysis: analysisUntil(analyst.analyse(received, traitsOf(received)), untilMs) };
}
