import tzLookup from "@photostructure/tz-lookup";
import { getCountry } from "countries-and-timezones";
import { distance as editDistance } from "fastest-levenshtein";
import type { Place } from "../geo/place-index.js";
import { sphereDistanceM } from "../geo/sphere.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { AheadIndex } from "./ahead-index.js";
import type { Airport, AirportTable, NearOptions } from "./airport.js";
import {
  type AirportRows,
  highestOf,
  KIND_RANK,
  listedAirports,
  once,
  plain,
} from "./airport-rows.js";

/** An airport table one can also ask with half a name. */
export interface AirportDirectory extends AirportTable {
  /** By IATA code only, where it matters that "GIG" is Rio de Janeiro and not a strip of that local code. */
  findIata(code: string): Airport | undefined;
  /** Airports whose codes or names are spelt most like `code`, best first, at most five. */
  suggest(code: string): Airport[];
  /** Airports whose name, municipality or code holds every word of `text`, large ones first, at most `limit`. */
  search(text: string, limit?: number): Airport[];
}

export interface AirportTableOptions {
  /** IANA zone of an airport; the built-in rule when left out. */
  readonly timeZones?: (airport: Airport) => string | undefined;
}

/** Up to here most of what a circle holds is wanted; a wide one over the eastern United States holds thousands. */
const SMALL_CIRCLE_M = { any: 40_000, larger: 150_000 } as const;
/** 70 NM, as far as `searchRadiusM` looks, and half the diagonal of a square degree at the equator. */
const HIGHEST_WITHIN_M = 70 * METRES_PER_NM;
const CELL_HALF_DIAGONAL_M = 79_000;
const SUGGESTION_COUNT = 5;
const SEARCH_COUNT = 20;

/**
 * Builds the table.
 *
 * @param airports a list, or airports that are made one by one when they are asked for
 */
export function buildAirportTable(
  airports: readonly Airport[] | AirportRows,
  options: AirportTableOptions = {},
): AirportDirectory {
  const rows = "at" in airports && "codes" in airports ? airports : listedAirports(airports);
  const names = once(() => rows.all().map((airport) => searchText(airport)));
  const aheadIndex = once(() => new AheadIndex(rows));
  const timeZones = options.timeZones ?? timeZoneOfAirport;
  const rowOrNone = (row: number | undefined) => (row === undefined ? undefined : rows.at(row));
  return {
    get airports() {
      return rows.all();
    },
    find: (code) => {
      const key = plain(code);
      return rowOrNone(rows.codes.idents.get(key) ?? rows.codes.aliases.get(key));
    },
    findIata: (code) => rowOrNone(rows.codes.iata.get(plain(code))),
    near: (place, { radiusM, limit, accept, kinds }) => {
      const circle = { radiusM, limit };
      const accepts = acceptingRow(rows, accept, kinds);
      const found =
        kinds && accepts && !accept
          ? rows.places.fewest(place, circle, accepts)
          : accepts
            ? // The search ends at the first *accepted* place beyond the radius: those beyond it are accepted for that.
              rows.places.nearest(
                place,
                circle,
                (row) => accepts(row) || isBeyond(rows.at(row), place, radiusM),
              )
            : radiusM <= SMALL_CIRCLE_M.any
              ? rows.places.within(place, circle)
              : rows.places.nearest(place, circle);
      return found.map((row) => rows.at(row));
    },
    inCircle: (place, { radiusM, limit, kinds }) => {
      return rows.places.within(place, { radiusM, limit }, acceptingRow(rows, undefined, kinds));
    },
    airportAt: (position) => rows.at(position),
    outlineAt: (position) => rows.outlineAt(position),
    nearLarger: (place, circle) => {
      const { rows: larger, places } = rows.larger;
      const found =
        circle.radiusM <= SMALL_CIRCLE_M.larger
          ? places.within(place, circle)
          : places.nearest(place, circle);
      return found.map((index) => rows.at(larger[index]!));
    },
    ahead: (outlook) => aheadIndex().ahead(outlook),
    highestNear: highestByCell(rows),
    letGo: () => rows.letGo(),
    timeZoneOf: (airport) => timeZones(airport),
    suggest: (code) => suggestAirports(rows.all(), code),
    search: (text, limit = SEARCH_COUNT) => searchAirports(rows.all(), names(), text, limit),
  };
}

