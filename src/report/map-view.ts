/** Chooses how the globe is laid flat for one journey: everything of it in view, no seam through it. */
import {
  type GeoProjection,
  geoAzimuthalEqualArea,
  geoInterpolate,
  geoNaturalEarth1,
} from "d3-geo";
import { EARTH_RADIUS_M, sphereDistanceM } from "../geo/sphere.js";
import type { JourneyModel } from "./dossier-model.js";
import { greatCircleLine, type LonLat } from "./lines.js";

export interface MapSize {
  readonly width: number;
  readonly height: number;
  /** Room kept free around the journey, for labels. */
  readonly marginX: number;
  readonly marginY: number;
  readonly fontSize: number;
}

export interface MapView {
  readonly projection: GeoProjection;
  readonly projectionName: string;
  readonly size: MapSize;
}

/** chosen: wider journeys look torn in an azimuthal map and become one of the whole world. */
const AZIMUTHAL_RADIUS_MAX_DEG = 85;
/** chosen: no map shows less than this across; the coast line is too coarse for more. */
const WIDTH_MIN_M = 150_000;

/** @param places at least one position the map must show */
export function mapView(places: readonly LonLat[], size: MapSize): MapView {
  const cap = enclosingCap(places);
  const whole = cap.radiusDeg > AZIMUTHAL_RADIUS_MAX_DEG;
  const projection = whole
    ? geoNaturalEarth1().rotate([-cap.centre[0], 0])
    : geoAzimuthalEqualArea().rotate([-cap.centre[0], -cap.centre[1]]);
  const { width, height, marginX, marginY } = size;
  const points = { type: "MultiPoint" as const, coordinates: places.map((at) => [...at]) };
  projection.precision(0.3).fitExtent(
    [
      [marginX, marginY],
      [width - marginX, height - marginY],
    ],
    points,
  );
  const scaleMax = (width * EARTH_RADIUS_M) / WIDTH_MIN_M;
  if (!(projection.scale() <= scaleMax)) {
    projection.scale(scaleMax).translate([0, 0]);
    const [x, y] = projection([cap.centre[0], cap.centre[1]]) ?? [0, 0];
    projection.translate([width / 2 - x, height / 2 - y]);
  }
  projection.clipExtent([
    [-4, -4],
    [width + 4, height + 4],
  ]);
  return {
    projection,
    projectionName: whole ? "Natural Earth projection" : "azimuthal equal-area projection",
    size,
  };
}

/** Every position a journey's map must show: points, gap paths, stops and candidates. */
export function journeyPlaces(model: JourneyModel): LonLat[] {
  const places: LonLat[] = [];
  for (const contact of model.contacts) {
    for (const [, lat, lon] of contact.points) places.push([lon, lat]);
  }
  for (const { last, next } of model.gaps) {
    if (last.lat === null || last.lon === null || next.lat === null || next.lon === null) continue;
    places.push(...greatCircleLine([last.lon, last.lat], [next.lon, next.lat]));
  }
  for (const stop of model.journey.stops) {
    if (stop.lat !== null && stop.lon !== null) places.push([stop.lon, stop.lat]);
  }
  for (const candidate of model.candidatePlaces) places.push([candidate.lon, candidate.lat]);
  return places;
}

/**
 * A small cap of the sphere that holds all places; near enough to the smallest for choosing a map's centre.
 *
 * Source: Badoiu and Clarkson 2003, "Smaller core-sets for balls", on unit vectors.
 */
function enclosingCap(places: readonly LonLat[]): { centre: LonLat; radiusDeg: number } {
  let centre: LonLat = places[0] ?? [0, 0];
  for (let round = 1; round <= 60; round++) {
    const far = farthestFrom(centre, places);
    centre = geoInterpolate([...centre], [...far.place])(1 / (round + 1));
  }
  const far = farthestFrom(centre, places);
  return { centre, radiusDeg: (far.distanceM / EARTH_RADIUS_M) * (180 / Math.PI) };
}

function farthestFrom(
  centre: LonLat,
  places: readonly LonLat[],
): { place: LonLat; distanceM: number } {
  let place = centre;
  let distanceM = 0;
  for (const one of places) {
    const awayM = sphereDistanceM(centre[1], centre[0], one[1], one[0]);
    if (awayM > distanceM) [place, distanceM] = [one, awayM];
  }
  return { place, distanceM };
}
