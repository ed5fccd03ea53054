import { type Address, parseAddress } from "../aircraft/address.js";
import type { Fleet } from "../aircraft/fleet.js";
import { allOperators, findOperators } from "../aircraft/operators.js";
import { addressFromRegistration, normalRegistration } from "../aircraft/registration.js";
import { hasBlock } from "../aircraft/state-blocks.js";
import { allTypes, findType } from "../aircraft/types/index.js";
import type { AircraftQuestion } from "../journey/select-aircraft.js";
import type { PlaceQuestion } from "../journey/where.js";
import type { Lake } from "../lake/lake.js";
import { type Area, parseArea, parseDistanceM } from "../place/area.js";
import type { Reference } from "../reference/reference.js";
import { WheelsdownError } from "../units/errors.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../units/quantity.js";
import { parseUtc } from "../units/time.js";
import { nearest, nearestWords } from "./nearest.js";
import type { Notices } from "./notices.js";
import { readText } from "./read-text.js";

/** Options that say which aircraft, where and when, as commander gives them. */
export interface QuestionOptions {
  readonly in?: string;
  readonly near?: string;
  readonly within?: string;
  readonly fleet?: readonly string[];
  readonly state?: string;
  readonly operator?: string;
  readonly type?: string;
  readonly callsign?: string;
  readonly hex?: readonly string[];
  readonly aircraft?: readonly string[];
  readonly military?: boolean;
  readonly from?: string;
  readonly to?: string;
}

