import { parseAddress } from "../../aircraft/address.js";
import { addressFromRegistration } from "../../aircraft/registration.js";
import { findType, typeName } from "../../aircraft/types/index.js";
import type { FoundJson, LakeJson, SearchJson } from "../../api/shapes.js";
import { VERSION } from "../../io/version.js";
import type { Lake } from "../../lake/lake.js";
import { CALIBRATION_TABLE } from "../../movement/calibration-table.js";
import { ENGINE_VERSION } from "../../movement/engine-version.js";
import { knownFleets } from "../../query/fleets.js";
import { standingLines, withheldAircraft } from "../../query/withhold.js";
import { methodJson } from "../../report/method-shape.js";
import { utcDay } from "../../units/time.js";
import { beginsSo, type IndexedAircraft, isCalledSo } from "../aircraft-index.js";
import { type Answer, type Asking, noticesInto } from "../asking.js";

/** `/api/lake`: what the lake holds. */
export async function lakeAnswer({ served }: Asking): Promise<Answer> {
  const now = served.showing();
  const withheld = await standingLines(served.lake, now);
  const showing: LakeJson["showing"] = [
    ...(now.includePrivate ? (["--include-private"] as const) : []),
    ...(now.untilMs === undefined ? (["--include-recent"] as const) : []),
  ];
  const value: LakeJson = { ...(await served.summary()), withheld, showing };
  return { kind: "json", value };
}

/** The part of it that changes with the lake only. */
export type LakeSummary = Omit<LakeJson, "withheld" | "showing">;

/** Reads the whole ledger of a lake: some tenths of a second for a day of the world. */
export async function lakeSummary(lake: Lake): Promise<LakeSummary> {
  const [status, addresses, inputs, days] = await Promise.all([
    lake.status(),
    lake.addresses(),
    lake.inputs(),
    lake.positionDays(),
  ]);
  const traceDays = new Map(status.traceDays.map((one) => [one.day, one]));
  const licences = new Map<string, number>();
  for (const { licence } of inputs) {
    const words = licence === "" ? "not stated" : licence;
    licences.set(words, (licences.get(words) ?? 0) + 1);
  }
  return {
    schema: "wheelsdown/lake/1",
    program: VERSION,
    engine: ENGINE_VERSION,
    simulated: status.simulated ?? false,
    aircraftCount: addresses.length,
    inputCount: status.inputCount,
    positionCount: status.pointCount,
    movementCount: status.movementCount,
    days: days.map(({ day, positionCount }) => {
      const folders = traceDays.get(day);
      const isTold = folders !== undefined && folders.state !== "few";
      return {
        day,
        positionCount,
        state: folders?.state === "partial" ? "partial" : "whole",
        folderCount: isTold ? folders.folderCount : null,
      };
    }),
    licences: [...licences].map(([licence, inputCount]) => ({ licence, inputCount })),
    formats: status.sources.map(({ format, inputCount }) => ({ format, inputCount })),
  };
}

/** `/api/method`: as `wheelsdown method --json`. */
export async function methodAnswer(): Promise<Answer> {
  return { kind: "json", value: methodJson(CALIBRATION_TABLE, VERSION) };
}

const FOUND_MAX = 20;
const AIRPORTS_FOUND = 8;

/** `/api/search`: what a word may mean. */
export async function searchAnswer(asking: Asking): Promise<Answer> {
  const query = asking.values["q"]!.trim();
  const aircraft = await searchAircraft(query, asking);
  const places = searchPlaces(query, asking);
  const fleets = await searchFleets(query, asking);
  // A word of few letters that is a code means the place; "4CA7" is a field too, but rather begins an address.
  const isCode = /^[a-z]{2,4}$/i.test(query);
  const exact = isCode ? places.filter(({ id }) => id === query.toUpperCase()) : [];
  const found = [...exact, ...aircraft, ...fleets, ...places.filter((one) => !exact.includes(one))];
  const value: SearchJson = {
    schema: "wheelsdown/search/1",
    query,
    found: found.slice(0, FOUND_MAX),
  };
  return { kind: "json", value };
}

