import { type Address, parseAddress } from "../../aircraft/address.js";
import { describeAircraft, type Identity } from "../../aircraft/identity.js";
import { findType, typeName } from "../../aircraft/types/index.js";
import type { AircraftJson, IdentityJson, VisitedJson } from "../../api/shapes.js";
import type { Lake } from "../../lake/lake.js";
import type { Movement } from "../../movement/movement.js";
import { askForLandings } from "../../query/ask-lake.js";
import { type FoundJourneys, findJourneys } from "../../query/find-journeys.js";
import { knownFleets } from "../../query/fleets.js";
import { exportOf, titleOfAll } from "../../query/journey-kml.js";
import { LeftOut } from "../../query/kept-positions.js";
import { fleetIdentities } from "../../query/known-aircraft.js";
import { movementDocument } from "../../query/movement-document.js";
import { trackDocument } from "../../query/track-document.js";
import { historiesOf, lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence } from "../../query/with-lake.js";
import { withholdingOf } from "../../query/withhold.js";
import { journeysCsv } from "../../report/csv.js";
import { journeysGeoJsonPieces } from "../../report/geojson.js";
import { buildJourneyModel } from "../../report/journey-model.js";
import { type JourneyJson, journeyJson } from "../../report/journey-shape.js";
import { gathered } from "../../report/pieces.js";
import { isoOrNull, movementJson, textOrNull } from "../../report/shapes.js";
import { HOUR_MS } from "../../units/quantity.js";
import { isoSeconds } from "../../units/time.js";
import {
  type Answer,
  type Asking,
  type DrawnFormat,
  isDrawnFormat,
  type Tools,
  toolsFor,
} from "../asking.js";
import { numberOf } from "../parameters.js";
import { RequestError } from "../problem.js";
import { withBreaths } from "../reply.js";
import { fileItems, listOf } from "./lists.js";

/** The aircraft a path names. @throws RequestError 404 */
export function addressOf({ names }: Asking): Address {
  const address = parseAddress(names["hex"] ?? "");
  if (address) return address;
  throw new RequestError(
    404,
    "unknown-name",
    `"${names["hex"]}" is no address of an aircraft: write six hex digits, such as 157713; a registration is looked for, such as /api/search?q=RA-96019`,
  );
}

/** `/api/aircraft/{hex}`: rules and fleets answer too where the lake has never heard it. */
export async function aircraftAnswer(asking: Asking): Promise<Answer> {
  const address = addressOf(asking);
  const tools = await toolsFor(asking, { hex: [address] });
  const { lake, reference, notices, simulated } = tools;
  const records = await lake.identities(address);
  const stated = records.map((record) => ({
    ...record,
    source: `input ${record.inputSha256.slice(0, 12)}`,
  }));
  const fromFleets = await fleetIdentities(address, notices);
  const known = describeAircraft(address, [
    ...fromFleets,
    ...stated.map(({ stated: said, source }) => ({ address, ...said, source })),
  ]);
  const fleets = (await knownFleets(notices)).filter(({ entries }) =>
    entries.some((entry) => entry.address === address),
  );
  const heard = records.filter(({ pointCount }) => pointCount > 0);
  const days = await lake.positionDays(address);
  const value: AircraftJson = {
    schema: "wheelsdown/aircraft-answer/1",
    hex: address,
    state: known.state?.country ?? null,
    stateName: known.state ? reference.countries.name(known.state.country) : null,
    military: known.military !== undefined || records.some((one) => one.stated.military),
    fleets: fleets.map(({ name }) => name),
    identities: identitiesJson([
      ...stated.map(({ stated: said, source, firstMs, lastMs }) => {
        return { ...said, source, fromMs: firstMs, toMs: lastMs };
      }),
      ...fromFleets.map((one: Identity) => {
        const { validFromMs = Number.NaN, validToMs = Number.NaN } = one;
        return { ...one, fromMs: validFromMs, toMs: validToMs };
      }),
      ...(known.registrationBasis === "rule"
        ? [{ registration: known.registration, source: RULE, fromMs: NaN, toMs: NaN }]
        : []),
    ]),
    days,
    airports: await airportsOf(address, tools),
    firstHeard: isoOrNull(Math.min(...heard.map(({ firstMs }) => firstMs))),
    lastHeard: isoOrNull(await lastHeardMs(address, { heard, days, lake })),
    notes: withholdingOf(lake).lines(),
    simulated,
  };
  return { kind: "json", value };
}