/** Each square degree is looked at once: what it gives is an upper bound for every place in it. */
function highestByCell(rows: AirportRows): AirportTable["highestNear"] {
  const known = new Map<number, number>();
  return ({ latDeg, lonDeg }) => {
    const [south, west] = [Math.floor(latDeg), Math.floor(lonDeg)];
    const key = south * 1000 + west;
    let highestFt = known.get(key);
    if (highestFt === undefined) {
      const middle = { latDeg: south + 0.5, lonDeg: west + 0.5 };
      const nearby = rows.places.inBox(middle, HIGHEST_WITHIN_M + CELL_HALF_DIAGONAL_M);
      highestFt = nearby ? highestOf(nearby.map((row) => rows.elevationAt(row))) : rows.highestFt;
      known.set(key, highestFt);
    }
    return highestFt;
  };
}

/** @returns undefined when all are accepted */
function acceptingRow(
  rows: AirportRows,
  accept: NearOptions["accept"],
  kinds: NearOptions["kinds"],
): ((row: number) => boolean) | undefined {
  if (kinds && accept) return (row) => kinds.has(rows.kindAt(row)) && accept(rows.at(row));
  if (kinds) return (row) => kinds.has(rows.kindAt(row));
  return accept && ((row) => accept(rows.at(row)));
}

function isBeyond(airport: Airport, from: Place, radiusM: number): boolean {
  return sphereDistanceM(from.latDeg, from.lonDeg, airport.latDeg, airport.lonDeg) > radiusM * 1.01;
}

function searchText({ ident, iata, name, municipality, aliases }: Airport): string {
  return plain([ident, iata, name, municipality, ...aliases].join(" | "));
}

function searchAirports(
  airports: readonly Airport[],
  texts: readonly string[],
  text: string,
  limit: number,
): Airport[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: { airport: Airport; score: number }[] = [];
  texts.forEach((candidate, index) => {
    if (!words.every((word) => candidate.includes(word))) return;
    const airport = airports[index]!;
    const isTown = plain(airport.municipality) === words.join(" ");
    const isCode = [airport.ident, airport.iata].some((code) => plain(code) === words.join(" "));
    found.push({
      airport,
      score: KIND_RANK[airport.kind] * 2 - (isTown ? 1 : 0) - (isCode ? 20 : 0),
    });
  });
  found.sort((a, b) => a.score - b.score || (a.airport.ident < b.airport.ident ? -1 : 1));
  return found.slice(0, limit).map(({ airport }) => airport);
}

function suggestAirports(airports: readonly Airport[], code: string): Airport[] {
  const wanted = plain(code);
  if (wanted === "") return [];
  const isCode = /^[a-z0-9-]{2,7}$/.test(wanted);
  const scored: { airport: Airport; score: number }[] = [];
  for (const airport of airports) {
    const spellings = isCode
      ? [airport.ident, airport.iata, airport.municipality]
      : [airport.name, airport.municipality];
    const score = Math.min(...spellings.map((spelling) => spellingScore(wanted, spelling)));
    if (score <= 0.5) scored.push({ airport, score: score + KIND_RANK[airport.kind] / 100 });
  }
  scored.sort((a, b) => a.score - b.score || (a.airport.ident < b.airport.ident ? -1 : 1));
  return scored.slice(0, SUGGESTION_COUNT).map(({ airport }) => airport);
}

/** Edits per letter: 0 is equal, over 0.5 is another word. */
function spellingScore(wanted: string, spelling: string): number {
  if (Math.abs(spelling.length - wanted.length) > wanted.length / 2) return 1;
  const length = Math.max(spelling.length, wanted.length);
  return length === 0 ? 1 : editDistance(wanted, plain(spelling)) / length;
}

/**
 * Time zone by position, corrected by country: the map of zones is coarse at borders, so a zone that is not
 * one of the country's is replaced where the country has just one, and kept otherwise.
 *
 * @returns undefined when neither position nor country gives a zone
 *
 * Measured against another table's zones at 1,257 large and medium airports: same offset at 1,239 (98.6 %);
 * the rest lie at zone borders inside a country or between neighbours that both have several zones.
 */
export function timeZoneOfAirport(airport: Airport): string | undefined {
  const zones: readonly string[] = getCountry(airport.country)?.timezones ?? [];
  const mapped = zoneAt(airport.latDeg, airport.lonDeg);
  // "Africa/Dakar" is only another name of "Africa/Abidjan" today, but it is the name people expect.
  const named: readonly string[] =
    getCountry(airport.country, { deprecated: true })?.timezones ?? zones;
  if (mapped !== undefined && named.includes(mapped)) return mapped;
  return zones.length === 1 ? zones[0] : (mapped ?? zones[0]);
}

function zoneAt(latDeg: number, lonDeg: number): string | undefined {
  try {
    return tzLookup(latDeg, lonDeg);
  } catch {
    // The package throws for coordinates outside the globe and for NaN.
    return undefined;
  }
}
