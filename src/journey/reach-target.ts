import {
  type ContinuousPolygon,
  continuousRing,
  type LonLat,
  polygonContains,
} from "../geo/polygon.js";
import { type PrismShape, shapeOfPlace, shapeOfPolygons } from "../geo/prism-shape.js";
import type { Airport, AirportTable } from "../place/airport.js";
import { type Area, distanceToArea } from "../place/area.js";
import type { MaritimeBorders } from "../place/country.js";
import { alpha2OfAlpha3 } from "../place/country-codes.js";

/** What reach is asked about. */
export interface ReachTarget {
  /** "Venezuela (country VE)" */
  readonly label: string;
  readonly kind: Area["kind"];
  readonly shape: PrismShape;
  /** How far beyond the shape still counts, metres: the size of an aerodrome, or a distance asked for. */
  readonly radiusM: number;
  /** How far the true edge may lie outside the drawn one, metres. */
  readonly marginM: number;
  /** Elevation of an airport, ft; NaN for anything else: an area may hold any ground. */
  readonly elevationFt: number;
  /** Where the shape comes from, in words. */
  readonly source: string;
  /** Airports that count as inside, for the test of usable runways. */
  readonly airports: readonly Airport[];
}

export interface TargetTools {
  readonly airports: AirportTable;
  /** OpenStreetMap land and territorial sea; needed for countries. */
  readonly maritime?: MaritimeBorders | undefined;
  /** Also this far beyond the edge, metres. */
  readonly nearM?: number | undefined;
}

/** An airport's runways lie this near its reference point; the same figure as "inside" in src/place/area.ts. */
const PLACE_RADIUS_M = 5_000;
/** OpenStreetMap outlines are simplified to about 1 km; chosen: twice that. */
const COUNTRY_MARGIN_M = 2_000;
/** The outlines end at 85.05 S, where Web Mercator does; all ground beyond is Antarctica. */
const ANTARCTIC_CAP: readonly LonLat[] = [
  [-180, -84],
  [180, -84],
  [180, -90],
  [-180, -90],
  [-180, -84],
];

/** Makes an area of the command line into a target. @throws Error for a country without its outlines */
export function reachTarget(area: Area, tools: TargetTools): ReachTarget {
  const nearM = tools.nearM ?? 0;
  const polygons = polygonsOf(area, tools);
  const base = {
    label: nearM > 0 ? `${area.label} or within ${nearM / 1000} km of it` : area.label,
    kind: area.kind,
    elevationFt: Number.NaN,
    airports: airportsIn(area, nearM, { table: tools.airports, polygons }),
  };
  switch (area.kind) {
    case "country":
      return {
        ...base,
        shape: shapeOfPolygons(polygons),
        radiusM: nearM,
        marginM: COUNTRY_MARGIN_M,
        source: "OpenStreetMap land and territorial sea, simplified to about 1 km",
      };
    case "polygon":
      return {
        ...base,
        shape: shapeOfPolygons(polygons),
        radiusM: nearM,
        marginM: 0,
        source: `polygons of ${area.name}, as given`,
      };
    case "airport":
      return {
        ...base,
        shape: shapeOfPlace(area.airport),
        radiusM: Math.max(nearM, PLACE_RADIUS_M),
        marginM: 0,
        // Within a distance round an airport the ground may be anything again.
        elevationFt: nearM > PLACE_RADIUS_M ? Number.NaN : area.airport.elevationFt,
        source: `reference point of ${area.airport.ident} in the airport table`,
      };
    case "point":
      return {
        ...base,
        shape: shapeOfPlace(area),
        radiusM: Math.max(nearM, PLACE_RADIUS_M),
        marginM: 0,
        source: "the position asked for",
      };
  }
}

function polygonsOf(area: Area, { maritime }: TargetTools): readonly ContinuousPolygon[] {
  if (area.kind === "polygon") return area.polygons;
  if (area.kind !== "country") return [];
  if (!maritime) throw new Error("a country target needs the maritime outlines");
  return claimPolygons(maritime, area.code);
}

/** Land and territorial sea of a country as polygons; none for an unknown code. */
export function claimPolygons(maritime: MaritimeBorders, code: string): ContinuousPolygon[] {
  const polygons: ContinuousPolygon[] = [];
  for (const { properties, geometry } of maritime.features) {
    if ((alpha2OfAlpha3(properties.isoA3) ?? properties.isoA2) !== code) continue;
    const parts = geometry.type === "GeometryCollection" ? geometry.geometries : [geometry];
    for (const part of parts) {
      if (part.type === "Polygon") polygons.push(ringsOf(part.coordinates));
      else if (part.type === "MultiPolygon") polygons.push(...part.coordinates.map(ringsOf));
    }
  }
  if (code === "AQ") polygons.push([continuousRing(ANTARCTIC_CAP)]);
  return polygons;
}

function ringsOf(rings: readonly (readonly (readonly number[])[])[]): ContinuousPolygon {
  return rings.map((ring) => continuousRing(ring.map(([lon, lat]): LonLat => [lon!, lat!])));
}

function airportsIn(
  area: Area,
  nearM: number,
  tools: { readonly table: AirportTable; readonly polygons: readonly ContinuousPolygon[] },
): Airport[] {
  const { table, polygons } = tools;
  if (area.kind === "airport" || area.kind === "point") {
    const centre = area.kind === "airport" ? area.airport : area;
    const radiusM = Math.max(nearM, PLACE_RADIUS_M);
    return table.near(centre, { radiusM, limit: 100_000 }).filter(({ kind }) => kind !== "closed");
  }
  return table.airports.filter((airport) => {
    const { kind, latDeg, lonDeg } = airport;
    if (kind === "closed") return false;
    if (area.kind === "country" && airport.country === area.code) return true;
    if (polygons.some((polygon) => polygonContains(polygon, latDeg, lonDeg))) return true;
    if (nearM <= 0) return false;
    const { distanceM, uncertaintyM } = distanceToArea(area, latDeg, lonDeg);
    return distanceM - uncertaintyM <= nearM;
  });
}