export interface Question {
  readonly aircraft: AircraftQuestion;
  readonly place?: PlaceQuestion | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

const DEFAULT_NEAR = "100km";

/**
 * Finds what is wrong with a question on its face, before a lake or a table is opened for it.
 *
 * @throws WheelsdownError "usage"
 */
export function checkQuestion(options: QuestionOptions): void {
  readPeriod(options);
  readPlaceWords(options);
  readHexes(options);
}

/** Reads the options of a question. @throws WheelsdownError "usage" or "unknown-name", saying what to write instead */
export async function readQuestion(
  options: QuestionOptions,
  tools: { readonly reference: Reference; readonly notices: Notices; readonly lake: Lake },
): Promise<Question> {
  const { notices, reference, lake } = tools;
  const fleets = options.fleet && (await readFleets(options.fleet, notices));
  const period = readPeriod(options);
  return {
    aircraft: {
      addresses: await readAddresses(options, lake),
      fleets,
      state: options.state && readState(options.state, reference),
      operatorPrefix: options.operator && readOperator(options.operator),
      typeDesignator: options.type && readType(options.type, notices),
      callsign: options.callsign,
      military: options.military,
    },
    place: await readPlace(options, reference),
    ...period,
  };
}

async function readFleets(names: readonly string[], notices: Notices): Promise<Fleet[]> {
  // Loaded only here: most questions name no fleet.
  const { fleetByWord } = await import("./fleets.js");
  return await Promise.all(names.map((word) => fleetByWord(word, notices)));
}

function readPeriod({ from, to }: QuestionOptions): {
  fromMs?: number | undefined;
  toMs?: number | undefined;
} {
  const fromMs = from === undefined ? undefined : readTime("--from", from);
  let toMs = to === undefined ? undefined : readTime("--to", to);
  // A bare day ends with its last millisecond.
  if (toMs !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(to!.trim())) toMs += DAY_MS - 1;
  if (fromMs !== undefined && toMs !== undefined && toMs < fromMs) {
    throw new WheelsdownError("usage", `--to ${to} is before --from ${from}`);
  }
  return { fromMs, toMs };
}

function readTime(option: string, text: string): number {
  const timeMs = parseUtc(text);
  if (timeMs === undefined) {
    throw new WheelsdownError(
      "usage",
      `${option} "${text}" is no date: write 2019-01-23 or 2019-01-23T22:15Z (UTC)`,
    );
  }
  return timeMs;
}

async function readPlace(
  options: QuestionOptions,
  reference: Reference,
): Promise<PlaceQuestion | undefined> {
  const { word, nearM } = readPlaceWords(options);
  return word === undefined ? undefined : { area: await readArea(word, reference), nearM };
}

function readPlaceWords(options: QuestionOptions): {
  readonly word: string | undefined;
  readonly nearM: number;
} {
  const { near } = options;
  // `--near 300km` widens `--in`; `--near SVMI` is a place of its own, with `--within` for its size.
  const widens = near !== undefined && /^\d+(\.\d+)?\s*(m|km|nm|mi)$/i.test(near.trim());
  if (widens && !options.in) {
    throw new WheelsdownError(
      "usage",
      `--near ${near} needs --in PLACE; or write --near PLACE --within ${near}`,
    );
  }
  if (options.within && (!near || widens)) {
    throw new WheelsdownError("usage", "--within goes with --near PLACE");
  }
  if (options.in && near !== undefined && !widens) {
    throw new WheelsdownError(
      "usage",
      `--near "${near}" is no distance, such as 300km; with --in PLACE it says how far beyond its edge`,
    );
  }
  const word = options.in ?? near;
  if (word === undefined) return { word, nearM: 0 };
  const nearM = widens
    ? parseDistanceM(near)
    : options.in
      ? 0
      : parseDistanceM(options.within ?? DEFAULT_NEAR);
  return { word, nearM };
}

/** Reads a place as `--in` takes it, boxes and files of GeoJSON included. @throws WheelsdownError as `parseArea` */
export async function readArea(word: string, reference: Reference): Promise<Area> {
  const names = { airports: reference.airports, countries: reference.countries };
  const box = boxGeoJson(word);
  if (box) return parseArea(word, { ...names, geoJson: box });
  if (!/\.(geo)?json$/i.test(word)) return parseArea(word, names);
  const geoJson = await readText(word, "the area file");
  return parseArea(word, { ...names, geoJson });
}

const DEGREES = String.raw`\s*([+-]?\d+(?:\.\d+)?)\s*`;
const BOX = new RegExp(`^${Array.from({ length: 4 }, () => DEGREES).join(",")}$`);

/**
 * A box "west,south,east,north" in degrees, in the order of GeoJSON (RFC 7946, 5), as the text of a GeoJSON polygon;
 * with west greater than east it crosses 180 degrees.
 *
 * @returns undefined for what is no box
 * @throws WheelsdownError "input-invalid" for a box that lies on no globe
 */
function boxGeoJson(word: string): string | undefined {
  const match = BOX.exec(word);
  if (!match) return undefined;
  const [west, south, east, north] = match.slice(1).map(Number) as [number, number, number, number];
  const isOnGlobe = Math.max(-west, west, -east, east) <= 180 && south >= -90 && north <= 90;
  if (!isOnGlobe || south >= north || west === east)
    throw new WheelsdownError(
      "input-invalid",
      `box ${word}: write west,south,east,north in degrees, south below north, such as -73,1,-60,12`,
    );
  // Either side of 180 degrees is a polygon of its own (RFC 7946, 3.1.9); a side without width is none.
  const sides = (
    west < east
      ? [[west, east]]
      : [
          [west, 180],
          [-180, east],
        ]
  ) as [number, number][];
  const coordinates = sides
    .filter(([from, to]) => from < to)
    .map(([from, to]) => {
      // An edge over more than half the globe would be taken the short way round.
      const steps = [0, 1, 2, 3].map((step) => from + ((to - from) * step) / 3);
      const edge = (latDeg: number) => steps.map((lonDeg) => [lonDeg, latDeg]);
      const ring = [...edge(south), ...edge(north).reverse()];
      return [[...ring, ring[0]]];
    });
  return JSON.stringify({ type: "MultiPolygon", coordinates });
}

/** Reads "12h", "90min" or "2d". @throws WheelsdownError "usage" */
export function readDurationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(h|min|d)$/i.exec(text.trim());
  const unitMs = { h: HOUR_MS, min: MINUTE_MS, d: DAY_MS }[match?.[2]?.toLowerCase() ?? ""];
  if (match && unitMs) return Number(match[1]) * unitMs;
  throw new WheelsdownError("usage", `"${text}" is no length of time: write 12h, 90min or 2d`);
}

