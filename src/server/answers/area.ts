import type { ListJson } from "../../api/shapes.js";
import { NOT_HEARD_NOTE } from "../../query/answer-lines.js";
import { areaOutcomes, tellPositionsNotKept } from "../../query/area-outcomes.js";
import {
  type AreaFinding,
  askForArea,
  callsignsOf,
  type SecondArea,
} from "../../query/ask-area.js";
import { readPeriod } from "../../query/measure-coverage.js";
import { readArea, readDurationMs } from "../../query/question.js";
import { lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence } from "../../query/with-lake.js";
import { areaGeoJson } from "../../report/area-geojson.js";
import { type AreaJson, areaCsvHeader, areaCsvRows, areaJson } from "../../report/area-shape.js";
import { type Answer, type Asking, type Tools, toolsFor } from "../asking.js";
import { pageOf, type Values } from "../parameters.js";
import { aboutParameters, RequestError } from "../problem.js";

/** `/api/area`: as `wheelsdown area`. */
export async function areaAnswer(asking: Asking): Promise<Answer> {
  const { values, format, signal } = asking;
  if (values["in"] === undefined && values["near"] === undefined)
    throw new RequestError(
      400,
      "usage",
      'parameter "in": is missing: write in=VE, or near=SVMI&within=50km',
    );
  if (values["within-time"] !== undefined && values["also"] === undefined)
    throw new RequestError(
      400,
      "usage",
      'parameter "within-time": goes with "also": write also=CU, or leave it out',
    );
  const tools = await toolsFor(asking);
  const { lake, question, reference } = tools;
  const place = question.place!;
  const period = await readPeriod(question, lake);
  const also = await secondOf(values, tools);
  await tellPositionsNotKept(tools, period);
  const weigher = lakeWeigher(tools, true);
  const outcomes = await areaOutcomes(tools, { airports: reference.airports, weigher });
  const shaped = (finding: AreaFinding): AreaJson =>
    areaJson({
      ...finding,
      callsigns: callsignsOf(finding.track, finding.visits),
      outcome: outcomes.of(finding),
    });
  const found = partOf(
    askForArea(lake, { question: { ...question, place }, period, also, signal }),
    {
      ...pageOf(values),
      isWhole: format !== "json" && values["limit"] === undefined,
    },
  );
  if (format === "csv") return { kind: "file", text: csvText(found, shaped) };
  if (format === "geojson") return { kind: "file", text: geoJsonText(found, shaped, tools) };
  const beside = [
    ...tools.notes,
    await coverageSentence(lake, question),
    ...weighedLines(weigher.source()),
    NOT_HEARD_NOTE,
  ];
  return { kind: "json", value: await listJson(found, shaped, { values, tools, beside }) };
}

async function secondOf(values: Values, { reference }: Tools): Promise<SecondArea | undefined> {
  const { also, "within-time": apart } = values;
  if (also === undefined) return undefined;
  try {
    const area = await readArea(also, reference);
    const apartMaxMs = apart === undefined ? Number.POSITIVE_INFINITY : readDurationMs(apart);
    return { place: { area, nearM: 0 }, apartMaxMs };
  } catch (error) {
    throw aboutParameters(error, { also, "within-time": apart });
  }
}

/** One finding of the part, or word that more follow. */
type Part = AreaFinding | "more";

async function* partOf(
  findings: AsyncIterable<AreaFinding>,
  part: { readonly limit: number; readonly offset: number; readonly isWhole: boolean },
): AsyncGenerator<Part> {
  let at = 0;
  for await (const finding of findings) {
    if (!part.isWhole && at >= part.offset + part.limit) {
      yield "more";
      return;
    }
    if (at++ >= part.offset) yield finding;
  }
}

async function listJson(
  found: AsyncIterable<Part>,
  shaped: (finding: AreaFinding) => AreaJson,
  given: {
    readonly values: Values;
    readonly tools: Tools;
    readonly beside: readonly string[];
  },
): Promise<ListJson<AreaJson>> {
  const { limit, offset } = pageOf(given.values);
  const items: AreaJson[] = [];
  let isMore = false;
  for await (const part of found) {
    if (part === "more") isMore = true;
    else items.push(shaped(part));
  }
  return {
    schema: "wheelsdown/list/1",
    items,
    // Those behind an offset that lies past the end were never counted.
    total: isMore || (items.length === 0 && offset > 0) ? null : offset + items.length,
    next: isMore ? offset + limit : null,
    notes: given.beside,
    simulated: given.tools.simulated,
  };
}

async function* csvText(
  found: AsyncIterable<Part>,
  shaped: (finding: AreaFinding) => AreaJson,
): AsyncGenerator<string> {
  yield areaCsvHeader();
  for await (const part of found) if (part !== "more") yield areaCsvRows(shaped(part));
}

async function* geoJsonText(
  found: AsyncIterable<Part>,
  shaped: (finding: AreaFinding) => AreaJson,
  { simulated }: Tools,
): AsyncGenerator<string> {
  yield areaGeoJson.head();
  let isFollowing = false;
  for await (const part of found) {
    if (part === "more") continue;
    const lines = areaGeoJson.featuresOf(part.track, part.visits);
    const text = areaGeoJson.features(shaped(part), lines, isFollowing);
    isFollowing ||= text !== "";
    yield text;
  }
  yield areaGeoJson.tail(simulated);
}
