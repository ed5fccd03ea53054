import { distance as editDistance } from "fastest-levenshtein";
import type { Feature, Geometry, MultiPolygon, Polygon } from "geojson";
import whichPolygon from "which-polygon";
import { type LonLat, ringAreaDeg2 } from "../geo/polygon.js";
import { once } from "./airport-rows.js";
import {
  alpha2OfAlpha3,
  COUNTRY_CODES,
  COUNTRY_NICKNAMES,
  stateOfTerritory,
} from "./country-codes.js";
import { type CountryOutline, type CountryTopology, countryOutlines } from "./country-outline.js";
import { type RoughDistance, roughDistance } from "./rough-distance.js";

/** A country or territory: ISO 3166-1 alpha-2 code and English name. */
export interface Country {
  readonly code: string;
  readonly name: string;
}

/** Countries by place and by name. */
export interface CountryTable {
  /**
   * Countries whose land or territorial sea (12 NM, more between islands) holds a point, smallest first.
   * Several: a territory and its State, or a place more than one State claims. None: high seas, or unknown.
   *
   * Source: OpenStreetMap boundaries, simplified to about 1 km.
   */
  at(latDeg: number, lonDeg: number): Country[];
  /** Whether `at` names the country of this code, for very many points. */
  isIn(code: string, latDeg: number, lonDeg: number): boolean;
  /** More than one State claims the point; a territory and its own State are no dispute. */
  isDisputed(latDeg: number, lonDeg: number): boolean;
  /**
   * The country of `at` on whose land the point lies; undefined over water, and on islands too small
   * for Natural Earth's 1:10 million map.
   */
  onLand(latDeg: number, lonDeg: number): Country | undefined;
  /** English name of a code: "Venezuela"; the code itself when there is none. */
  name(code: string): string;
  /** Every alpha-2 code that has a polygon, in alphabetical order. */
  codes(): readonly string[];
  /** Alpha-2 code of an exact code or name in any case: "Venezuela", "VEN", "UK"; undefined when none fits. */
  suggestCode(text: string): string | undefined;
  /** Names spelt most like a text, for error messages. */
  similar(text: string, limit: number): Country[];
  /** Coast and land border, built when first asked for; undefined for an unknown code. */
  outline(code: string): CountryOutline | undefined;
  /** Bounds of the distance to a country's land, for when they are enough; they say nothing of an unknown code. */
  rough(code: string): RoughDistance;
  /** Polygons of what `at` knows of a country, territorial sea included: rings, outer first; none for an unknown code. */
  claims(code: string): readonly (readonly (readonly LonLat[])[])[];
}

/** Polygons named by `isoA3`; geometry may be a collection, as in the maritime set of OpenStreetMap borders. */
export interface MaritimeBorders {
  readonly features: readonly {
    readonly properties: { readonly isoA3: string; readonly isoA2?: string };
    readonly geometry: Geometry;
  }[];
}

interface ClaimProperties {
  readonly code: string;
}

/**
 * Builds the country table.
 *
 * @param maritime OpenStreetMap land and territorial sea per country
 * @param land Natural Earth countries as topology, or how to get it; only asked for when land or distance matters
 */
export function buildCountryTable(
  maritime: MaritimeBorders,
  land: CountryTopology | (() => CountryTopology),
): CountryTable {
  const claims = claimsOf(maritime);
  const query = whichPolygon<ClaimProperties>({
    type: "FeatureCollection",
    features: claims.features,
  });
  const nameOf = countryNamer();
  const areaDeg2 = areaOf(claims);
  // The polygons end at 85.05 S, where Web Mercator does; beyond it all is Antarctica.
  const claimsAt = (latDeg: number, lonDeg: number) =>
    query([lonDeg, Math.max(latDeg, -85)], true) ?? [];
  const codesAt = (latDeg: number, lonDeg: number): string[] => {
    const found = claimsAt(latDeg, lonDeg);
    const codes = [...new Set(found.map(({ code }) => code))];
    return codes.sort((a, b) => areaDeg2(a) - areaDeg2(b) || (a < b ? -1 : 1));
  };
  const describe = (code: string): Country => ({ code, name: nameOf(code) });
  // Two hundred and fifty names take longer than most questions, which name a country by its code.
  const names = once(() => nameIndex(claims.codes, nameOf));
  const rough = new Map<string, RoughDistance>();
  const outlines = countryOutlines({
    topology: typeof land === "function" ? land : () => land,
    claimsOf: (code) => claims.polygons.get(code) ?? [],
  });
  return {
    at: (latDeg, lonDeg) => codesAt(latDeg, lonDeg).map(describe),
    isIn: (code, latDeg, lonDeg) => claimsAt(latDeg, lonDeg).some((claim) => claim.code === code),
    isDisputed: (latDeg, lonDeg) => statesAmong(codesAt(latDeg, lonDeg)).size > 1,
    onLand: (latDeg, lonDeg) => {
      const code = codesAt(latDeg, lonDeg).find((each) =>
        isOnLandOf(outlines(each), latDeg, lonDeg),
      );
      return code === undefined ? undefined : describe(code);
    },
    name: nameOf,
    codes: () => claims.codes,
    suggestCode: (text) => {
      const code = text.trim().toUpperCase();
      return claims.polygons.has(code) ? code : names().get(plainName(text));
    },
    similar: (text, limit) => similarNames(names(), plainName(text), limit).map(describe),
    outline: (code) => outlines(code),
    rough: (code) => {
      if (!rough.has(code)) rough.set(code, roughDistanceTo(code, claims));
      return rough.get(code)!;
    },
    claims: (code) => claims.polygons.get(code) ?? [],
  };
}

