import { geodesicDistanceM } from "../geo/geodesic.js";
import { type ContinuousPolygon, polygonContains } from "../geo/polygon.js";
import { buildOutline, type Outline } from "../geo/polygon-outline.js";
import { WheelsdownError } from "../units/errors.js";
import { METRES_PER_NM } from "../units/quantity.js";
import type { Airport } from "./airport.js";
import type { AirportDirectory } from "./airport-table.js";
import { parseCorners } from "./area-corners.js";
import { parsePolygons } from "./area-geojson.js";
import type { CountryTable } from "./country.js";
import { distanceToCountryM } from "./distance.js";

interface AreaLabel {
  /** What was taken from the user's word: "Venezuela (country VE)". */
  readonly label: string;
}

export interface CountryArea extends AreaLabel {
  readonly kind: "country";
  readonly code: string;
  readonly name: string;
  readonly countries: CountryTable;
}

export interface AirportArea extends AreaLabel {
  readonly kind: "airport";
  readonly airport: Airport;
}

export interface PointArea extends AreaLabel {
  readonly kind: "point";
  readonly latDeg: number;
  readonly lonDeg: number;
}

export interface PolygonArea extends AreaLabel {
  readonly kind: "polygon";
  readonly name: string;
  readonly polygons: readonly ContinuousPolygon[];
  readonly outline: Outline;
}

/** What `--in` and `--near` name. */
export type Area = CountryArea | AirportArea | PointArea | PolygonArea;

export interface AreaNames {
  readonly airports: AirportDirectory;
  readonly countries: CountryTable;
  /** Text of a GeoJSON file that the caller has read; `text` is then only its name. */
  readonly geoJson?: string;
}

/**
 * Reads the name of an area.
 *
 * Two letters are a country, three an IATA airport unless only a country has that code, four or more an
 * airport ident, else a country or airport name; "10.6,-66.99" is a point, "10,-70 12,-70 11,-65" a polygon by its
 * corners; text that begins with "{" is GeoJSON.
 *
 * @throws WheelsdownError `unknown-name` with the nearest spellings, `input-invalid` for bad GeoJSON or coordinates
 */
export function parseArea(text: string, names: AreaNames): Area {
  const word = text.trim();
  if (names.geoJson !== undefined) return polygonArea(names.geoJson, word);
  if (word.startsWith("{")) return polygonArea(word, "polygon");
  const point = parsePoint(word);
  if (point) return point;
  const drawn = parseCorners(word);
  if (drawn)
    return {
      ...outlined([drawn.polygon], "the polygon"),
      label: `a polygon of ${drawn.cornerCount} corners`,
    };
  const country = countryArea(word, names.countries);
  if (word.length === 2 && country) return country;
  const airport = findAirport(word, names.airports);
  // Country names are few and stand alone; "Georgia" and "Jordan" must not become a small airfield's alias.
  if (word.length > 4 && country) return country;
  if (airport) return airportArea(airport, country);
  if (country) return country;
  throw unknownArea(word, names);
}

function findAirport(word: string, airports: AirportDirectory): Airport | undefined {
  return (word.length === 3 ? airports.findIata(word) : undefined) ?? airports.find(word);
}

function countryArea(word: string, countries: CountryTable): CountryArea | undefined {
  const code = countries.suggestCode(word);
  if (code === undefined) return undefined;
  const name = countries.name(code);
  return { kind: "country", code, name, countries, label: `${name} (country ${code})` };
}

function airportArea(airport: Airport, country: CountryArea | undefined): AirportArea {
  const also = country ? `; not the country ${country.name}, which is ${country.code}` : "";
  return {
    kind: "airport",
    airport,
    label: `${airport.name} (airport ${airport.ident}${also})`,
  };
}

function polygonArea(geoJson: string, name: string): PolygonArea {
  return outlined(parsePolygons(geoJson, name), name);
}

function outlined(polygons: readonly ContinuousPolygon[], name: string): PolygonArea {
  const lines = polygons.flatMap((polygon) =>
    polygon.map(({ positions }) => ({ positions, tag: 0 })),
  );
  return { kind: "polygon", name, polygons, outline: buildOutline(lines), label: `area ${name}` };
}

