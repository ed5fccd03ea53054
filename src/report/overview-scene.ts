/** Lays out the one map of all landings that answer a question about a place. */
import { geoArea, geoCircle, geoPath } from "d3-geo";
import type { MultiLineString, MultiPolygon, Polygon } from "geojson";
import { destination, EARTH_RADIUS_M } from "../geo/sphere.js";
import type { LandingRow, PlaceModel } from "./dossier-model.js";
import {
  evidenceOfMany,
  RING_RADIUS_PX,
  ringRadiusPx,
  SIDE_BY_SIDE_MAX,
  type Xy,
} from "./dossier-rings.js";
import type { LonLat } from "./lines.js";
import type { World } from "./map-base.js";
import { Occupied, placementsAround, textWidth } from "./map-labels.js";
import { boxAround, labelCountries, type TextMark } from "./map-scene.js";
import { type MapSize, type MapView, mapView } from "./map-view.js";
import { shortAirportName } from "./place-words.js";

export interface LandingMark {
  /** The landing's number in the table, or "×12" for landings too many to stand side by side. */
  readonly text: string;
  readonly at: Xy;
  readonly evidence: "seen" | "inferred";
}

export interface OverviewScene {
  readonly view: MapView;
  /** Path of the place asked about; "" when its outline is not known. */
  readonly area: string;
  /** Width of a stroke along that path that covers what counts as near, pixels; 0 for none. */
  readonly nearWidthPx: number;
  readonly marks: readonly LandingMark[];
  readonly labels: readonly TextMark[];
  readonly countries: readonly TextMark[];
}

type Outline = MultiPolygon | MultiLineString | Polygon;

const METRES_PER_KM = 1000;

/** @returns undefined when neither the place nor any landing has a position */
export function overviewScene(
  landings: readonly LandingRow[],
  place: PlaceModel,
  { world, size }: { readonly world: World; readonly size: MapSize },
): OverviewScene | undefined {
  const outline = outlineOf(place, world);
  const places = [...landingPlaces(landings), ...outlinePlaces(outline, place.nearKm)];
  if (places.length === 0) return undefined;
  const view = mapView(places, size);
  const occupied = new Occupied({ x: 3, y: 3, width: size.width - 6, height: size.height - 6 });
  const groups = groupsOf(landings, view);
  const marks = groups.flatMap(marksOf);
  for (const { at } of marks) occupied.addMark(boxAround(at[0], at[1], RING_RADIUS_PX + 2));
  const labels = groups.map((group) => labelOf(group, { view, occupied }));
  const path = geoPath(view.projection).digits(1);
  const scale = view.projection.scale() / EARTH_RADIUS_M;
  return {
    view,
    area: outline ? (path(outline) ?? "") : "",
    // A circle is already drawn as wide as it reaches.
    nearWidthPx:
      place.shape?.kind === "point" ? 0 : Math.round(2 * place.nearKm * METRES_PER_KM * scale),
    marks,
    labels,
    countries: labelCountries(world, { view, occupied }),
  };
}

function outlineOf({ shape, nearKm }: PlaceModel, world: World): Outline | undefined {
  if (!shape) return undefined;
  if (shape.kind === "country") {
    const country = world.countries.find(({ name }) => name === shape.name);
    const polygons = country?.parts.map(({ coordinates }) => coordinates);
    const outline: MultiPolygon | undefined = polygons && {
      type: "MultiPolygon",
      coordinates: polygons,
    };
    return outline;
  }
  if (shape.kind === "point") {
    const radius = ((nearKm * METRES_PER_KM) / EARTH_RADIUS_M) * (180 / Math.PI);
    return geoCircle().center([shape.lon, shape.lat]).radius(Math.max(0.05, radius))();
  }
  // Lines only: which side of a ring is inside is not known here.
  const lines: MultiLineString = {
    type: "MultiLineString",
    coordinates: shape.rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
  };
  return lines;
}

function landingPlaces(landings: readonly LandingRow[]): LonLat[] {
  return landings.flatMap(({ lat, lon }): LonLat[] =>
    lat === null || lon === null ? [] : [[lon, lat]],
  );
}