function roughDistanceTo(code: string, { polygons }: Claims): RoughDistance {
  const territories = [...polygons].filter(([other]) => stateOfTerritory(other) === code);
  return roughDistance(
    polygons.get(code) ?? [],
    territories.flatMap(([, claims]) => claims),
  );
}

/**
 * Whether a point inside a country's claim is on its land. Where the nearest edge is a land border the point
 * is on land even if Natural Earth, 1 to 5 km off at borders, gives it to the neighbour.
 */
export function isOnLandOf(
  outline: CountryOutline | undefined,
  latDeg: number,
  lonDeg: number,
): boolean {
  if (!outline) return false;
  if (outline.contains(latDeg, lonDeg)) return true;
  return outline.nearest(latDeg, lonDeg)?.edge === "land-border";
}

interface Claims {
  readonly features: Feature<Polygon, ClaimProperties>[];
  readonly polygons: ReadonlyMap<string, readonly LonLat[][][]>;
  readonly codes: readonly string[];
}

function claimsOf(maritime: MaritimeBorders): Claims {
  const features: Feature<Polygon, ClaimProperties>[] = [];
  const polygons = new Map<string, LonLat[][][]>();
  for (const { properties, geometry } of maritime.features) {
    // Bonaire, Curaçao and Sint Maarten have no alpha-2 code in the set; alpha-3 is always there.
    const code = alpha2OfAlpha3(properties.isoA3) ?? properties.isoA2;
    if (code === undefined) continue;
    for (const coordinates of polygonsOf(geometry)) {
      features.push({
        type: "Feature",
        properties: { code },
        geometry: { type: "Polygon", coordinates },
      });
      const rings = coordinates as unknown as LonLat[][];
      polygons.set(code, [...(polygons.get(code) ?? []), rings]);
    }
  }
  return { features, polygons, codes: [...polygons.keys()].sort() };
}

/** @returns what measures a country's claim, once each; most questions never compare two */
function areaOf({ polygons }: Claims): (code: string) => number {
  const known = new Map<string, number>();
  return (code) => {
    let areaDeg2 = known.get(code);
    if (areaDeg2 === undefined) {
      const outer = (polygons.get(code) ?? []).map((rings) => ringAreaDeg2(rings[0] ?? []));
      areaDeg2 = outer.reduce((sum, each) => sum + each, 0);
      known.set(code, areaDeg2);
    }
    return areaDeg2;
  };
}

/** Polygons of a geometry, collections flattened (GeoJSON lets them nest; the set nests once). */
function polygonsOf(geometry: Geometry): Polygon["coordinates"][] {
  const parts = geometry.type === "GeometryCollection" ? geometry.geometries : [geometry];
  return parts.flatMap((part) => {
    if (part.type === "Polygon") return [(part satisfies Polygon).coordinates];
    return part.type === "MultiPolygon" ? (part satisfies MultiPolygon).coordinates : [];
  });
}

function statesAmong(codes: readonly string[]): Set<string> {
  return new Set(codes.map((code) => stateOfTerritory(code) ?? code));
}

function countryNamer(): (code: string) => string {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
  return (code) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);
}

function nameIndex(
  codes: readonly string[],
  nameOf: (code: string) => string,
): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  const known = new Set(codes);
  for (const [nickname, code] of Object.entries(COUNTRY_NICKNAMES)) index.set(nickname, code);
  for (const { alpha2, alpha3 } of COUNTRY_CODES) {
    if (!known.has(alpha2)) continue;
    index.set(alpha3.toLowerCase(), alpha2);
    index.set(plainName(nameOf(alpha2)), alpha2);
  }
  // Last, so that no nickname takes a code from its country.
  for (const code of codes) index.set(code.toLowerCase(), code);
  return index;
}

/** Lower case without accents or typographic quotes; "&" is "and", "St." is "saint". */
function plainName(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/&/g, "and")
    .replace(/\bst\.? /g, "saint ")
    .replace(/\s+/g, " ")
    .trim();
}

function similarNames(
  names: ReadonlyMap<string, string>,
  text: string,
  limit: number,
): readonly string[] {
  // Codes of two and three letters are near to everything, so only names are compared.
  const scored = [...names]
    .filter(([name]) => name.length > 3)
    .map(([name, code]) => ({ code, score: editDistance(text, name) / name.length }))
    .filter(({ score }) => score <= 0.4);
  scored.sort((a, b) => a.score - b.score || (a.code < b.code ? -1 : 1));
  return [...new Set(scored.map(({ code }) => code))].slice(0, limit);
}
