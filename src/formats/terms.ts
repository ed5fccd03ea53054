import { WheelsdownError } from "../units/errors.js";
import { parseUtc, utcOffsetMinutes } from "../units/time.js";
import type { Reader } from "./reader.js";
import { shellWord } from "./table-map.js";

/** How a receiver counts time, see receiver-clock.ts. */
export type ClockKind = "12mhz" | "gps";

/** What a user says of inputs that do not say it themselves. The words of a user: they are kept with what is read. */
export interface ReadingTerms {
  /** Which column of a table is what, as `tableMapText` writes it. */
  readonly map?: string | undefined;
  /** IANA zone of times that are written without one: "Europe/Moscow", "UTC". */
  readonly timeZone?: string | undefined;
  /** When a capture without dates begins; "name" takes it from the file's name. */
  readonly start?: number | "name" | undefined;
  readonly receiver?: { readonly latDeg: number; readonly lonDeg: number } | undefined;
  /** Left out: as the capture says, else 12 MHz. */
  readonly clock?: ClockKind | undefined;
}

export type TermName = keyof ReadingTerms;

/** The terms in the order in which they are written, by the names of their options. */
const OPTIONS = [
  ["map", "--map"],
  ["timeZone", "--tz"],
  ["start", "--start"],
  ["receiver", "--receiver"],
  ["clock", "--clock"],
] as const satisfies readonly (readonly [TermName, string])[];

/**
 * What was said of an input and counts for its reader, as it is written on the command line: "--tz Europe/Moscow". The same
 * bytes under other terms are another statement.
 *
 * @param name of the input, where `start` is "name"
 * @returns "" when nothing was said that its reader asks for
 */
export function termsText(
  reader: Pick<Reader, "terms">,
  terms: ReadingTerms,
  name: string,
): string {
  const asked = reader.terms ?? [];
  return OPTIONS.flatMap(([term, option]) => {
    const value = asked.includes(term) ? textOf(term, terms, name) : undefined;
    return value === undefined ? [] : [`${option} ${value}`];
  }).join(" ");
}

/**
 * How an input is read: its reader, and what was said of it that counts there. What a ledger has for its format.
 *
 * @param name of the input
 * @returns "sbs --tz Europe/Moscow"; the reader's id alone where nothing was said
 */
export function formatText(
  reader: Pick<Reader, "id" | "terms">,
  terms: ReadingTerms,
  name: string,
): string {
  const said = termsText(reader, terms, name);
  return said === "" ? reader.id : `${reader.id} ${said}`;
}

/** @returns the options that a sentence about a reading term names, "--tz" */
export function optionsNamedIn(text: string): string[] {
  return OPTIONS.map(([, option]) => option).filter((option) =>
    new RegExp(`${option}(?![a-z-])`).test(text),
  );
}

/** @returns the options that a reader can be told, "--tz" */
export function optionsOf(reader: Pick<Reader, "terms">): string[] {
  const asked = reader.terms ?? [];
  return OPTIONS.filter(([term]) => asked.includes(term)).map(([, option]) => option);
}

/** @returns what was said of an input, out of what `formatText` made; "" when nothing was */
export function saidInFormat(format: string): string {
  const space = format.indexOf(" ");
  return space < 0 ? "" : format.slice(space + 1);
}

function textOf(term: TermName, terms: ReadingTerms, name: string): string | undefined {
  switch (term) {
    case "map":
      return terms.map === undefined ? undefined : shellWord(terms.map);
    case "timeZone":
      return terms.timeZone;
    case "clock":
      return terms.clock;
    case "receiver":
      return terms.receiver && `${terms.receiver.latDeg},${terms.receiver.lonDeg}`;
    case "start": {
      const startMs = startMsOf(terms, name);
      return startMs === undefined ? undefined : new Date(startMs).toISOString();
    }
  }
}

/** @returns when an input begins by its terms; undefined when they do not say, or its name does not */
export function startMsOf({ start }: ReadingTerms, name: string): number | undefined {
  return start === "name" ? startMsInName(name) : start;
}

/**
 * The moment a file's name tells, where capture programs write one: seconds since 1970 after "utc", or a date with a time of
 * day ("2018-04-03T19-02-28Z", "20180403_190228"), taken as UTC.
 *
 * @returns undefined when there is none, or none that is a moment
 */
export function startMsInName(name: string): number | undefined {
  const last = name.replace(/^.*[/\\!]/, "");
  const epoch = /utc[-_]{1,2}(\d{9,10})(?:\.(\d{1,9}))?(?!\d)/i.exec(last);
  if (epoch) {
    const part = (epoch[2] ?? "").padEnd(3, "0").slice(0, 3);
    return Number(epoch[1]) * 1000 + Number(part);
  }
  const date =
    /(?<!\d)(\d{4})-?(\d{2})-?(\d{2})[T_ -](\d{2})[-:_.]?(\d{2})[-:_.]?(\d{2})(?!\d)/.exec(last);
  if (!date) return undefined;
  const [, year, month, day, hour, minute, second] = date;
  return parseUtc(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** @throws WheelsdownError "usage" for what is no IANA zone */
export function parseTimeZone(text: string): string {
  // Offsets are zones in some versions of Node only, and no place keeps one all year.
  if (/^[A-Za-z]/.test(text) && utcOffsetMinutes(0, text) !== undefined) return text;
  throw new WheelsdownError(
    "usage",
    `--tz ${text} is no time zone; write a name of the IANA list such as Europe/Moscow, or UTC`,
  );
}

/** @throws WheelsdownError "usage" for what is neither a moment nor "name" */
export function parseStart(text: string): number | "name" {
  if (text === "name") return text;
  const startMs = parseUtc(text);
  if (startMs !== undefined) return startMs;
  throw new WheelsdownError(
    "usage",
    `--start ${text} is no UTC time; write 2018-03-01T12:00Z, or name when the file's name tells it`,
  );
}

/** @throws WheelsdownError "usage" for what is no position */
export function parseReceiver(text: string): { readonly latDeg: number; readonly lonDeg: number } {
  const match = /^(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)$/.exec(text.trim());
  const [latDeg, lonDeg] = [Number(match?.[1]), Number(match?.[2])];
  if (Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180) return { latDeg, lonDeg };
  throw new WheelsdownError(
    "usage",
    `--receiver ${text} is no position; write latitude,longitude in degrees such as 59.7,30.3`,
  );
}
