/** What a question about areas shows on the map: the areas, and where each aircraft was heard inside. */

import type { Feature, FeatureCollection } from "geojson";
import type { AreaVisitsJson, TrackJson } from "../../../src/api/shapes.js";
import { HOUR_MS } from "../../../src/units/quantity.js";
import { type LonLatDeg, shortestPath } from "../geo/seam.js";
import {
  boundsOf,
  collectionOf,
  type Drawing,
  drawingOf,
  markFeature,
  trackFeatures,
} from "../map/drawing.js";
import { runsOf } from "../track-runs.js";
import { writeView } from "../url.js";
import { minuteText } from "../words.js";
import { AREA_LETTERS, type AreaName, type AreaShape, cornersOf, ringOf } from "./shape.js";

/** An area with what it draws. */
export interface ShownArea {
  readonly name: AreaName;
  readonly shape: AreaShape | undefined;
  /** Outline of a place whose name was looked up. */
  readonly ring?: [number, number][] | undefined;
}

function ringOfShown({ shape, ring }: ShownArea): [number, number][] | undefined {
  return ring ?? (shape && ringOf(shape));
}

/** @returns whether an area is drawn: where a country ends is for the server to know */
export function hasOutline(area: ShownArea): boolean {
  return ringOfShown(area) !== undefined;
}

/** @returns areas as they are filled, with their letters at their northern edge */
export function areaFeatures(areas: readonly ShownArea[]): FeatureCollection {
  const features = areas.flatMap((area): Feature[] => {
    const ring = ringOfShown(area);
    if (!ring) return [];
    const [north] = [...ring].sort((a, b) => b[1] - a[1]);
    const label = AREA_LETTERS[area.name];
    return [
      {
        type: "Feature",
        properties: {},
        geometry: { type: "Polygon", coordinates: [ring] },
      },
      {
        type: "Feature",
        properties: { label },
        geometry: { type: "Point", coordinates: [...north!] },
      },
    ];
  });
  return collectionOf(features);
}

/** @returns the corners that may be dragged; `id` is "in 0", the area and the corner's index */
export function cornerFeatures(areas: readonly ShownArea[]): FeatureCollection {
  return collectionOf(
    areas.flatMap(({ name, shape }) =>
      (shape ? cornersOf(shape) : []).map(
        ([latDeg, lonDeg], i): Feature => ({
          type: "Feature",
          properties: { id: `${name} ${i}` },
          geometry: { type: "Point", coordinates: [lonDeg, latDeg] },
        }),
      ),
    ),
  );
}

/** Shown around a visit. */
const AROUND_MS = HOUR_MS;

/** @returns the address of an aircraft's screen around a stretch of time */
export function hrefAround(hex: string, fromIso: string, toIso: string): string {
  return writeView({
    screen: "aircraft",
    id: hex,
    params: {
      from: minuteText(Date.parse(fromIso) - AROUND_MS),
      to: minuteText(Date.parse(toIso) + AROUND_MS),
      t: minuteText(Date.parse(fromIso)),
    },
  });
}

/** Silences inside a visit: dashed, as everywhere. */
function silences({ lat, lon, gapAt }: TrackJson, href: string): Feature[] {
  return gapAt.map((next) => ({
    type: "Feature",
    properties: { selected: false, href },
    geometry: {
      type: "LineString",
      coordinates: shortestPath([lon[next - 1]!, lat[next - 1]!], [lon[next]!, lat[next]!], 0.5),
    },
  }));
}

/** First and last positions of an aircraft's visits: those where it was heard to come in or leave, or the others. */
function endsOf({ area, tracks }: AreaVisitsJson, wanted: "seen" | "not-seen"): LonLatDeg[] {
  return area.visits.flatMap(({ entry, exit }, i) => {
    const { lat, lon } = tracks[i]!;
    const ends = [
      [entry, 0],
      [exit, lat.length - 1],
    ] as const;
    return ends.filter(([how]) => how === wanted).map(([, at]): LonLatDeg => [lon[at]!, lat[at]!]);
  });
}

/** Open rings where nobody heard it come in, or leave. */
function unheardEnds(found: AreaVisitsJson): Feature[] {
  return endsOf(found, "not-seen").map((at) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates: [...at] },
  }));
}

/** Dots where it was heard to come in, or leave. */
function heardEnds(found: AreaVisitsJson): Feature[] {
  return endsOf(found, "seen").map(([lonDeg, latDeg]) =>
    markFeature({ latDeg, lonDeg, shape: "airport", label: "" }),
  );
}

/**
 * @param key the map moves when it changes
 * @returns lines of what was received inside, dashes over silences, dots and open rings at ends that were heard or not
 */
export function areaDrawing(
  key: string,
  areas: readonly ShownArea[],
  found: readonly AreaVisitsJson[],
): Drawing {
  const track: Feature[] = [];
  const gaps: Feature[] = [];
  for (const { area, tracks, alsoTracks } of found) {
    const visits = [...area.visits, ...(area.also?.visits ?? [])];
    [...tracks, ...alsoTracks].forEach((each, i) => {
      const visit = visits[i];
      const href = visit ? hrefAround(area.hex, visit.from, visit.to) : `/aircraft/${area.hex}`;
      for (const run of runsOf(each))
        for (const feature of trackFeatures(each, run))
          track.push({ ...feature, properties: { ...feature.properties, href } });
      gaps.push(...silences(each, href));
    });
  }
  const outline = areas.flatMap((area): LonLatDeg[] => ringOfShown(area) ?? []);
  const heard = found.flatMap(({ tracks }) =>
    tracks.flatMap(({ lat, lon }) => lat.map((each, i): LonLatDeg => [lon[i]!, each])),
  );
  return drawingOf({
    key,
    track: collectionOf(track),
    gaps: collectionOf(gaps),
    edges: collectionOf(found.flatMap(unheardEnds)),
    marks: collectionOf(found.flatMap(heardEnds)),
    bounds: boundsOf(
      areas.every(hasOutline) && outline.length > 0 ? outline : [...outline, ...heard],
    ),
  });
}
