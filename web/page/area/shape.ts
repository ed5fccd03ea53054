/** Areas of a question: the words that stand in the address, and what they look like on a map. */

import { destination } from "../../../src/geo/sphere.js";
import { METRES_PER_NM } from "../../../src/units/quantity.js";
import { type LonLatDeg, unwrapLine } from "../geo/seam.js";
import type { View } from "../url.js";

/** Latitude, longitude, degrees: the order in which words have them. */
export type LatLonDeg = readonly [latDeg: number, lonDeg: number];

/** What a word of the address draws. Names of places are for the server to know. */
export type AreaShape =
  | {
      readonly kind: "box";
      readonly westDeg: number;
      readonly southDeg: number;
      readonly eastDeg: number;
      readonly northDeg: number;
    }
  | { readonly kind: "polygon"; readonly corners: readonly LatLonDeg[] }
  | { readonly kind: "circle"; readonly centre: LatLonDeg; readonly radiusM: number }
  | { readonly kind: "name"; readonly word: string };

/** The two areas of a question, by the parameter that holds each. */
export type AreaName = "in" | "also";
/** Both, in order. */
export const AREA_NAMES: readonly AreaName[] = ["in", "also"];
/** How each is called on the screen and on the map. */
export const AREA_LETTERS: Readonly<Record<AreaName, string>> = { in: "A", also: "B" };

/** An area as the address has it: a word, and how far beyond its edge, or round a point. */
export interface AreaWords {
  readonly word: string;
  readonly beyond: string;
}

/** As the server has it for a point without a distance. */
const POINT_RADIUS_M = 5_000;
const UNITS_M: Readonly<Record<string, number>> = {
  m: 1,
  km: 1000,
  nm: METRES_PER_NM,
  // A statute mile is 1609.344 m exactly (1959 agreement).
  mi: 1609.344,
};

/** @returns the words of an area; a link may say `near=SVMI&within=30km`, which is the same as `in=SVMI&near=30km` */
export function wordsOf(params: View["params"], name: AreaName): AreaWords {
  if (name === "also") return { word: params["also"] ?? "", beyond: params["also-near"] ?? "" };
  if (params["in"] === undefined && params["near"] !== undefined)
    return { word: params["near"], beyond: params["within"] ?? "100km" };
  return { word: params["in"] ?? "", beyond: params["near"] ?? "" };
}

/** @returns the parameters of an area's words; an empty word takes the area away */
export function paramsOf(
  name: AreaName,
  { word, beyond }: AreaWords,
): Readonly<Record<string, string | undefined>> {
  const far = word === "" || beyond === "" ? undefined : beyond;
  const value = word === "" ? undefined : word;
  return name === "also"
    ? { also: value, "also-near": far }
    : { in: value, near: far, within: undefined };
}

