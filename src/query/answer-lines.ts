/** What answers come to, as sentences for a reader: the same on a terminal and in the server's answers. */

import { asksForAll } from "../journey/select-aircraft.js";
import type { Relation } from "../journey/where.js";
import type { Airport } from "../place/airport.js";
import { grouped } from "../report/wording.js";
import { counted } from "../units/counted.js";
import type { ArrivalAnswer, Direction } from "./ask-arrivals.js";
import type { LandingAnswer } from "./ask-lake.js";
import type { Question } from "./question.js";

/** What an area's answer does not say. */
export const NOT_HEARD_NOTE =
  "Nobody heard is not nobody there: `wheelsdown coverage` says what could be heard at a place; landings of aircraft " +
  "that were never heard inside are in `wheelsdown landings`.";

/** What an answer about landings comes to, as sentences; `coverage` is `coverageSentence`. */
export function landingLines(
  answer: LandingAnswer,
  question: Question,
  coverage: string,
): string[] {
  const count = (relation: Relation) =>
    answer.landings.filter(({ placed }) => placed.relation === relation).length;
  const lines: string[] = [];
  if (question.place) {
    const { area, nearM } = question.place;
    const near = nearM > 0 ? `, ${count("near")} within ${Math.round(nearM / 1000)} km of it` : "";
    lines.push(
      `${area.label}: ${landingsText(count("in"))} in it${near}, ${count("possible")} possible`,
    );
  } else lines.push(landingsText(answer.landings.length));
  if (answer.unknownPlace.length > 0) {
    lines.push(
      `${counted(answer.unknownPlace.length, "more stop lies in a gap", "more stops lie in gaps")} and nothing tells where: neither placed here nor ruled out`,
    );
  }
  const asked = asksForAll(question.aircraft) ? "" : " asked for";
  const were = answer.heardCount === 1 ? "was" : "were";
  lines.push(`${answer.heardCount} aircraft${asked} ${were} heard to move; ${coverage}`);
  lines.push(
    "No landing in this list does not mean that none took place: see what receivers could hear.",
  );
  return lines;
}

function landingsText(count: number): string {
  return `${grouped(count)} ${count === 1 ? "landing" : "landings"}`;
}

/** What arrivals or departures come to, as sentences. */
export function arrivalLines(
  answer: ArrivalAnswer,
  airport: Airport,
  direction: Direction,
): string[] {
  const what = direction === "arrival" ? ["landing", "landings"] : ["take-off", "take-offs"];
  const { named, possible, unknownCount } = answer;
  const where = `${airport.name} (airport ${airport.ident})`;
  const classes = new Map<string, number>();
  for (const { movement } of named) {
    const key = `${movement.evidence} ${movement.evidenceClass}`;
    classes.set(key, (classes.get(key) ?? 0) + 1);
  }
  const byClass = [...classes]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([key, count]) => `${key}: ${count}`);
  const lines = [
    `${where}: ${counted(named.length, what[0]!, what[1]!)}${byClass.length > 0 ? ` (${byClass.join(", ")})` : ""}`,
  ];
  if (possible.length > 0)
    lines.push(`${possible.length} more may have been here or at another field: not counted above`);
  if (unknownCount > 0)
    lines.push(
      `${counted(unknownCount, "stop lies in a gap", "stops lie in gaps")} and nothing tells where: neither placed here nor ruled out`,
    );
  return lines;
}
