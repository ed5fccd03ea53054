/** Areas an aircraft could have been in during a gap, for maps (RFC 7946). */
import type { Feature, FeatureCollection } from "geojson";
import { type AreaPolygon, reachArea } from "../geo/prism-area.js";
import type { ReachAircraft } from "../journey/reach-bounds.js";
import type { ReachEdge, ReachGap } from "../journey/reach-question.js";
import { softReachM, softSpeeds } from "../journey/reach-soft.js";
import { MINUTE_MS, metresFlown, SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";

export interface ReachAreaQuestion {
  readonly gap: ReachGap;
  readonly aircraft: ReachAircraft;
  readonly simulated: boolean;
}

/**
 * The area at the hard bound and the one at usual speeds, as features; a bound under which the two edges are too far
 * apart gives none.
 */
export function reachAreaFeatures({ gap, aircraft, simulated }: ReachAreaQuestion): Feature[] {
  const { before, after } = gap;
  const places = before ? (after ? [before, after] : [before]) : after ? [after] : [];
  const [first, ...rest] = places;
  if (!first || !(gap.toMs >= gap.fromMs)) return [];
  const speedKt = aircraft.performance.hardSpeedBoundKt;
  const errorM = places.reduce((sum, { positionErrorM }) => sum + positionErrorM, 0);
  const hardM = metresFlown(speedKt, gap.toMs - gap.fromMs) + errorM;
  const speeds = softSpeeds(aircraft);
  const heightsFt = [heightOf(before), heightOf(after)] as const;
  const softM = softReachM((gap.toMs - gap.fromMs) / MINUTE_MS, heightsFt, speeds);
  const shared = {
    kind: "reach",
    hex: aircraft.address ?? null,
    registration: aircraft.registration ?? null,
    type: aircraft.typeDesignator ?? null,
    from: isoSeconds(gap.fromMs),
    to: isoSeconds(gap.toMs),
    durationS: Math.round((gap.toMs - gap.fromMs) / SECOND_MS),
    openEnd: before && after ? null : before ? "after" : "before",
    evidence: "not observed",
    note: "drawn at most about half a percent too wide; verdicts rest on the exact test",
    simulated,
  };
  const corners: [ReachEdge, ...ReachEdge[]] = [first, ...rest];
  return [
    ...areaFeature(reachArea(corners, hardM), {
      ...shared,
      bound: "hard",
      speedKt,
      meaning: "outside is impossible",
      "fill-opacity": 0.1,
    }),
    ...areaFeature(reachArea(corners, softM), {
      ...shared,
      bound: "soft",
      speedKt: Math.round(speeds.cruiseKt),
      meaning: "inside is plausible for a flight that does not stop",
      "fill-opacity": 0.2,
    }),
  ];
}

/** A whole collection; simulated when any feature is. */
export function reachGeoJson(features: readonly Feature[]): string {
  const all: FeatureCollection & { simulated: boolean } = {
    type: "FeatureCollection",
    simulated: features.some((each) => each.properties?.["simulated"] === true),
    features: [...features],
  };
  return `${JSON.stringify(all)}\n`;
}

function heightOf(edge: ReachEdge | undefined): number {
  if (!edge) return Number.NaN;
  return edge.onGround ? 0 : edge.altitudeFt;
}

function areaFeature(
  polygons: readonly AreaPolygon[],
  properties: Record<string, unknown>,
): Feature[] {
  const coordinates = polygons.map((rings) => rings.map((ring) => ring.map((at) => [...at])));
  if (coordinates.length === 0) return [];
  return [
    {
      type: "Feature",
      properties,
      geometry:
        coordinates.length === 1
          ? { type: "Polygon", coordinates: coordinates[0]! }
          : { type: "MultiPolygon", coordinates },
    },
  ];
}