function parsePoint(word: string): PointArea | undefined {
  const match = /^([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)$/.exec(word);
  if (!match) return undefined;
  const latDeg = Number(match[1]);
  const lonDeg = Number(match[2]);
  if (Math.abs(latDeg) > 90 || Math.abs(lonDeg) > 180) {
    throw new WheelsdownError(
      "input-invalid",
      `point ${word}: latitude comes first and is within -90..90, longitude within -180..180`,
    );
  }
  return { kind: "point", latDeg, lonDeg, label: `point ${latDeg}, ${lonDeg}` };
}

function unknownArea(word: string, { airports, countries }: AreaNames): WheelsdownError {
  const near = [
    ...countries.similar(word, 2).map(({ code, name }) => `${code} ${name}`),
    ...airports.suggest(word).map(({ ident, name }) => `${ident} ${name}`),
  ].slice(0, 5);
  const hint =
    near.length > 0
      ? `did you mean ${near.join(", ")}`
      : "give a country code, an airport ident, lat,lon, corners of a polygon or a GeoJSON file";
  return new WheelsdownError("unknown-name", `unknown area ${word}; ${hint}`);
}

/**
 * Whether an area holds a point. Countries include their territorial sea; an airport or a point holds only what
 * is nearer than 5 km, chosen: an aerodrome's own size, as nothing else is "in" a place without an outline.
 *
 * @returns false when a coordinate is NaN
 */
export function isInside(area: Area, latDeg: number, lonDeg: number): boolean {
  switch (area.kind) {
    case "country":
      return area.countries.isIn(area.code, latDeg, lonDeg);
    case "polygon":
      return area.polygons.some((polygon) => polygonContains(polygon, latDeg, lonDeg));
    default:
      return geodesicDistanceM(centreOf(area), { latDeg, lonDeg }) <= PLACE_RADIUS_M;
  }
}

const PLACE_RADIUS_M = 5_000;

function centreOf(area: AirportArea | PointArea): { latDeg: number; lonDeg: number } {
  return area.kind === "airport" ? area.airport : area;
}

export interface AreaDistance {
  /** Metres; 0 inside a polygon or a country's land and territorial sea. */
  readonly distanceM: number;
  /** The true distance lies within this many metres of it. */
  readonly uncertaintyM: number;
  /** "about 52 km from the coast of Venezuela (Natural Earth 1:10m, +-1 km)" */
  readonly statement: string;
}

/** Distance from a point to an area, with a sentence that says how well it is known. */
export function distanceToArea(area: Area, latDeg: number, lonDeg: number): AreaDistance {
  if (area.kind === "country") return distanceToCountry(area, latDeg, lonDeg);
  if (area.kind === "polygon") {
    if (isInside(area, latDeg, lonDeg))
      return { distanceM: 0, uncertaintyM: 0, statement: `inside ${area.name}` };
    const distanceM = area.outline.nearest(latDeg, lonDeg)?.distanceM ?? Number.NaN;
    return { distanceM, uncertaintyM: 0, statement: `${km(distanceM)} from ${area.name}` };
  }
  const distanceM = geodesicDistanceM(centreOf(area), { latDeg, lonDeg });
  const name = area.kind === "airport" ? `${area.airport.ident} ${area.airport.name}` : area.label;
  // The reference point of a large airport is up to 1 km from where a runway is.
  const uncertaintyM = area.kind === "airport" ? 1_000 : 0;
  return { distanceM, uncertaintyM, statement: `${km(distanceM)} from ${name}` };
}

function distanceToCountry(area: CountryArea, latDeg: number, lonDeg: number): AreaDistance {
  if (isInside(area, latDeg, lonDeg)) {
    const others = area.countries.at(latDeg, lonDeg).filter(({ code }) => code !== area.code);
    const disputed = area.countries.isDisputed(latDeg, lonDeg)
      ? `; claimed by ${others.map(({ name }) => name).join(" and ")} too`
      : "";
    const statement = `inside ${area.name} or its territorial sea (OpenStreetMap, +-1 km${disputed})`;
    return { distanceM: 0, uncertaintyM: 1_000, statement };
  }
  const found = distanceToCountryM(area.countries, area.code, latDeg, lonDeg);
  const edge = found.boundary === "land-border" ? "land border" : "coast";
  const source = `Natural Earth 1:10m, +-${Math.round(found.uncertaintyM / 1000)} km`;
  const statement = Number.isNaN(found.distanceM)
    ? `at an unknown distance from ${area.name}`
    : `about ${km(found.distanceM)} from the ${edge} of ${area.name} (${source})`;
  return { distanceM: found.distanceM, uncertaintyM: found.uncertaintyM, statement };
}

function km(distanceM: number): string {
  if (Number.isNaN(distanceM)) return "an unknown distance";
  return distanceM < 9_950
    ? `${(distanceM / 1000).toFixed(1)} km`
    : `${Math.round(distanceM / 1000)} km`;
}

/** Metres in the units people type; a statute mile is 1609.344 m exactly (1959 agreement). */
const UNIT_M: Readonly<Record<string, number>> = {
  m: 1,
  km: 1000,
  nm: METRES_PER_NM,
  mi: 1609.344,
};

/**
 * Reads "300km", "160 nm", "5000m" or "100mi".
 *
 * @returns metres
 * @throws WheelsdownError `usage` when there is no number, no unit, or an unknown one
 */
export function parseDistanceM(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(m|km|nm|mi)$/i.exec(text.trim());
  const metres = match ? Number(match[1]) * UNIT_M[match[2]!.toLowerCase()]! : Number.NaN;
  if (!Number.isFinite(metres)) {
    throw new WheelsdownError(
      "usage",
      `distance ${text}: write a number and a unit, such as 300km, 160nm, 5000m or 100mi`,
    );
  }
  return metres;
}
