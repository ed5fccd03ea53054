import { type BoundingBox, boxHolds, boxOfRun, fewBoxes, grownBox } from "../geo/box.js";
import { type ContinuousRing, continuousRing, type LonLat } from "../geo/polygon.js";
import { sphereDistanceM } from "../geo/sphere.js";

/**
 * Bounds of the distance to a country's land, told from what it claims: the land's own lines, half a million points of
 * all countries, are not read for it. Both may be false, which says nothing.
 */
export interface RoughDistance {
  /** True only when all land is farther away than this. */
  isBeyond(latDeg: number, lonDeg: number, distanceM: number): boolean;
  /** True only when some land is nearer than this. */
  isWithin(latDeg: number, lonDeg: number, distanceM: number): boolean;
}

type Claims = readonly (readonly (readonly LonLat[])[])[];

const BOXES_MAX = 6;
/** Corners of the claim that are looked at. chosen: enough to be near any place round a large country */
const CORNERS_MAX = 60;
/**
 * Land lies no farther outside of the claim's boxes, with what any distance is uncertain by. chosen: holds for each country,
 * test/reference/rough-distance.test.ts
 */
export const OUTSIDE_MAX_M = 300_000;
/** Land lies no farther from a corner of the claim; chosen: Ecuador's, with 408 km, is the farthest. The same test */
export const CORNER_MAX_M = 500_000;
/** The claim called Antarctica is the treaty's, whose edge is open sea along this parallel. */
const TREATY_EDGE_DEG = -59.9;

/**
 * @param claims polygons of a country as `CountryTable.claims` gives them; of none, nothing is said
 * @param territories those of its territories, some of which maps of the land give to the State (Tokelau to New Zealand)
 */
export function roughDistance(claims: Claims, territories: Claims = []): RoughDistance {
  const boxes = fewBoxes(claimBoxes([...claims, ...territories]), BOXES_MAX);
  const corners = cornersOf(claims);
  return {
    isBeyond(latDeg, lonDeg, distanceM) {
      const limitM = distanceM + OUTSIDE_MAX_M;
      return (
        boxes.length > 0 &&
        !Number.isNaN(latDeg + lonDeg) &&
        !boxes.some((box) => boxHolds(grownBox(box, limitM), latDeg, lonDeg))
      );
    },
    isWithin: (latDeg, lonDeg, distanceM) =>
      corners.some(
        ([cornerLonDeg, cornerLatDeg]) =>
          sphereDistanceM(latDeg, lonDeg, cornerLatDeg, cornerLonDeg) + CORNER_MAX_M < distanceM,
      ),
  };
}

/** @returns a box for each claimed polygon, whichever way it goes round the globe */
export function claimBoxes(claims: Claims): BoundingBox[] {
  return claims
    .flatMap(([outer]) => (outer ? [boxOfRing(continuousRing(outer))] : []))
    .map(toThePole);
}

/** @returns the box of a ring; longitudes that run past 180 are brought back */
export function boxOfRing({
  minLatDeg,
  minLonDeg,
  maxLatDeg,
  maxLonDeg,
}: ContinuousRing): BoundingBox {
  return boxOfRun({
    southDeg: minLatDeg,
    westDeg: minLonDeg,
    northDeg: maxLatDeg,
    eastDeg: maxLonDeg,
  });
}

/** Claims end at 85 S, and beyond it the country table goes on as at 85 S. */
function toThePole(box: BoundingBox): BoundingBox {
  return box.southDeg < -84.9 ? { ...box, southDeg: -90 } : box;
}

/** Some corners of the outer rings, evenly chosen. */
function cornersOf(claims: Claims): LonLat[] {
  const all = claims
    .flatMap(([outer]) => outer ?? [])
    .filter(([, latDeg]) => latDeg > TREATY_EDGE_DEG);
  const step = Math.ceil(all.length / CORNERS_MAX);
  return all.filter((_, index) => index % step === 0);
}