async function searchAircraft(query: string, { served }: Asking): Promise<FoundJson[]> {
  if (query === "") return [];
  const showing = served.showing();
  const hidden = await withheldAircraft(served.lake, showing);
  const lower = query.toLowerCase();
  // What is withheld is found by its whole name only: that names it.
  const all = (await served.index.all()).filter(
    ({ address, registration }) =>
      !hidden.has(address) || address === lower || isCalledSo(registration, query),
  );
  const isNamed = ({ address, registration }: IndexedAircraft) =>
    address.startsWith(lower) || beginsSo(registration, query);
  const ofType = all.filter((one) => isOfType(one.typeDesignator, query) && !isNamed(one));
  const found = [...all.filter(isNamed), ...ofType];
  const shown = found.slice(0, FOUND_MAX).map((one) => aircraftFound(one, showing.untilMs));
  if (found.length > 0) return shown;
  // An address nobody heard still has a State and perhaps a fleet to tell.
  const address = addressFromRegistration(query) ?? parseAddress(query);
  if (!address) return [];
  return [{ kind: "aircraft", id: address, title: query, detail: "not heard", inLake: false }];
}

/** chosen: shorter words are part of too many names */
const TYPE_LETTERS_MIN = 4;

/** Whether words name a type, as "IL96", "il-96" or "Ilyushin" do. */
function isOfType(designator: string, words: string): boolean {
  const wanted = lettersOf(words);
  if (designator === "" || wanted === "") return false;
  if (lettersOf(designator) === wanted) return true;
  const type = findType(designator);
  return (
    type !== undefined &&
    wanted.length >= TYPE_LETTERS_MIN &&
    lettersOf(typeName(type)).includes(wanted)
  );
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function aircraftFound(aircraft: IndexedAircraft, untilMs: number | undefined): FoundJson {
  const { address, registration, typeDesignator, operator } = aircraft;
  const heard = heardWords(aircraft, untilMs);
  const detail = [address, typeDesignator, operator, heard].filter((word) => word !== "");
  return {
    kind: "aircraft",
    id: address,
    title: registration === "" ? address : registration,
    detail: detail.join(", "),
    inLake: true,
  };
}

/** The days it was heard on; of what is withheld, nothing. */
function heardWords({ firstMs, lastMs }: IndexedAircraft, untilMs = Infinity): string {
  if (!Number.isFinite(firstMs) || firstMs > untilMs) return "";
  const firstDay = utcDay(firstMs);
  if (lastMs > untilMs) return `from ${firstDay}`;
  const lastDay = utcDay(lastMs);
  return firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
}

function searchPlaces(query: string, { served }: Asking): FoundJson[] {
  const { airports, countries } = served.reference;
  const code = countries.suggestCode(query);
  const country: FoundJson[] = code
    ? [{ kind: "country", id: code, title: countries.name(code), detail: code, inLake: null }]
    : [];
  const exact = query.length >= 3 ? airports.find(query) : undefined;
  const found = query.length >= 2 ? airports.search(query, AIRPORTS_FOUND) : [];
  const shown = exact ? [exact, ...found.filter((one) => one !== exact)] : found;
  return [
    ...country,
    ...shown.map((one): FoundJson => {
      const where = [one.iata, one.municipality, countries.name(one.country)];
      const detail = [one.kind, ...where.filter((word) => word !== "")].join(", ");
      return { kind: "airport", id: one.ident, title: one.name, detail, inLake: null };
    }),
  ];
}

async function searchFleets(query: string, { signal }: Asking): Promise<FoundJson[]> {
  const wanted = query.toLowerCase();
  const fleets = await knownFleets(noticesInto([], signal));
  return fleets
    .filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(wanted))
    .map(({ name, title, entries }) => {
      const detail = `${entries.length} entries`;
      return { kind: "fleet", id: name, title, detail, inLake: null };
    });
}
