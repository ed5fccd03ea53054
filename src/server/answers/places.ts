import type { Address } from "../../aircraft/address.js";
import type { CountryJson } from "../../api/shapes.js";
import { airportJson } from "../../query/airport-document.js";
import { areaOutcomes, tellPositionsNotKept } from "../../query/area-outcomes.js";
import { askForArea } from "../../query/ask-area.js";
import { askForLandings, type FoundLanding } from "../../query/ask-lake.js";
import { coverageAt, readPeriod } from "../../query/measure-coverage.js";
import { lakeWeigher } from "../../query/weigh-lake.js";
import { withholdingOf } from "../../query/withhold.js";
import { textOrNull } from "../../report/shapes.js";
import { DAY_MS } from "../../units/quantity.js";
import { isoSeconds } from "../../units/time.js";
import { type Answer, type Asking, type Tools, toolsFor } from "../asking.js";
import { aboutParameters, RequestError } from "../problem.js";
import { airportOf, landingsAnswer } from "./landings.js";
import { frameOfPlace } from "./place-frame.js";

/** `/api/airport/{ident}`: as `wheelsdown airport`. */
export async function airportAnswer(asking: Asking): Promise<Answer> {
  return { kind: "json", value: airportJson(airportOf(asking), asking.served.reference) };
}

/** `/api/coverage`: as `wheelsdown coverage`. */
export async function coverageAnswer(asking: Asking): Promise<Answer> {
  const at = asking.values["at"]!;
  const tools = await toolsFor(asking, { in: at });
  try {
    return { kind: "json", value: (await coverageAt(tools, at, 0)).model };
  } catch (error) {
    throw aboutParameters(error, { at });
  }
}

/** Over a longer time who passed over is not looked up: it reads every position there. chosen: some seconds */
const OVERFLIGHTS_MAX_MS = 31 * DAY_MS;

/** `/api/country/{code}`: landings, possible landings, overflights and what nothing places, which are never added up. */
export async function countryAnswer(asking: Asking): Promise<Answer> {
  const code = countryOf(asking);
  const tools = await toolsFor(asking, { in: code });
  const { lake, question, reference, simulated } = tools;
  const { airports, countries } = reference;
  const weigher = lakeWeigher(tools, true);
  const { landings, unknownPlace } = await askForLandings(lake, question, { airports, weigher });
  const period = await readPeriod(question, lake);
  const isShort = period.toMs - period.fromMs < OVERFLIGHTS_MAX_MS;
  const overflights = isShort ? await overflightsIn(tools, period, asking.signal) : null;
  const sure = landings.filter(({ placed }) => placed.relation === "in");
  const possible = landings.filter(({ placed }) => placed.relation === "possible");
  const value: CountryJson & { readonly simulated: boolean } = {
    schema: "wheelsdown/country/1",
    code,
    name: countries.name(code),
    from: isoSeconds(period.fromMs),
    to: isoSeconds(period.toMs),
    landings: sure.length,
    possibleLandings: possible.length,
    overflights,
    unplacedAircraft: new Set(unknownPlace.map(({ movement }) => movement.address)).size,
    unplacedStops: unknownPlace.length,
    frame: frameOfPlace(question.place),
    aircraft: aircraftOf(sure, possible),
    note: [
      "Landings and possible landings are counted one by one, aircraft that passed over and aircraft with a stop that nothing places are counted as aircraft. None of the counts is ever added to another.",
      ...(isShort
        ? []
        : ["Over more than 31 days who passed over is not looked up: ask for a shorter period."]),
      "Land and territorial sea as OpenStreetMap has them; where several States claim a place, it counts for each of them.",
      ...tools.notes,
      ...withholdingOf(lake).lines().map(sentenceOf),
    ].join(" "),
    simulated,
  };
  return { kind: "json", value };
}

function sentenceOf(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** `/api/country/{code}/landings` */
export async function countryLandingsAnswer(asking: Asking): Promise<Answer> {
  return await landingsAnswer(asking, { in: countryOf(asking) });
}

/** @throws RequestError 404 that says how a country is written */
function countryOf({ served, names }: Asking): string {
  const word = names["code"] ?? "";
  const { countries } = served.reference;
  const code = word.toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && countries.codes().includes(code)) return code;
  const near = countries.similar(word, 3).map((one) => `${one.code} (${one.name})`);
  throw new RequestError(
    404,
    "unknown-name",
    `"${word}" is no country: write its code of two letters, such as VE${near.length > 0 ? `; nearest: ${near.join(", ")}` : ""}`,
  );
}

/** Aircraft heard there without a landing or a possible one. */
async function overflightsIn(
  tools: Tools,
  period: { readonly fromMs: number; readonly toMs: number },
  signal: AbortSignal,
): Promise<number> {
  const { lake, question, reference } = tools;
  await tellPositionsNotKept(tools, period);
  const weigher = lakeWeigher(tools, true);
  const outcomes = await areaOutcomes(tools, { airports: reference.airports, weigher });
  const asked = { question: { ...question, place: question.place! }, period, signal };
  let count = 0;
  for await (const finding of askForArea(lake, asked))
    if (outcomes.of(finding) === "passed") count++;
  return count;
}

function aircraftOf(
  sure: readonly FoundLanding[],
  possible: readonly FoundLanding[],
): CountryJson["aircraft"] {
  type Row = {
    -readonly [K in keyof CountryJson["aircraft"][number]]: CountryJson["aircraft"][number][K];
  };
  const rows = new Map<Address, Row>();
  const count = ({ movement, identity }: FoundLanding, kind: "landings" | "possibleLandings") => {
    const { address } = movement;
    const row = rows.get(address) ?? {
      hex: address,
      registration: textOrNull(identity.registration),
      type: textOrNull(identity.typeDesignator),
      landings: 0,
      possibleLandings: 0,
    };
    row[kind]++;
    rows.set(address, row);
  };
  for (const one of sure) count(one, "landings");
  for (const one of possible) count(one, "possibleLandings");
  return [...rows.values()].sort(
    (a, b) =>
      b.landings - a.landings ||
      b.possibleLandings - a.possibleLandings ||
      (a.hex < b.hex ? -1 : 1),
  );
}
