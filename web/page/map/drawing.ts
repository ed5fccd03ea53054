/** What a screen wants on the map, as GeoJSON; made without the map, so that it can be tested without one. */

import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import type { TrackJson } from "../../../src/api/shapes.js";
import { dropSeams, type LonLatDeg, unwrapLine } from "../geo/seam.js";
import type { EvidenceShape } from "../words.js";

/** A place marked by the shape of its evidence. */
export interface Mark {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly shape: EvidenceShape | "airport" | "excluded";
  readonly label: string;
  readonly detail?: string;
  /** Address of the view that a click goes to. */
  readonly href?: string;
  readonly rank?: number;
}

/** Everything a map shows besides the base map. */
export interface Drawing {
  /** The map moves to `bounds` when this changes. */
  readonly key: string;
  readonly track: FeatureCollection;
  readonly gaps: FeatureCollection;
  readonly edges: FeatureCollection;
  /** Time and altitude beside some positions of the track. */
  readonly times: FeatureCollection;
  readonly marks: FeatureCollection;
  readonly reach: FeatureCollection;
  readonly reachLine: FeatureCollection;
  readonly bounds: Bounds | undefined;
  /** What the drawing is about, where neither address nor clock says it; ms since 1970 UTC. */
  readonly period?: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** West, south, east, north; east may be over 180. */
export type Bounds = readonly [number, number, number, number];

/** A collection with nothing in it. */
export const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };

/** @returns features as a collection */
export function collectionOf(features: readonly Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features: [...features] };
}

/** @returns a feature with what the map needs to know of it */
export function featureOf(geometry: Geometry, properties: Record<string, unknown> = {}): Feature {
  return { type: "Feature", properties, geometry };
}

/** chosen: a step of colour nobody can tell from the next one */
const COLOUR_STEP_FT = 1000;

/**
 * @param isDrawn whether a position is; a line begins at one that is
 * @returns lines of a run, each with one step of altitude; unknown altitudes are -1, the ground -2, MLAT `doubtful`
 */
export function trackFeatures(
  track: TrackJson,
  run: { start: number; end: number },
  isDrawn: (index: number) => boolean = () => true,
): Feature[] {
  const features: Feature[] = [];
  const line = unwrapLine(
    track.lat
      .slice(run.start, run.end)
      .map((lat, i): LonLatDeg => [track.lon[run.start + i]!, lat]),
  );
  let start = 0;
  const keyOf = (i: number) => {
    const at = run.start + i;
    const altitudeFt = track.altitudeFt[at] ?? null;
    const step = altitudeFt === null ? -1 : Math.max(0, Math.round(altitudeFt / COLOUR_STEP_FT));
    const isMlat = track.source[at] === 1;
    return `${track.ground[at] === true ? -2 : step} ${isMlat ? 1 : 0} ${isDrawn(at) ? 1 : 0}`;
  };
  for (let i = 1; i <= line.length; i++) {
    if (i < line.length && keyOf(i) === keyOf(start)) continue;
    const [step = -1, doubtful = 0, drawn = 1] = keyOf(start).split(" ").map(Number);
    // Up to the next piece's first point: no hole where the colour changes.
    const coordinates = line.slice(start, Math.min(i + 1, line.length));
    if (coordinates.length > 1 && drawn === 1) {
      const alt = step < 0 ? step : step * COLOUR_STEP_FT;
      features.push(featureOf({ type: "LineString", coordinates }, { alt, doubtful }));
    }
    start = i;
  }
  return features;
}

/** A mark as a feature. */
export function markFeature(mark: Mark): Feature {
  const { latDeg, lonDeg, shape, label, detail = "", href = "", rank = 0 } = mark;
  return featureOf(
    { type: "Point", coordinates: [lonDeg, latDeg] },
    { shape, label, detail, href, rank },
  );
}

/** @returns an area of reach as it is filled, and its outline without the cuts a flat map needs */
export function reachFeatures(reach: unknown): { areas: Feature[]; lines: Feature[] } {
  const geometry = reach as Geometry | null;
  const polygons =
    geometry?.type === "Polygon"
      ? [geometry.coordinates]
      : geometry?.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  const outline = polygons.flatMap((rings) => rings.flatMap((ring) => dropSeams(ring.map(pairOf))));
  return {
    areas: polygons.map((coordinates) => featureOf({ type: "Polygon", coordinates })),
    lines: outline.map((line) =>
      featureOf({ type: "LineString", coordinates: line.map((each) => [...each]) }),
    ),
  };
}

/** @returns the corners of an outline */
export function outlineOf(lines: readonly Feature[]): LonLatDeg[] {
  return lines.flatMap(({ geometry }) =>
    geometry.type === "LineString" ? geometry.coordinates.map(pairOf) : [],
  );
}

function pairOf([lonDeg = 0, latDeg = 0]: Position): LonLatDeg {
  return [lonDeg, latDeg];
}

/** @returns the smallest box around places that does not go the long way around the globe; undefined for none */
export function boundsOf(places: readonly LonLatDeg[]): Bounds | undefined {
  if (places.length === 0) return undefined;
  const lons = places.map(([lonDeg]) => ((lonDeg % 360) + 360) % 360).sort((a, b) => a - b);
  // The widest hole between neighbours stays outside.
  let start = 0;
  let widest = -1;
  for (let i = 0; i < lons.length; i++) {
    const hole = (i === 0 ? lons[0]! + 360 - lons[lons.length - 1]! : lons[i]! - lons[i - 1]!) || 0;
    if (hole > widest) [widest, start] = [hole, i];
  }
  const west = lons[start]! > 180 ? lons[start]! - 360 : lons[start]!;
  const lats = places.map(([, latDeg]) => latDeg);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  return [west, south, west + (lons.length > 1 ? 360 - widest : 0), north];
}

/** @returns the shape of an empty drawing, to be filled */
export function drawingOf(parts: Partial<Drawing> & { readonly key: string }): Drawing {
  return {
    track: NOTHING,
    gaps: NOTHING,
    edges: NOTHING,
    times: NOTHING,
    marks: NOTHING,
    reach: NOTHING,
    reachLine: NOTHING,
    bounds: undefined,
    ...parts,
  };
}

/** @returns a name short enough for a map */
export function shortName(name: string): string {
  return name.replace(/\s+(International\s+)?(Airport|Airfield|Air Base)$/i, "").slice(0, 28);
}
