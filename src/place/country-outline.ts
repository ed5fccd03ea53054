import type { Feature, LineString, MultiPolygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryObject, Topology } from "topojson-specification";
import whichPolygon from "which-polygon";
import { type BoundingBox, boxOfRun } from "../geo/box.js";
import {
  type ContinuousPolygon,
  continuousRing,
  type LonLat,
  polygonContains,
} from "../geo/polygon.js";
import { buildOutline, type NearestLine, type TaggedLine } from "../geo/polygon-outline.js";
import { alpha2OfNumeric } from "./country-codes.js";

/** Natural Earth countries as TopoJSON: `objects.countries`, ISO numeric codes as ids, names as properties. */
export interface CountryTopology {
  readonly type: string;
  readonly arcs: readonly (readonly (readonly number[])[])[];
  readonly objects: { readonly countries: unknown };
  readonly transform?: unknown;
}

/** Where a country's land ends: at the sea, at a neighbour, or at an island the map does not show. */
export type EdgeKind = "coast" | "land-border" | "islet";

export interface NearestEdge extends Omit<NearestLine, "tag"> {
  readonly edge: EdgeKind;
  /** How far the true edge may lie from the drawn one, metres. */
  readonly uncertaintyM: number;
}

/** Land of one country. */
export interface CountryOutline {
  contains(latDeg: number, lonDeg: number): boolean;
  nearest(latDeg: number, lonDeg: number): NearestEdge | undefined;
  readonly pieceCount: number;
  /** Boxes that hold every line of it. */
  readonly boxes: readonly BoundingBox[];
  /** No edge's `uncertaintyM` is greater. */
  readonly uncertaintyMaxM: number;
}

/** Natural Earth 1:10m against airports on the shore: median 0.9 km out (measured on 206 airports). */
export const COAST_UNCERTAINTY_M = 1_000;
/** Natural Earth land borders against OpenStreetMap: 1 to 5 km off in places. */
export const LAND_BORDER_UNCERTAINTY_M = 5_000;
/** Chosen: centre of a 12 NM ring round an unmapped island against the island's own shore. */
export const ISLET_UNCERTAINTY_M = 5_000;

const EDGES: readonly EdgeKind[] = ["coast", "land-border", "islet"];

/** Countries Natural Earth draws without an ISO number; each is put where OpenStreetMap's claim has it too. */
const UNNUMBERED: Readonly<Record<string, string>> = {
  Kosovo: "XK",
  Somaliland: "SO",
  "N. Cyprus": "CY",
  "Cyprus U.N. Buffer Zone": "CY",
  "USNB Guantanamo Bay": "CU",
  Baikonur: "KZ",
  "Coral Sea Is.": "AU",
};

type Rings = readonly (readonly LonLat[])[];

interface LandPolygon {
  readonly code: string | undefined;
  /** Arc numbers of every ring, outer first; a negative number `~i` is arc `i` walked backwards. */
  readonly arcs: readonly (readonly number[])[];
}

interface Sources {
  readonly topology: () => CountryTopology;
  /** Claimed polygons of a country, territorial sea included. */
  readonly claimsOf: (code: string) => readonly Rings[];
}

/** @returns a function that builds a country's outline at its first use and keeps it */
export function countryOutlines(sources: Sources): (code: string) => CountryOutline | undefined {
  const built = new Map<string, CountryOutline | undefined>();
  let world: World | undefined;
  return (code) => {
    if (!built.has(code)) {
      world ??= worldOf(sources.topology());
      built.set(code, outlineOf(code, world, sources.claimsOf(code)));
    }
    return built.get(code);
  };
}

interface World {
  readonly topology: Topology;
  readonly polygons: readonly LandPolygon[];
  /** How many rings of all countries use an arc; two means a land border. */
  readonly arcUses: Uint8Array;
  /** Decoded arcs, filled on use. */
  readonly lines: Map<number, LonLat[]>;
}

interface CountryGeometry {
  readonly type: string;
  readonly id?: string | number;
  readonly properties?: { readonly name?: string };
  readonly arcs?: number[][] | number[][][];
}

