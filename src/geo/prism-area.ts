import { geoEquirectangular, geoStream } from "d3-geo";
import { type LonLat, ringAreaDeg2 } from "./polygon.js";
import {
  angleRad,
  type LatLon,
  POLE_RADIUS_M,
  placeOfReduced,
  reducedVector,
  type UnitVector,
  unitOf,
} from "./reduced-sphere.js";

/** Rings of one polygon, outer first and counterclockwise, holes clockwise; closed (RFC 7946, 3.1.6). */
export type AreaPolygon = readonly (readonly LonLat[])[];

/** chosen: 360 corners; the outline is then drawn outwards by 1 / cos(0.5 deg), so that its sides do not cut in. */
const CORNER_COUNT = 360;
const OUTWARD = 1 / Math.cos(Math.PI / CORNER_COUNT);
/** Below this the two places are one, and the area is a disc. */
const SAME_PLACE_RAD = 1e-9;

/**
 * The area {x : d(p0, x) + d(x, p1) <= sumMaxM} as polygons for a map: cut at 180 degrees, closed over the poles.
 *
 * Drawn with the lower bound of distances (see reduced-sphere.ts), so it holds the true area and is at most about half
 * a percent wider. For pictures: what is proven rests on `leastDetour`, not on these outlines.
 *
 * @param places one place for a disc of radius `sumMaxM`, or two
 * @returns no polygon when the two places are farther apart than the sum allows, or a number is NaN
 *
 * Source: law of cosines on the sphere, solved for the distance from one focus of a spherical ellipse.
 */
export function reachArea(places: readonly [LatLon, ...LatLon[]], sumMaxM: number): AreaPolygon[] {
  const first = reducedVector(places[0]);
  const second = places[1] ? reducedVector(places[1]) : first;
  const sumRad = ((places[1] ? 1 : 2) * sumMaxM * OUTWARD) / POLE_RADIUS_M;
  const apartRad = angleRad(first, second);
  if (!(sumRad >= apartRad) || !(sumRad > 0)) return [];
  // Beyond this even the point opposite the middle is near enough.
  if (sumRad >= 2 * Math.PI - apartRad - 1e-6) return [WHOLE_GLOBE];
  const ring = outline(first, second, sumRad).map(({ latDeg, lonDeg }) => [lonDeg, latDeg]);
  ring.push(ring[0]!);
  return cutForMap(ring);
}

const WHOLE_GLOBE: AreaPolygon = [
  [
    [-180, -90],
    [180, -90],
    [180, 90],
    [-180, 90],
    [-180, -90],
  ],
];

/** Clockwise as seen from above, as d3-geo wants the outside of an area. */
function outline(first: UnitVector, second: UnitVector, sumRad: number): LatLon[] {
  const apartRad = angleRad(first, second);
  const ahead = directionTo(first, second, apartRad);
  const left: UnitVector = {
    x: first.y * ahead.z - first.z * ahead.y,
    y: first.z * ahead.x - first.x * ahead.z,
    z: first.x * ahead.y - first.y * ahead.x,
  };
  const halfLongRad = sumRad / 2;
  const halfWideRad = Math.sqrt(Math.max(0, halfLongRad ** 2 - (apartRad / 2) ** 2));
  const places: LatLon[] = [];
  for (let corner = 0; corner < CORNER_COUNT; corner++) {
    // Steps of the flat ellipse's own angle spread the corners evenly, where steps of bearing would bunch them up.
    const step = (-2 * Math.PI * corner) / CORNER_COUNT;
    const turn = Math.atan2(
      halfWideRad * Math.sin(step),
      halfLongRad * Math.cos(step) + apartRad / 2,
    );
    const away = Math.atan2(
      Math.cos(apartRad) - Math.cos(sumRad),
      Math.sin(sumRad) - Math.sin(apartRad) * Math.cos(turn),
    );
    const along = Math.cos(turn);
    const aside = Math.sin(turn);
    places.push(
      placeOfReduced({
        x: Math.cos(away) * first.x + Math.sin(away) * (along * ahead.x + aside * left.x),
        y: Math.cos(away) * first.y + Math.sin(away) * (along * ahead.y + aside * left.y),
        z: Math.cos(away) * first.z + Math.sin(away) * (along * ahead.z + aside * left.z),
      }),
    );
  }
  return places;
}

/** Unit vector at `from` that points to `to`; any direction when they are one place or opposite ones. */
function directionTo(from: UnitVector, to: UnitVector, apartRad: number): UnitVector {
  const dot = Math.cos(apartRad);
  const distinct = apartRad > SAME_PLACE_RAD && apartRad < Math.PI - SAME_PLACE_RAD;
  const found = distinct
    ? unitOf(to.x - dot * from.x, to.y - dot * from.y, to.z - dot * from.z)
    : undefined;
  if (found) return found;
  const axis = Math.abs(from.z) < 0.9 ? { x: 0, y: 0, z: 1 } : { x: 1, y: 0, z: 0 };
  return unitOf(
    axis.y * from.z - axis.z * from.y,
    axis.z * from.x - axis.x * from.z,
    axis.x * from.y - axis.y * from.x,
  )!;
}

/** Lets d3-geo cut the ring at 180 degrees and close it over poles, and sorts what comes out into polygons. */
function cutForMap(ring: readonly (readonly number[])[]): AreaPolygon[] {
  const flat = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([0, 0])
    .precision(0);
  const rings: LonLat[][] = [];
  let open: LonLat[] = [];
  geoStream(
    { type: "Polygon", coordinates: [ring as [number, number][]] },
    flat.stream({
      point: (x, y) => {
        open.push([clamp(x, 180), clamp(-y, 90)]);
      },
      lineStart: () => {
        open = [];
      },
      lineEnd: () => {
        rings.push(open);
      },
      polygonStart: () => undefined,
      polygonEnd: () => undefined,
    }),
  );
  return sortRings(rings.filter((each) => each.length >= 3).map(closed));
}

function clamp(valueDeg: number, limitDeg: number): number {
  return Number(Math.max(-limitDeg, Math.min(limitDeg, valueDeg)).toFixed(5)) + 0;
}

function closed(ring: readonly LonLat[]): readonly LonLat[] {
  const first = ring[0]!;
  const last = ring[ring.length - 1]!;
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}

/** What runs clockwise is an outside, the rest holes; a hole belongs to the smallest outside around it. */
function sortRings(rings: readonly (readonly LonLat[])[]): AreaPolygon[] {
  const outsides = rings.filter((ring) => turnOf(ring) < 0);
  outsides.sort((a, b) => ringAreaDeg2(a) - ringAreaDeg2(b));
  const polygons = outsides.map((ring) => [[...ring].reverse()]);
  for (const hole of rings.filter((ring) => turnOf(ring) > 0)) {
    const around = polygons.find(([outside]) => isAround(outside!, hole[0]!));
    if (around) around.push([...hole].reverse());
  }
  return polygons;
}

/** Twice the flat area, positive when counterclockwise. */
function turnOf(ring: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    sum += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
  }
  return sum;
}

function isAround(ring: readonly LonLat[], [lonDeg, latDeg]: LonLat): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [lon1Deg, lat1Deg] = ring[i - 1]!;
    const [lon2Deg, lat2Deg] = ring[i]!;
    if (lat1Deg > latDeg === lat2Deg > latDeg) continue;
    const crossDeg = lon1Deg + ((latDeg - lat1Deg) / (lat2Deg - lat1Deg)) * (lon2Deg - lon1Deg);
    if (lonDeg < crossDeg) inside = !inside;
  }
  return inside;
}
