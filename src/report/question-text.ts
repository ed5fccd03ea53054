/** A question in the words of a person, and the title it gives by default. */
import { isoSeconds } from "../units/time.js";

/** What a question asked for, each part in words or undefined when it was not asked. */
export interface AskedFor {
  /** Aircraft asked for by name: "RA-00960 (1403c0)". */
  readonly named?: readonly string[];
  /** What else narrows the aircraft: "of fleet demo-fleet", "of type IL76". */
  readonly narrowed: readonly string[];
  readonly military: boolean;
  readonly place?: AskedPlace | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export interface AskedPlace {
  /** "Venezuela". */
  readonly name: string;
  /** 0 for the place itself only. */
  readonly nearKm: number;
  /** True for an airport or a point, which nothing can be in. */
  readonly isPoint: boolean;
}

/** "Which aircraft of fleet demo-fleet landed in or within 300 km of Venezuela between ... and ...?" */
export function questionSentence(asked: AskedFor): string {
  const period = periodWords(asked);
  const named = asked.named?.join(", ");
  if (asked.place) {
    const where = placeWords(asked.place);
    return named
      ? `When and where did ${named}${tail(asked)} land ${where}${period}?`
      : `Which ${groupWords(asked)} landed ${where}${period}?`;
  }
  const who = named ? `${named}${tail(asked)}` : groupWords(asked);
  return `Where did ${who} land${period}, and by what route?`;
}

/** "RA-00960 (1403c0): stops and route, 20 January to 31 January 2019". */
export function titleText(asked: AskedFor): string {
  const who = asked.named?.join(", ") ?? capital(groupWords(asked));
  const what = asked.place ? `landings ${placeWords(asked.place)}` : "stops and route";
  const days = [asked.fromMs, asked.toMs].flatMap((ms) => (ms === undefined ? [] : [dayWords(ms)]));
  const when =
    days.length === 2
      ? `, ${yearOnce(days[0]!, days[1]!)} to ${days[1]}`
      : periodWords(asked).replace(/^ /, ", ");
  return `${who}: ${what}${when}`;
}

/** "in or within 300 km of Venezuela", "at Vnukovo", "within 50 km of Vnukovo". */
function placeWords({ name, nearKm, isPoint }: AskedPlace): string {
  if (isPoint) return nearKm > 0 ? `within ${nearKm} km of ${name}` : `at ${name}`;
  return nearKm > 0 ? `in or within ${nearKm} km of ${name}` : `in ${name}`;
}

function groupWords(asked: AskedFor): string {
  return `${asked.military ? "military " : ""}aircraft${tail(asked)}`;
}

function tail({ narrowed }: AskedFor): string {
  return narrowed.map((words) => ` ${words}`).join("");
}

function periodWords({ fromMs, toMs }: AskedFor): string {
  if (fromMs !== undefined && toMs !== undefined) {
    const [from, to] = [dayWords(fromMs), dayWords(toMs)];
    return from === to ? ` on ${from}` : ` between ${yearOnce(from, to)} and ${to}`;
  }
  if (fromMs !== undefined) return ` from ${dayWords(fromMs)} on`;
  return toMs === undefined ? "" : ` up to ${dayWords(toMs)}`;
}

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** "1 December 2018", with the hour where the period does not begin or end with the day. */
function dayWords(timeMs: number): string {
  const date = new Date(timeMs);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const time = isoSeconds(timeMs).slice(11, 16);
  return time === "00:00" || time === "23:59" ? day : `${day} ${time}Z`;
}

/** "20 January" before "31 January 2019". */
function yearOnce(from: string, to: string): string {
  const year = / \d{4}$/.exec(from)?.[0];
  return year && to.endsWith(year) ? from.slice(0, -year.length) : from;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