async function readAddresses(
  options: QuestionOptions,
  lake: Lake,
): Promise<ReadonlySet<Address> | undefined> {
  const { hex, aircraft } = options;
  if (!hex && !aircraft) return undefined;
  const found = readHexes(options);
  for (const text of (aircraft ?? []).flatMap(words)) {
    for (const address of await addressesOf(text, lake)) found.add(address);
  }
  return found;
}

/** Addresses given with --hex, none when there is no such option. @throws WheelsdownError "usage" */
export function readHexes({ hex }: Pick<QuestionOptions, "hex">): Set<Address> {
  const found = new Set<Address>();
  for (const text of (hex ?? []).flatMap(words)) {
    const address = parseAddress(text);
    if (!address)
      throw new WheelsdownError(
        "usage",
        `--hex ${text} is no address: six hex digits, such as 157713`,
      );
    found.add(address);
  }
  return found;
}

function words(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}

/**
 * Addresses that a registration or hex stands for: what the lake's inputs say, and what the State's rule says. Both
 * count, because the same registration moves between airframes.
 */
export async function addressesOf(text: string, lake: Lake | undefined): Promise<Address[]> {
  const wanted = normalRegistration(text);
  const registrations = lake ? await lake.registrations() : [];
  const stated = registrations
    .filter(({ registration }) => normalRegistration(registration) === wanted)
    .map(({ address }) => address);
  const ruled = addressFromRegistration(text);
  const found = new Set<Address>([...stated, ...(ruled ? [ruled] : [])]);
  if (found.size > 0) return [...found];
  const address = parseAddress(text);
  if (address) return [address];
  throw new WheelsdownError(
    "unknown-name",
    `no aircraft "${text}": no input of the lake names it and its address follows from no rule; give the address with --hex`,
  );
}

function readState(text: string, reference: Reference): string {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && hasBlock(code)) return code;
  const named = reference.countries.suggestCode(text);
  if (named && hasBlock(named)) return named;
  const choices = reference.countries
    .similar(text, 3)
    .filter((country) => hasBlock(country.code))
    .map((country) => `${country.code} (${country.name})`);
  throw new WheelsdownError(
    "unknown-name",
    `no State "${text}" with an address block${text.trim().length > 2 ? nearestWords(choices) : ""}; write its ISO code, such as RU`,
  );
}

function readOperator(text: string): string {
  const found = findOperators(text);
  const [first] = found;
  if (first && (found.length === 1 || first.prefix === text.trim().toUpperCase()))
    return first.prefix;
  const choice = found.slice(0, 6).map(({ prefix, name }) => `${prefix} (${name})`);
  if (choice.length > 0) {
    throw new WheelsdownError(
      "unknown-name",
      `--operator "${text}" fits several: ${choice.join(", ")}; give the prefix`,
    );
  }
  if (/^[A-Za-z]{3}$/.test(text.trim())) {
    throw new WheelsdownError(
      "unknown-name",
      `no operator with prefix ${text} in the table; ask for the callsigns with --callsign "${text.trim().toUpperCase()}*"`,
    );
  }
  throw new WheelsdownError(
    "unknown-name",
    `no operator "${text}"${nearestWords(nearestOperators(text))}; or use --callsign with its prefix, such as "RSD*"`,
  );
}

function readType(text: string, notices: Notices): string {
  if (!findType(text)) {
    const choices = nearest(
      text,
      allTypes().map(({ designator }) => designator),
    );
    notices.warn(
      `no type "${text}" in the table, so it is matched as written${nearestWords(choices)}`,
    );
  }
  return text;
}

function nearestOperators(text: string): string[] {
  const prefixes = new Map(allOperators().map(({ name, prefix }) => [name, prefix]));
  return nearest(text, prefixes.keys()).map((name) => `${prefixes.get(name)} (${name})`);
}