/** @returns metres of "30km"; undefined for what is no distance */
export function metresOf(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(m|km|nm|mi)$/i.exec(text.trim());
  return match ? Number(match[1]) * UNITS_M[match[2]!.toLowerCase()]! : undefined;
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

function numbersOf(text: string): number[] | undefined {
  const parts = text.split(",").map((part) => part.trim());
  return parts.every((part) => NUMBER.test(part)) ? parts.map(Number) : undefined;
}

/** @returns what the words draw; undefined for none, and for a box or corners that lie on no globe */
export function shapeOf({ word, beyond }: AreaWords): AreaShape | undefined {
  const text = word.trim().replace(/\s*,\s*/g, ",");
  if (text === "") return undefined;
  const corners = text.split(/\s*;\s*|\s+/).map(numbersOf);
  const [one] = corners;
  if (corners.some((each) => each === undefined)) return { kind: "name", word: text };
  if (corners.length === 1 && one?.length === 4) {
    const [westDeg, southDeg, eastDeg, northDeg] = one as [number, number, number, number];
    const isOnGlobe = isPlace(southDeg, westDeg) && isPlace(northDeg, eastDeg);
    if (!isOnGlobe || southDeg >= northDeg) return undefined;
    return { kind: "box", westDeg, southDeg, eastDeg, northDeg };
  }
  if (!corners.every((each) => each?.length === 2 && isPlace(each[0]!, each[1]!))) return undefined;
  const places = corners as unknown as LatLonDeg[];
  if (places.length === 1)
    return {
      kind: "circle",
      centre: places[0]!,
      radiusM: Math.max(POINT_RADIUS_M, metresOf(beyond) ?? 0),
    };
  return places.length < 3 ? undefined : { kind: "polygon", corners: places };
}

function isPlace(latDeg: number, lonDeg: number): boolean {
  return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180;
}

/** Digits behind the point. chosen: 0.001 degrees are 111 m, finer than a hand on a map */
const DIGITS = 3;

/** @returns the words of a shape, its longitudes brought into -180..180 */
export function wordsOfShape(shape: AreaShape): AreaWords {
  switch (shape.kind) {
    case "box": {
      const { westDeg, southDeg, eastDeg, northDeg } = shape;
      const word = [lon(westDeg), lat(southDeg), lon(eastDeg), lat(northDeg)].join(",");
      return { word, beyond: "" };
    }
    case "polygon":
      return { word: shape.corners.map(cornerText).join(" "), beyond: "" };
    case "circle": {
      const km = Math.max(1, Math.round(shape.radiusM / 100) / 10);
      return { word: cornerText(shape.centre), beyond: `${km}km` };
    }
    default:
      return { word: shape.word, beyond: "" };
  }
}

function cornerText([latDeg, lonDeg]: LatLonDeg): string {
  return `${lat(latDeg)},${lon(lonDeg)}`;
}

function lat(deg: number): number {
  return Number(Math.max(-90, Math.min(90, deg)).toFixed(DIGITS));
}

function lon(deg: number): number {
  const wrapped = Number(((((deg + 180) % 360) + 360) % 360).toFixed(DIGITS)) - 180;
  return Number(wrapped.toFixed(DIGITS));
}

/** Corners of a shape that a hand may drag, in the order of `movedCorner`; none of a name. */
export function cornersOf(shape: AreaShape): readonly LatLonDeg[] {
  switch (shape.kind) {
    case "box": {
      const { westDeg, southDeg, eastDeg, northDeg } = shape;
      return [
        [southDeg, westDeg],
        [southDeg, eastDeg],
        [northDeg, eastDeg],
        [northDeg, westDeg],
      ];
    }
    case "polygon":
      return shape.corners;
    case "circle": {
      const { latDeg, lonDeg } = destination(
        { latDeg: shape.centre[0], lonDeg: shape.centre[1] },
        90,
        shape.radiusM,
      );
      return [shape.centre, [latDeg, lonDeg]];
    }
    default:
      return [];
  }
}

/** How many bearings draw a circle. chosen: no corner is seen on a screen */
const CIRCLE_POINTS = 96;

/** @returns the outline, closed, with continuous longitudes; undefined for a name */
export function ringOf(shape: AreaShape): [number, number][] | undefined {
  if (shape.kind === "name") return undefined;
  if (shape.kind === "circle") return circleRing(shape.centre, shape.radiusM);
  if (shape.kind === "box") return boxRing(shape);
  const ring = shape.corners.map(([latDeg, lonDeg]): LonLatDeg => [lonDeg, latDeg]);
  return closed([...ring, ring[0]!]);
}

/** With west east of east it crosses 180 degrees; a wide side must not be taken the short way round. */
function boxRing(box: AreaShape & { readonly kind: "box" }): [number, number][] {
  const { westDeg, southDeg, northDeg } = box;
  const eastDeg = box.eastDeg > westDeg ? box.eastDeg : box.eastDeg + 360;
  return [
    [westDeg, southDeg],
    [eastDeg, southDeg],
    [eastDeg, northDeg],
    [westDeg, northDeg],
    [westDeg, southDeg],
  ];
}

/** A circle round a place, closed, with continuous longitudes. */
export function circleRing([latDeg, lonDeg]: LatLonDeg, radiusM: number): [number, number][] {
  const centre = { latDeg, lonDeg };
  const ring = Array.from({ length: CIRCLE_POINTS + 1 }, (_, i): LonLatDeg => {
    const at = destination(centre, ((i % CIRCLE_POINTS) * 360) / CIRCLE_POINTS, radiusM);
    return [at.lonDeg, at.latDeg];
  });
  return closed(ring);
}

/** A ring that ends a turn from where it began goes round a pole, and is closed over it. */
function closed(ring: readonly LonLatDeg[]): [number, number][] {
  const line = unwrapLine(ring);
  const [first, last] = [line[0]!, line[line.length - 1]!];
  if (Math.abs(last[0] - first[0]) < 180) return line;
  const mean = line.reduce((sum, [, latDeg]) => sum + latDeg, 0) / line.length;
  const poleDeg = mean < 0 ? -90 : 90;
  return [...line, [last[0], poleDeg], [first[0], poleDeg], [...first]];
}