/** The largest part of an outline, and how far "near" reaches around it; far islands do not decide the view. */
function outlinePlaces(outline: Outline | undefined, nearKm: number): LonLat[] {
  const line = largestLine(outline);
  const nearM = outline?.type === "Polygon" ? 0 : nearKm * METRES_PER_KM;
  // chosen: about 60 points say where an outline reaches.
  const step = Math.max(1, Math.floor(line.length / 60));
  const some = line.filter((_, index) => index % step === 0);
  if (nearM <= 0) return some;
  return some.flatMap(([lonDeg, latDeg]) =>
    [0, 90, 180, 270].map((directionDeg): LonLat => {
      const at = destination({ latDeg, lonDeg }, directionDeg, nearM);
      return [at.lonDeg, at.latDeg];
    }),
  );
}

function largestLine(outline: Outline | undefined): LonLat[] {
  if (!outline) return [];
  if (outline.type === "MultiPolygon") {
    const { coordinates } = outline;
    const [largest] = [...coordinates].sort((a, b) => areaOf(b) - areaOf(a));
    return (largest?.[0] ?? []).map(([lon, lat]) => [lon ?? 0, lat ?? 0]);
  }
  const { coordinates } = outline;
  return coordinates.flat().map(([lon, lat]) => [lon ?? 0, lat ?? 0]);
}

function areaOf(coordinates: Polygon["coordinates"]): number {
  return geoArea({ type: "Polygon", coordinates });
}

interface Group {
  readonly at: Xy;
  readonly landings: { readonly number: number; readonly row: LandingRow }[];
}

/** Landings at one airport, and others whose rings would cover each other. */
function groupsOf(landings: readonly LandingRow[], view: MapView): Group[] {
  const groups: Group[] = [];
  landings.forEach((row, index) => {
    if (row.lat === null || row.lon === null) return;
    const [x, y] = view.projection([row.lon, row.lat]) ?? [Number.NaN, Number.NaN];
    const group = groups.find(
      (one) =>
        Math.hypot(one.at[0] - x, one.at[1] - y) < RING_RADIUS_PX * 2 ||
        (row.airport !== null && one.landings[0]?.row.airport === row.airport),
    );
    if (group) group.landings.push({ number: index + 1, row });
    else groups.push({ at: [x, y], landings: [{ number: index + 1, row }] });
  });
  return groups;
}

function marksOf({ at, landings }: Group): LandingMark[] {
  if (landings.length > SIDE_BY_SIDE_MAX) {
    const evidence = evidenceOfMany(landings.map(({ row }) => row));
    return [{ text: `×${landings.length}`, at: tenth(at), evidence }];
  }
  return landings.map(({ number, row }, index) => ({
    text: String(number),
    evidence: row.evidence,
    at: tenth([at[0] + (index - (landings.length - 1) / 2) * (RING_RADIUS_PX * 2 + 3), at[1]]),
  }));
}

function labelOf(
  { at, landings }: Group,
  room: { readonly view: MapView; readonly occupied: Occupied },
): TextMark {
  const { fontSize, width } = room.view.size;
  const airports = new Map(landings.map(({ row }) => [row.airport, row.airportName]));
  const lines = [...airports].flatMap(([airport, name]) =>
    airport
      ? [airport, ...(airports.size === 1 ? [shortAirportName(name ?? "")] : [])]
      : ["not named"],
  );
  const count = Math.min(landings.length, SIDE_BY_SIDE_MAX);
  const half =
    landings.length > SIDE_BY_SIDE_MAX
      ? ringRadiusPx(`×${landings.length}`)
      : count * (RING_RADIUS_PX + 1.5);
  const box = {
    x: at[0] - half,
    y: at[1] - RING_RADIUS_PX,
    width: 2 * half,
    height: 2 * RING_RADIUS_PX,
  };
  const size = {
    width: Math.max(...lines.map((line) => textWidth(line, fontSize + 1))),
    height: lines.length * fontSize * 1.2,
    ascent: fontSize,
  };
  const placed = room.occupied.best(placementsAround(box, size, width), Number.POSITIVE_INFINITY)!;
  room.occupied.addMarks(placed.boxes);
  return { at: { ...placed, x: tenth([placed.x, 0])[0], y: tenth([placed.y, 0])[0] }, lines };
}

function tenth([x, y]: Xy): Xy {
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}