function worldOf(source: CountryTopology): World {
  const topology = source as unknown as Topology;
  const { geometries } = source.objects.countries as { geometries: CountryGeometry[] };
  const arcUses = new Uint8Array(source.arcs.length);
  const polygons: LandPolygon[] = [];
  for (const { type, id, properties, arcs } of geometries) {
    const numbered = id === undefined ? undefined : alpha2OfNumeric(String(id));
    const code = numbered ?? UNNUMBERED[properties?.name ?? ""];
    const parts = type === "Polygon" ? [arcs as number[][]] : ((arcs ?? []) as number[][][]);
    for (const part of parts) {
      polygons.push({ code, arcs: part });
      for (const arc of part.flat()) arcUses[arcIndex(arc)]!++;
    }
  }
  return { topology, polygons, arcUses, lines: new Map() };
}

function arcIndex(arc: number): number {
  return arc < 0 ? ~arc : arc;
}

function arcLine(world: World, arc: number): readonly LonLat[] {
  const index = arcIndex(arc);
  const known = world.lines.get(index);
  if (known) return known;
  const line = feature(world.topology, { type: "LineString", arcs: [index] } as GeometryObject);
  const { coordinates } = (line as Feature<LineString>).geometry;
  world.lines.set(index, coordinates as unknown as LonLat[]);
  return coordinates as unknown as LonLat[];
}

function outlineOf(
  code: string,
  world: World,
  claims: readonly Rings[],
): CountryOutline | undefined {
  if (claims.length === 0) return undefined;
  const claimed = claims.map((rings): ContinuousPolygon => rings.map(continuousRing));
  const land = world.polygons.filter(
    (polygon) => polygon.code === code || isWithin(world, polygon, claimed),
  );
  const { lines, islets } = isletsOf(world, land, claimed);
  const all = [...edgeLines(world, land), ...lines];
  const outline = buildOutline(all);
  const inside = landTest(world, land);
  return {
    pieceCount: outline.pieceCount,
    boxes: all.map(({ positions }) => boxOfLine(positions)),
    uncertaintyMaxM: Math.max(
      COAST_UNCERTAINTY_M,
      LAND_BORDER_UNCERTAINTY_M,
      ISLET_UNCERTAINTY_M,
      ...islets,
    ),
    contains: inside,
    nearest: (latDeg, lonDeg) => {
      const found = outline.nearest(latDeg, lonDeg);
      if (!found) return undefined;
      const { tag, ...place } = found;
      const edge = EDGES[Math.min(tag, 2)]!;
      const isletUncertaintyM = islets[tag - 2] ?? ISLET_UNCERTAINTY_M;
      const uncertaintyM =
        edge === "coast"
          ? COAST_UNCERTAINTY_M
          : edge === "land-border"
            ? LAND_BORDER_UNCERTAINTY_M
            : isletUncertaintyM;
      return { ...place, edge, uncertaintyM };
    },
  };
}

function boxOfLine(positions: readonly LonLat[]): BoundingBox {
  // A line is no ring: it is made continuous as one, and what closes it adds nothing to its box.
  const { minLatDeg, minLonDeg, maxLatDeg, maxLonDeg } = continuousRing(positions);
  return boxOfRun({
    southDeg: minLatDeg,
    westDeg: minLonDeg,
    northDeg: maxLatDeg,
    eastDeg: maxLonDeg,
  });
}

/**
 * Whether a polygon Natural Earth gives to another country lies in the claim: Crimea in Ukraine's, French
 * Guiana in its own. Sampled at up to 24 points of its shore, each drawn in by a fifth towards the middle,
 * because the two sets' shores differ by a kilometre and some claims end at the shore; seven tenths must be inside.
 */
function isWithin(
  world: World,
  polygon: LandPolygon,
  claimed: readonly ContinuousPolygon[],
): boolean {
  const outer = polygon.arcs[0] ?? [];
  const probe = arcLine(world, outer[0]!)[0]!;
  const near = claimed.filter((rings) => isNearRing(rings, probe, 0.05));
  if (near.length === 0) return false;
  const shore = outer.flatMap((arc) => arcLine(world, arc));
  const step = Math.max(1, Math.floor(shore.length / 24));
  const samples = shore.filter((_, index) => index % step === 0);
  const middleLonDeg = samples.reduce((sum, [lonDeg]) => sum + lonDeg, 0) / samples.length;
  const middleLatDeg = samples.reduce((sum, [, latDeg]) => sum + latDeg, 0) / samples.length;
  const inside = samples.filter(([lonDeg, latDeg]) => {
    const drawnLonDeg = lonDeg + (middleLonDeg - lonDeg) / 5;
    const drawnLatDeg = latDeg + (middleLatDeg - latDeg) / 5;
    return near.some((rings) => polygonContains(rings, drawnLatDeg, drawnLonDeg));
  });
  return inside.length >= samples.length * 0.7;
}

