/** What could have happened in a gap: `wheelsdown/gap-answer/1` of the server. */

import type { Geometry } from "geojson";
import { geodesicDistanceM } from "../geo/geodesic.js";
import { isUsable, type ReachAircraft, SOFT_WIND_KT } from "../journey/reach-bounds.js";
import { reachGapOf } from "../journey/reach-gaps.js";
import { type SoftSpeeds, softSpeeds, softWayMin } from "../journey/reach-soft.js";
import type { Airport, AirportTable } from "../place/airport.js";
import { longestOf } from "../place/airport-rows.js";
import { reachAreaFeatures } from "../report/reach-geojson.js";
import { gapJson, kilometres, type MovementJson, rounded } from "../report/shapes.js";
import { gapReachSentences, gapSentence } from "../report/wording.js";
import type { Gap } from "../track/gap.js";
import { GROUND_UNKNOWN, GROUND_YES, isSimulated, type Track } from "../track/track.js";
import { MINUTE_MS, metresFlown, SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import type { GapAirportJson, GapAnswerJson, GapEdgeJson } from "./shapes.js";
import { gapId } from "./track-shape.js";

/** A list longer than this is no help to a reader. chosen: about what a page holds */
const AIRPORTS_SHOWN = 60;
/** More than there are larger airports. */
const AIRPORTS_MAX = 20_000;

/** A gap with what is known of its aircraft, its movements and its surroundings. */
export interface GapQuestion {
  /** Cleaned; the gap's indices are its. */
  readonly track: Track;
  readonly gap: Gap;
  readonly aircraft: ReachAircraft;
  readonly airports: AirportTable;
  /** Movements that were inferred in the gap. */
  readonly movements: readonly MovementJson[];
  readonly othersHeard: GapAnswerJson["othersHeard"];
}

/** Answers what could have happened while nobody heard the aircraft, from its last position to its next. */
export function gapAnswer(question: GapQuestion): GapAnswerJson {
  const { track, gap, aircraft, movements, othersHeard } = question;
  const simulated = isSimulated(track);
  const { cruiseKt } = softSpeeds(aircraft);
  const features = reachAreaFeatures({ gap: reachGapOf(track, gap), aircraft, simulated });
  const areaOf = (bound: string): Geometry | null =>
    features.find(({ properties }) => properties?.["bound"] === bound)?.geometry ?? null;
  const { inReach, anywhere } = airportsInReach(question);
  const shown = inReach.slice(0, AIRPORTS_SHOWN);
  return {
    schema: "wheelsdown/gap-answer/1",
    id: gapId(track.address, gap),
    hex: track.address,
    last: edgeJson(track, gap.lastIndex),
    next: edgeJson(track, gap.nextIndex),
    durationS: Math.round(gap.durationMs / SECOND_MS),
    distanceKm: kilometres(gap.distanceM) ?? 0,
    cruiseKt: Math.round(cruiseKt),
    cruiseFrom: `cruise of ${aircraft.typeDesignator ?? "an unknown type"} (${aircraft.performance.source}) with ${SOFT_WIND_KT} kt of wind behind it`,
    anywhere,
    reach: areaOf("soft"),
    hardKt: aircraft.performance.hardSpeedBoundKt,
    hardReach: areaOf("hard"),
    airports: shown,
    airportsLeftOut: inReach.length - shown.length,
    movements,
    othersHeard,
    sentence: [
      gapSentence(gapJson(gap, track)),
      ...gapReachSentences({
        cruiseKt: Math.round(cruiseKt),
        anywhere,
        fits: inReach.filter(({ spareS, longEnough }) => spareS >= 0 && longEnough !== false),
        othersHeard,
      }),
    ].join(" "),
    simulated,
  };
}

/** A list that holds nearly every airport of the world tells none apart. chosen: test/api/gap-answer.test.ts */
const ANYWHERE_SHARE = 0.95;

/**
 * Larger airports that lie within the hard bound, the one with the most time to spare first, and whether nearly all of
 * the world's would have left time for a stop.
 */
function airportsInReach({ track, gap, aircraft, airports }: GapQuestion): {
  readonly inReach: readonly GapAirportJson[];
  readonly anywhere: boolean;
} {
  const { before, after } = reachGapOf(track, gap);
  if (!before || !after) return { inReach: [], anywhere: false };
  const errorM = before.positionErrorM + after.positionErrorM;
  const hardM = metresFlown(aircraft.performance.hardSpeedBoundKt, gap.durationMs) + errorM;
  const speeds = softSpeeds(aircraft);
  const near = airports.nearLarger(before, {
    radiusM: Math.min(hardM, HALF_GLOBE_M),
    limit: AIRPORTS_MAX,
  });
  const inReach = near
    .flatMap((airport): GapAirportJson[] => {
      const fromM = geodesicDistanceM(before, airport);
      const toM = geodesicDistanceM(airport, after);
      if (!(fromM + toM <= hardM)) return [];
      const neededMin =
        wayMin(fromM, before, { airport, speeds }) + wayMin(toM, after, { airport, speeds });
      const spareMs = gap.durationMs - neededMin * MINUTE_MS;
      return [airportJson(airport, { fromM, toM, spareMs, aircraft })];
    })
    .sort((a, b) => b.spareS - a.spareS || (a.airport < b.airport ? -1 : 1));
  const fitCount = inReach.filter(({ spareS }) => spareS >= 0).length;
  const isWhole = hardM >= HALF_GLOBE_M;
  return { inReach, anywhere: isWhole && fitCount >= ANYWHERE_SHARE * near.length };
}

/** Half the girth of the Earth, rounded up: nothing lies farther. */
const HALF_GLOBE_M = 20_050_000;

function wayMin(
  distanceM: number,
  edge: { readonly altitudeFt: number; readonly onGround: boolean },
  { airport, speeds }: { readonly airport: Airport; readonly speeds: SoftSpeeds },
): number {
  const groundFt = airport.elevationFt;
  return softWayMin(distanceM, [edge.onGround ? groundFt : edge.altitudeFt, groundFt], speeds);
}

function airportJson(
  airport: Airport,
  found: {
    readonly fromM: number;
    readonly toM: number;
    readonly spareMs: number;
    readonly aircraft: ReachAircraft;
  },
): GapAirportJson {
  const open = airport.runways.filter(({ closed, surface }) => !closed && surface !== "water");
  const longestM = longestOf(open);
  const isKnown = longestM > 0 && found.aircraft.engineClass !== undefined;
  return {
    airport: airport.ident,
    airportName: airport.name,
    country: airport.country,
    lat: airport.latDeg,
    lon: airport.lonDeg,
    fromLastKm: kilometres(found.fromM) ?? 0,
    toNextKm: kilometres(found.toM) ?? 0,
    spareS: Math.round(found.spareMs / SECOND_MS),
    longestRunwayM: longestM > 0 ? Math.round(longestM) : null,
    longEnough: isKnown ? isUsable(airport, found.aircraft) : null,
  };
}

function edgeJson(track: Track, index: number): GapEdgeJson {
  const ground = track.ground[index];
  return {
    time: isoSeconds(track.timeMs[index]!),
    lat: rounded(track.latDeg[index]!, 5) ?? 0,
    lon: rounded(track.lonDeg[index]!, 5) ?? 0,
    altitudeFt: ground === GROUND_YES ? null : rounded(track.altitudeFt[index]!, 0),
    speedKt: rounded(track.groundSpeedKt[index]!, 1),
    onGround: ground === GROUND_UNKNOWN ? null : ground === GROUND_YES,
    file: track.sources[track.sourceIndex[index]!]?.file ?? null,
    row: track.sourceRow[index]!,
  };
}
