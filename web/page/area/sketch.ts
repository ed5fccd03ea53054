/** Drawing areas by hand: what a click, a move and a dragged corner make of a shape. Pure; the map tells where. */

import { sphereDistanceM } from "../../../src/geo/sphere.js";
import type { AreaName, AreaShape, LatLonDeg } from "./shape.js";

/** What can be drawn. */
export type SketchKind = "box" | "polygon" | "circle";

/** A shape that is being drawn: the places clicked so far. */
export interface Sketch {
  readonly area: AreaName;
  readonly kind: SketchKind;
  readonly places: readonly LatLonDeg[];
}

/** As the server has it. */
const CORNERS_MAX = 100;
/** The smallest circle that words can hold. */
const RADIUS_MIN_M = 1_000;

/** @returns the sketch with one more place; a place at the very one before it is none */
export function withPlace(sketch: Sketch, place: LatLonDeg): Sketch {
  const last = sketch.places[sketch.places.length - 1];
  if (last && last[0] === place[0] && last[1] === place[1]) return sketch;
  return { ...sketch, places: [...sketch.places, place].slice(0, CORNERS_MAX) };
}

/** @returns the shape of a sketch; undefined while places are missing */
export function shapeOfSketch({ kind, places }: Sketch): AreaShape | undefined {
  const [first, second] = places;
  if (!first || !second) return undefined;
  if (kind === "polygon") return places.length < 3 ? undefined : { kind, corners: places };
  if (kind === "circle") return { kind, centre: first, radiusM: radiusOf(first, second) };
  return boxOf(first, second);
}

/** Whether a sketch is whole with the places it has; a polygon is whole when its drawer says so. */
export function isWhole({ kind, places }: Sketch): boolean {
  return kind !== "polygon" && places.length >= 2;
}

function radiusOf(centre: LatLonDeg, edge: LatLonDeg): number {
  return Math.max(RADIUS_MIN_M, sphereDistanceM(centre[0], centre[1], edge[0], edge[1]));
}

/** Of two corners; the side between them goes the way the hand went, across 180 degrees too. */
function boxOf(a: LatLonDeg, b: LatLonDeg): AreaShape | undefined {
  if (a[0] === b[0] || a[1] === b[1]) return undefined;
  const [westDeg, eastDeg] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]];
  if (eastDeg - westDeg >= 360) return undefined;
  return {
    kind: "box",
    westDeg,
    eastDeg,
    southDeg: Math.min(a[0], b[0]),
    northDeg: Math.max(a[0], b[0]),
  };
}

/**
 * A shape with one of its corners elsewhere.
 *
 * @param at index in `cornersOf`
 * @param place its longitude may be over 180; of a circle, corner 0 is the centre and corner 1 the edge
 * @returns the shape as it was when the corner would make it flat
 */
export function movedCorner(shape: AreaShape, at: number, place: LatLonDeg): AreaShape {
  if (shape.kind === "name") return shape;
  if (shape.kind === "polygon")
    return { ...shape, corners: shape.corners.map((each, i) => (i === at ? place : each)) };
  if (shape.kind === "circle")
    return at === 0
      ? { ...shape, centre: place }
      : { ...shape, radiusM: radiusOf(shape.centre, place) };
  const { westDeg, southDeg, northDeg } = shape;
  const eastDeg = shape.eastDeg > westDeg ? shape.eastDeg : shape.eastDeg + 360;
  const opposite: LatLonDeg = [
    at < 2 ? northDeg : southDeg,
    at === 0 || at === 3 ? eastDeg : westDeg,
  ];
  // The hand may be on another turn of the globe than the box.
  const turns = Math.round((place[1] - (at === 0 || at === 3 ? westDeg : eastDeg)) / 360);
  return boxOf(opposite, [place[0], place[1] - turns * 360]) ?? shape;
}