/** Where what an input heard last is withheld, the last position that is not. @returns NaN or -Infinity when there is none */
async function lastHeardMs(
  address: Address,
  {
    heard,
    days,
    lake,
  }: {
    readonly heard: readonly { readonly lastMs: number }[];
    readonly days: readonly { readonly day: string }[];
    readonly lake: Lake;
  },
): Promise<number> {
  const lastMs = Math.max(...heard.map((one) => one.lastMs));
  const day = days.at(-1)?.day;
  if (!Number.isNaN(lastMs) || day === undefined) return lastMs;
  const track = await lake.track(address, { fromMs: Date.parse(`${day}T00:00:00Z`) });
  return track?.timeMs[track.length - 1] ?? Number.NaN;
}

const RULE = "the State's numbering rule, stated by nobody";

interface Said {
  readonly registration?: string | undefined;
  readonly typeDesignator?: string | undefined;
  readonly operator?: string | undefined;
  readonly source: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What several sources say alike is said once, over all their time. */
function identitiesJson(all: readonly Said[]): IdentityJson[] {
  const alike = new Map<string, { said: Said; sources: string[]; fromMs: number; toMs: number }>();
  for (const said of all) {
    const { registration, typeDesignator, operator, fromMs, toMs } = said;
    if (!registration && !typeDesignator && !operator) continue;
    const isInput = said.source.startsWith("input ");
    const key = JSON.stringify([registration, typeDesignator, operator, isInput || said.source]);
    const before = alike.get(key);
    alike.set(key, {
      said,
      sources: [...(before?.sources ?? []), said.source],
      fromMs: Math.min(fromMs, before?.fromMs ?? fromMs),
      toMs: Math.max(toMs, before?.toMs ?? toMs),
    });
  }
  return [...alike.values()].map(({ said, sources, fromMs, toMs }) => {
    const type = findType(said.typeDesignator ?? "");
    const more = sources.length > 1 ? ` and ${sources.length - 1} more` : "";
    return {
      registration: textOrNull(said.registration),
      type: textOrNull(said.typeDesignator),
      typeName: type ? typeName(type) : null,
      operator: textOrNull(said.operator),
      from: isoOrNull(fromMs),
      to: isoOrNull(toMs),
      source: `${sources[0]}${more}`,
    };
  });
}

/** Airports it landed at or took off from, as far as they may be named; the last one first. */
async function airportsOf(address: Address, tools: Tools): Promise<VisitedJson[]> {
  const { lake, reference } = tools;
  const weigher = lakeWeigher(tools, true);
  const [history = []] = await historiesOf(lake, [address], reference);
  const found = new Map<string, Movement[]>();
  for (const movement of await weigher.weigh(history)) {
    const { airport, kind } = movement;
    if (!airport || kind === "go-around" || kind === "low-pass") continue;
    found.set(airport.ident, [...(found.get(airport.ident) ?? []), movement]);
  }
  return [...found.values()]
    .map((movements): VisitedJson => {
      const { ident, name, country } = movements[0]!.airport!;
      const seen = movements.filter(({ evidence }) => evidence === "seen").length;
      return {
        airport: ident,
        airportName: name,
        country,
        seen,
        inferred: movements.length - seen,
        last: isoSeconds(Math.max(...movements.map(({ timeMs }) => timeMs))),
      };
    })
    .sort((a, b) => (a.last > b.last ? -1 : a.last < b.last ? 1 : 0));
}

/** `/api/aircraft/{hex}/movements`: every kind, in order of time. */
export async function movementsAnswer(asking: Asking): Promise<Answer> {
  const address = addressOf(asking);
  const tools = await toolsFor(asking, { hex: [address] });
  const { lake, question, reference, notes, simulated } = tools;
  const { values, format } = asking;
  const weigher = lakeWeigher(tools, true);
  const { airports } = reference;
  const kinds = ["landing", "takeoff", "touch-and-go", "go-around", "low-pass"] as const;
  const answer = await askForLandings(lake, question, { airports, weigher, kinds });
  const all = [...answer.landings, ...answer.unknownPlace].sort(
    (a, b) => a.movement.timeMs - b.movement.timeMs,
  );
  const shape = ({ movement, identity }: (typeof all)[number]) => movementJson(movement, identity);
  if (format === "json") {
    const held = await coverageSentence(lake, question);
    const beside = [
      ...notes,
      ...withholdingOf(lake).lines(),
      held,
      ...weighedLines(weigher.source()),
    ];
    return { kind: "json", value: listOf(all, shape, { values, notes: beside, simulated }) };
  }
  const shown = fileItems(all, values).map(shape);
  const title = `Movements of ${address}`;
  return { kind: "file", text: await movementDocument({ [format]: true }, shown, title) };
}

/** `/api/aircraft/{hex}/journeys`: as `wheelsdown journeys`. */
export async function journeysAnswer(asking: Asking): Promise<Answer> {
  const address = addressOf(asking);
  const tools = await toolsFor(asking, { hex: [address] });
  const { lake, question, reference, notices, notes, simulated } = tools;
  const { values, format } = asking;
  const { fromMs, toMs } = question;
  const weigher = lakeWeigher(tools, true);
  const leftOut = new LeftOut();
  const stopH = numberOf(values, "max-stop");
  const stopMaxMs = stopH === undefined ? undefined : stopH * HOUR_MS;
  const search = { airports: reference.airports, weigher, fromMs, toMs, stopMaxMs, leftOut };
  const found: FoundJourneys[] = [];
  for await (const one of findJourneys(lake, [address], search)) found.push(one);
  leftOut.tell("journeys", notices, found.length > 0);
  const shown = found.map((one) => ({ ...one, journeys: fileItems(one.journeys, values) }));
  if (format === "csv") return { kind: "file", text: journeysCsv(shapes(shown)) };
  if (isDrawnFormat(format))
    return { kind: "file", text: withBreaths(await journeysFile(shown, format)) };
  const held = await coverageSentence(lake, question);
  const beside = [
    ...notes,
    ...withholdingOf(lake).lines(),
    held,
    ...weighedLines(weigher.source()),
  ];
  const all = shapes(found);
  return {
    kind: "json",
    value: listOf(all, (one) => one, { values, notes: beside, simulated }),
  };
}

/** The bytes that `wheelsdown journeys` writes. */
async function journeysFile(
  shown: readonly FoundJourneys[],
  format: DrawnFormat,
): Promise<Iterable<string>> {
  if (format === "geojson") return gathered(journeysGeoJsonPieces(shown.flatMap(modelsOf)));
  const inputs = shown.map((found) => exportOf(found));
  return await trackDocument(format, inputs, { title: titleOfAll(inputs) });
}

function shapes(all: readonly FoundJourneys[]): JourneyJson[] {
  return all.flatMap(({ journeys, identity }) => journeys.map((one) => journeyJson(one, identity)));
}

function modelsOf({ analysis, journeys, identity }: FoundJourneys) {
  const { contacts, gaps, clean } = analysis;
  return journeys.map((journey) =>
    buildJourneyModel({ journey, track: clean.track, contacts, gaps, identity }),
  );
}