function isNearRing(polygon: ContinuousPolygon, place: LonLat, marginDeg = 0): boolean {
  const [lonDeg, latDeg] = place;
  const outer = polygon[0];
  if (!outer) return false;
  if (latDeg < outer.minLatDeg - marginDeg || latDeg > outer.maxLatDeg + marginDeg) return false;
  return lonDeg >= outer.minLonDeg - marginDeg && lonDeg <= outer.maxLonDeg + marginDeg;
}

/** Shore and borders of a set of polygons; arcs between two of them are no edge. */
function edgeLines(world: World, land: readonly LandPolygon[]): TaggedLine[] {
  const uses = new Map<number, number>();
  for (const { arcs } of land) {
    for (const arc of arcs.flat()) uses.set(arcIndex(arc), (uses.get(arcIndex(arc)) ?? 0) + 1);
  }
  const lines: TaggedLine[] = [];
  for (const [arc, useCount] of uses) {
    if (useCount > 1) continue;
    const tag = world.arcUses[arc]! > 1 ? 1 : 0;
    for (const positions of withoutMapEdge(arcLine(world, arc))) lines.push({ positions, tag });
  }
  return lines;
}

/** Takes out the cuts along 180 degrees and the pole, which are edges of the map, not of the land. */
function withoutMapEdge(line: readonly LonLat[]): LonLat[][] {
  const parts: LonLat[][] = [[]];
  line.forEach((position, index) => {
    const previous = line[index - 1];
    if (previous && isOnMapEdge(previous) && isOnMapEdge(position)) parts.push([]);
    parts[parts.length - 1]!.push(position);
  });
  return parts.filter((part) => part.length > 1);
}

function isOnMapEdge([lonDeg, latDeg]: LonLat): boolean {
  return Math.abs(lonDeg) > 179.999 || latDeg < -85.1;
}

/**
 * Claimed sea without any mapped land in it surrounds an island too small for the map (Aves Island of
 * Venezuela): its centre stands for the island.
 */
function isletsOf(
  world: World,
  land: readonly LandPolygon[],
  claimed: readonly ContinuousPolygon[],
): { lines: TaggedLine[]; islets: number[] } {
  const lines: TaggedLine[] = [];
  const islets: number[] = [];
  for (const polygon of claimed) {
    const outer = polygon[0];
    if (!outer || land.some((part) => touches(world, part, polygon))) continue;
    const latDeg = (outer.minLatDeg + outer.maxLatDeg) / 2;
    const lonDeg = (outer.minLonDeg + outer.maxLonDeg) / 2;
    const halfHeightM = ((outer.maxLatDeg - outer.minLatDeg) / 2) * 111_200;
    const halfWidthM =
      ((outer.maxLonDeg - outer.minLonDeg) / 2) * 111_200 * Math.cos((latDeg * Math.PI) / 180);
    const extraM = Math.hypot(halfHeightM, halfWidthM) - TERRITORIAL_SEA_M * Math.SQRT2;
    lines.push({ positions: [[lonDeg, latDeg]], tag: Math.min(255, 2 + islets.length) });
    islets.push(Math.max(ISLET_UNCERTAINTY_M, Math.round(extraM)));
  }
  return { lines, islets };
}

/** 12 nautical miles; United Nations Convention on the Law of the Sea, article 3. */
const TERRITORIAL_SEA_M = 22_224;

function touches(world: World, part: LandPolygon, polygon: ContinuousPolygon): boolean {
  return part.arcs.some((ring) =>
    ring.some((arc) => {
      const line = arcLine(world, arc);
      const step = Math.max(1, Math.floor(line.length / 8));
      for (let i = 0; i < line.length; i += step) {
        const position = line[i]!;
        if (!isNearRing(polygon, position)) continue;
        if (polygonContains(polygon, position[1], position[0])) return true;
      }
      return false;
    }),
  );
}

function landTest(world: World, land: readonly LandPolygon[]) {
  const arcs = land.map((polygon) => polygon.arcs.map((ring) => [...ring]));
  let query: ReturnType<typeof whichPolygon<object>> | undefined;
  return (latDeg: number, lonDeg: number): boolean => {
    query ??= whichPolygon<object>({
      type: "FeatureCollection",
      features: [
        feature(world.topology, {
          type: "MultiPolygon",
          arcs,
          properties: {},
        } as unknown as GeometryObject) as Feature<MultiPolygon, object>,
      ],
    });
    return query([lonDeg, latDeg]) !== null;
  };
}
