import type { LandingListJson } from "../../api/shapes.js";
import { arrivalLines, landingLines } from "../../query/answer-lines.js";
import {
  airportByWord,
  arrivalShapes,
  askForArrivals,
  type Direction,
} from "../../query/ask-arrivals.js";
import { askForLandings } from "../../query/ask-lake.js";
import { movementDocument } from "../../query/movement-document.js";
import type { QuestionOptions } from "../../query/question.js";
import { lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence } from "../../query/with-lake.js";
import { withholdingOf } from "../../query/withhold.js";
import { landingJson } from "../../report/landing-shape.js";
import { movementJson } from "../../report/shapes.js";
import { type Answer, type Asking, toolsFor } from "../asking.js";
import { RequestError } from "../problem.js";
import { landingDays } from "./landing-days.js";
import { fileItems, listOf } from "./lists.js";
import { frameOfPlace } from "./place-frame.js";

/** `/api/landings`: as `wheelsdown landings`. */
export async function landingsAnswer(asking: Asking, more: QuestionOptions = {}): Promise<Answer> {
  const tools = await toolsFor(asking, more);
  const { lake, question, reference, notes, simulated } = tools;
  const { values, format } = asking;
  const weigher = lakeWeigher(tools, true);
  const answer = await askForLandings(lake, question, { airports: reference.airports, weigher });
  if (format === "json") {
    const lines = landingLines(answer, question, await coverageSentence(lake, question));
    const all = [...answer.landings, ...answer.unknownPlace];
    const [first, ...others] = lines;
    const withheld = withholdingOf(lake).lines();
    // The first is the finding itself.
    const beside = [...notes, first!, ...withheld, ...others, ...weighedLines(weigher.source())];
    const value: LandingListJson = {
      ...listOf(all, landingJson, { values, notes: beside, simulated }),
      ...landingDays(answer.landings),
      unplaced: answer.unknownPlace.length,
      frame: frameOfPlace(question.place),
    };
    return { kind: "json", value };
  }
  // As the command does it: no other format has a place for how a landing stands to the place.
  const placed = answer.landings.filter((one) => one.placed.relation !== "possible");
  const shown = fileItems(placed, values).map(({ movement, identity }) =>
    movementJson(movement, identity),
  );
  return { kind: "file", text: await movementDocument({ [format]: true }, shown, "Landings") };
}

/** `/api/airport/{ident}/arrivals` and `/departures`: as the commands of these names. */
export async function arrivalsAnswer(asking: Asking, direction: Direction): Promise<Answer> {
  const airport = airportOf(asking);
  const tools = await toolsFor(asking);
  const { lake, question, reference, notes, simulated } = tools;
  const { values, format } = asking;
  const { airports } = reference;
  const weigher = lakeWeigher(tools, true);
  const asked = { airport, direction, question };
  const answer = await askForArrivals(lake, asked, { airports, weigher });
  const all = arrivalShapes(answer, { airport, direction, airports });
  if (format === "json") {
    const beside = [
      ...notes,
      ...arrivalLines(answer, airport, direction),
      ...withholdingOf(lake).lines(),
      await coverageSentence(lake, question),
      ...weighedLines(weigher.source()),
    ];
    const value = listOf(all, (one) => one, { values, notes: beside, simulated });
    return { kind: "json", value };
  }
  const named = all.filter(({ relation }) => relation === "named");
  const shown = fileItems(named, values).map(({ movement }) => movement);
  const title = `${direction}s ${airport.ident}`;
  return { kind: "file", text: await movementDocument({ [format]: true }, shown, title) };
}

/** The airport a path names. @throws RequestError 404 with the nearest names */
export function airportOf({ served, names }: Asking): ReturnType<typeof airportByWord> {
  try {
    return airportByWord(names["ident"] ?? "", served.reference.airports);
  } catch (error) {
    throw new RequestError(404, "unknown-name", (error as Error).message);
  }
}
