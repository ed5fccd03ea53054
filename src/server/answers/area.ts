import type { ListJson } from "../../api/shapes.js";
import { parseDistanceM } from "../../place/area.js";
import { NOT_HEARD_NOTE } from "../../query/answer-lines.js";
import { areaOutcomes, tellPositionsNotKept } from "../../query/area-outcomes.js";
import {
  type AreaFinding,
  type AreaOrder,
  areaSteps,
  askForArea,
  callsignsOf,
  type SecondArea,
} from "../../query/ask-area.js";
import { readPeriod } from "../../query/measure-coverage.js";
import { readArea, readDurationMs } from "../../query/question.js";
import { readPositionFilter } from "../../query/read-ranges.js";
import { lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence } from "../../query/with-lake.js";
import { withholdingOf } from "../../query/withhold.js";
import { areaGeoJson } from "../../report/area-geojson.js";
import { type AreaJson, areaCsvHeader, areaCsvRows, areaJson } from "../../report/area-shape.js";
import { type Answer, type Asking, type Tools, toolsFor } from "../asking.js";
import { pageOf, type Values } from "../parameters.js";
import { aboutParameters, RequestError } from "../problem.js";
import { areaLines } from "./area-lines.js";

/** `/api/area`: as `wheelsdown area`. */
export async function areaAnswer(asking: Asking): Promise<Answer> {
  const { values, format, signal } = asking;
  checkTogether(values);
  const filter = filterOf(values);
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
  const beside = async () => [
    ...tools.notes,
    ...withholdingOf(lake).lines(),
    await coverageSentence(lake, question),
    ...weighedLines(weigher.source()),
    NOT_HEARD_NOTE,
  ];
  const asked = { question: { ...question, place }, period, also, filter, signal };
  if (format === "jsonl") {
    const end = async () => ({ notes: await beside(), simulated: tools.simulated });
    const shown = { part: pageOf(values), shaped, outcomes, end };
    return { kind: "file", text: areaLines(areaSteps(lake, asked), shown) };
  }
  const found = partOf(askForArea(lake, asked), {
    ...pageOf(values),
    isWhole: format !== "json" && values["limit"] === undefined,
  });
  if (format === "csv") return { kind: "file", text: csvText(found, shaped) };
  if (format === "geojson") return { kind: "file", text: geoJsonText(found, shaped, tools) };
  const given = { values, tools, beside };
  return { kind: "json", value: await listJson(found, shaped, given) };
}

/** Parameters that need another one. @throws RequestError 400 */
function checkTogether(values: Values): void {
  if (values["in"] === undefined && values["near"] === undefined)
    throw new RequestError(
      400,
      "usage",
      'parameter "in": is missing: write in=VE, or near=SVMI&within=50km',
    );
  const alone = ["also-near", "within-time", "order"].find((name) => values[name] !== undefined);
  if (alone !== undefined && values["also"] === undefined)
    throw new RequestError(
      400,
      "usage",
      `parameter "${alone}": goes with "also": write also=CU, or leave it out`,
    );
}

function filterOf(values: Values): ReturnType<typeof readPositionFilter> {
  const { altitude, speed, angle } = values;
  try {
    return readPositionFilter({ altitude, speed, angle });
  } catch (error) {
    throw aboutParameters(error, values);
  }
}

async function secondOf(values: Values, { reference }: Tools): Promise<SecondArea | undefined> {
  const { also, "also-near": near, "within-time": apart, order } = values;
  if (also === undefined) return undefined;
  try {
    const area = await readArea(also, reference);
    const apartMaxMs = apart === undefined ? Number.POSITIVE_INFINITY : readDurationMs(apart);
    const nearM = near === undefined ? 0 : parseDistanceM(near);
    return { place: { area, nearM }, apartMaxMs, order: order as AreaOrder | undefined };
  } catch (error) {
    throw aboutParameters(error, { also, "also-near": near, "within-time": apart });
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
    /** Asked for when all is found: what was withheld is known then. */
    readonly beside: () => Promise<readonly string[]>;
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
    notes: await given.beside(),
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
