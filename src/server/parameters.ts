/** What may stand behind the "?" of an address: one schema for each endpoint, which its documentation is made from. */

import * as v from "valibot";
import { type DossierOptions, readDossierOptions } from "../query/dossier-options.js";
import type { QuestionOptions } from "../query/question.js";
import { RequestError } from "./problem.js";

/** A thousand addresses; the whole address of a question may be a little longer. chosen */
const WORDS_MAX = 7_000;
const LIST_DEFAULT = 100;
const LIST_MAX = 1_000;
const TRACK_DEFAULT = 20_000;
const TRACK_MAX = 200_000;
const POSITIONS_DEFAULT = 200_000;
const POSITIONS_MAX = 2_000_000;

/** @param cure what to write instead of what the pattern refuses */
function textParameter(pattern: RegExp, cure: string, description: string) {
  return v.optional(
    v.pipe(
      v.string(),
      v.maxLength(WORDS_MAX, `is longer than ${WORDS_MAX} characters`),
      v.regex(pattern, `is not as it should be: write ${cure}`),
      v.description(description),
    ),
  );
}

/** A whole number, as text: the schema describes what is sent. */
function countParameter(
  { least, most }: { readonly least: number; readonly most: number },
  description: string,
) {
  const words = `write a whole number from ${least} to ${most}`;
  return v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[0-9]{1,9}$/, words),
      v.check((digits) => Number(digits) >= least && Number(digits) <= most, words),
      v.description(`${description}; ${least} to ${most}`),
    ),
  );
}

const TIME_PATTERN = /^[0-9TZ:. +-]{1,40}$/;
const TIME_CURE = "2019-01-23 or 2019-01-23T22:15Z (UTC)";
// Patterns are part of the documentation, where JSON Schema knows no flags.
// No path and no drawn area of one's own: "/", "\" and "{" are in no name of a place.
const PLACE_PATTERN = /^(?![\s\S]*\.(?:[gG][eE][oO])?[jJ][sS][oO][nN]$)[^/\\{}<>]{1,200}$/;
const PLACE_CURE = "a country, an airport, lat,lon or west,south,east,north";
/** A hundred corners with six decimals, or whatever `PLACE_PATTERN` takes. */
const AREA_PATTERN =
  /^(?:[-+0-9.,; ]{1,3000}|(?![\s\S]*\.(?:[gG][eE][oO])?[jJ][sS][oO][nN]$)[^/\\{}<>]{1,200})$/;
const AREA_CURE = `${PLACE_CURE}, or corners lat,lon lat,lon lat,lon of a polygon`;

/** Two numbers, of which one may be missing. */
const RANGE_PATTERN = /^-?[0-9.]{0,9}\.\.-?[0-9.]{0,9}$/;

/** When; both ends may be left open. */
export const PERIOD = {
  from: textParameter(TIME_PATTERN, TIME_CURE, "from this day or UTC time on"),
  to: textParameter(TIME_PATTERN, TIME_CURE, "up to and with this day, or to this UTC time"),
};

const NEAR = textParameter(
  AREA_PATTERN,
  "300km beside in=, or a place",
  "how far beyond the edge of `in`, such as 300km; or a place of its own",
);

/** Where, as commands take it, but for files. */
export const PLACE = {
  in: textParameter(AREA_PATTERN, AREA_CURE, `place: ${AREA_CURE}`),
  near: NEAR,
  within: textParameter(
    /^[0-9.]{1,10} ?[a-zA-Z]{1,2}$/,
    "50km",
    "size of `near` where that is a place",
  ),
};

/** Which aircraft, as commands take it, but for files. */
export const AIRCRAFT = {
  fleet: textParameter(
    /^[a-z0-9-]+(?:,[a-z0-9-]+)*$/,
    "names of fleets, such as ru-government",
    "fleets, comma-separated, by name",
  ),
  state: textParameter(
    /^[^/\\{}<>]{2,60}$/,
    "a State, such as RU",
    "State whose address block it is",
  ),
  operator: textParameter(
    /^[^/\\<>]{1,80}$/,
    "a name or prefix, such as RSD",
    "operator the callsign prefix is assigned to",
  ),
  type: textParameter(
    /^[A-Za-z0-9]{2,4}$/,
    "an ICAO designator, such as IL96",
    "ICAO type designator",
  ),
  callsign: textParameter(
    /^[A-Za-z0-9*]{1,10}$/,
    "a callsign, * for any letters, such as RSD*",
    "callsign, * for any letters",
  ),
  hex: textParameter(
    /^[~0-9a-fA-F,]+$/,
    "six hex digits, such as 157713",
    "24-bit addresses, comma-separated",
  ),
  aircraft: textParameter(
    /^[~A-Za-z0-9, .+-]+$/,
    "registrations or addresses, such as RA-96019",
    "registrations or addresses, comma-separated",
  ),
  military: textParameter(
    /^1$/,
    "1, or leave it out",
    "1: marked as military by a source or its address block",
  ),
};

/** Which part of a list. */
export const LIST = {
  limit: countParameter(
    { least: 1, most: LIST_MAX },
    `most items of a JSON list, ${LIST_DEFAULT} when left out; files hold all unless it is given`,
  ),
  offset: countParameter({ least: 0, most: 10_000_000 }, "items to pass over"),
};

/** How far beyond the edge of the place that the path names. */
export const NEAR_ONLY = { near: NEAR };
/** What is searched for. */
export const SEARCH = {
  q: v.pipe(
    v.string("is missing: write ?q= and a word, such as q=RA-96019"),
    v.minLength(1, "is empty: write a word"),
    v.maxLength(100, "is longer than 100 characters"),
    v.description("a registration, address, airport, country or fleet, or part of one"),
  ),
};
/** Where it is asked what receivers hear. */
export const COVERAGE = {
  at: v.pipe(
    v.string("is missing: write an airport, such as at=SVMI, or lat,lon"),
    v.regex(PLACE_PATTERN, "is not as it should be: write an airport, such as SVMI, or lat,lon"),
    v.description("airport, or lat,lon"),
  ),
};
/** How many points a track may have. */
export const TRACK = {
  max: countParameter(
    { least: 100, most: TRACK_MAX },
    `most points of the JSON, ${TRACK_DEFAULT} when left out; files hold all`,
  ),
};
/** Which position. */
export const MOMENT = {
  at: v.pipe(
    v.string("is missing: write a UTC time, such as at=2019-01-23T22:15:30Z"),
    v.regex(TIME_PATTERN, "is not as it should be: write 2019-01-23T22:15:30Z (UTC)"),
    v.description("UTC time; the position next to it is answered, at most a minute away"),
  ),
};
/** How many positions of many aircraft may be sent. */
export const POSITIONS = {
  max: countParameter(
    { least: 1_000, most: POSITIONS_MAX },
    `most positions of the bytes, ${POSITIONS_DEFAULT} when left out`,
  ),
};
/** What ends a journey. */
export const JOURNEY = {
  "max-stop": countParameter(
    { least: 1, most: 8_760 },
    "hours; a longer stop ends a journey, 48 when left out",
  ),
};
/** A second area, and what positions in the first must be. */
export const AREA = {
  also: textParameter(AREA_PATTERN, AREA_CURE, "a second area that must have been visited too"),
  "also-near": textParameter(
    /^[0-9.]{1,10} ?[a-zA-Z]{1,2}$/,
    "300km",
    "how far beyond the edge of `also`; beside a point, the size of a circle",
  ),
  "within-time": textParameter(
    /^[0-9.]{1,8} ?(?:h|min|d)$/,
    "12h, 90min or 2d",
    "at most this long between the two areas",
  ),
  order: textParameter(
    /^(?:in|also)-first$/,
    "in-first or also-first",
    "in which of the two areas it was heard first; either, when left out",
  ),
  altitude: textParameter(
    RANGE_PATTERN,
    "1000..5000, ..5000 or 1000..",
    "visits with a position at such a pressure altitude, ft; without a lower end the ground too",
  ),
  speed: textParameter(
    RANGE_PATTERN,
    "100..300, ..300 or 100..",
    "visits with a position at such a speed over ground, kt",
  ),
  angle: textParameter(
    RANGE_PATTERN,
    "270..90",
    "visits with a position flown in such a direction, clockwise, degrees",
  ),
};
/** What the author of a dossier adds and leaves out. */
export const DOSSIER = {
  title: textParameter(
    /^[\s\S]{1,200}$/,
    "at most 200 characters",
    "title of the dossier; made from the question when left out",
  ),
  note: textParameter(
    /^[\s\S]{1,2000}$/,
    "at most 2,000 characters",
    "the author's own words, told apart from the findings; line ends are kept",
  ),
  "leave-out": textParameter(
    /^[~0-9a-zA-Z,:-]+$/,
    "ids as the answer lists them, such as 157713-20190123T140327Z",
    "ids of landings and journeys to leave out, comma-separated; the dossier says so",
  ),
  caption: textParameter(
    /^[\s\S]+$/,
    "lines such as 157713-20190123T140327Z=Seen by a neighbour.",
    "the author's own words beside landings and journeys, a line for each: its id, =, at most 300 characters",
  ),
};
/** For answers that browsers keep: ignored, a new version makes a new address. */
export const VERSIONED = {
  v: textParameter(
    /^[\w.-]{1,80}$/,
    "a version",
    "ignored; with it the answer may be kept for ever",
  ),
};

/** Whatever an endpoint takes, by name, as written. */
export type Values = Readonly<Record<string, string | undefined>>;
/** What an endpoint takes; nothing else. */
export type QuerySchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** Cuts a query into its parameters. @throws RequestError 400 for a broken one, and for one that is given twice */
export function readQuery(query: string): Values {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const written = equals < 0 ? part : part.slice(0, equals);
    const name = decoded(written, written);
    if (name in values) {
      const list = WORD_LISTS.includes(name) ? ", with commas between its values" : "";
      throw refused(name, `is given twice: give it once${list}`);
    }
    values[name] = decoded(equals < 0 ? "" : part.slice(equals + 1), name);
  }
  return values;
}

/** Parameters that may have several lines. */
const WITH_LINES: ReadonlySet<string> = new Set(["note", "caption"]);

function decoded(part: string, name: string): string {
  let whole: string;
  try {
    whole = decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    throw refused(name, "its percent signs are no UTF-8: write %25 for a percent sign");
  }
  const line = WITH_LINES.has(name) ? whole.replaceAll(/[\r\n]/g, "") : whole;
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(line))
    throw refused(name, "holds a control character: leave it out");
  return whole;
}

function refused(name: string, words: string): RequestError {
  return new RequestError(400, "usage", `parameter "${shortened(name)}": ${words}`);
}

/** Checks parameters. @throws RequestError 400 that names the parameter and says what to write */
export function checkQuery(schema: QuerySchema, values: Values): Values {
  // As an object with the usual prototype: valibot asks it what it has.
  const checked = v.safeParse(schema, { ...values }, { abortPipeEarly: true });
  if (checked.success) return checked.output as Values;
  const [issue] = checked.issues;
  const name = shortened(String(issue.path?.[0]?.key ?? ""));
  const known = Object.keys(schema.entries);
  if (!known.includes(name)) {
    const takes = known.length > 0 ? `takes ${known.join(", ")}` : "takes no parameters";
    throw refused(name, `is not known: this address ${takes}`);
  }
  const isMissing = issue.kind === "schema" && issue.received === "undefined";
  const message = isMissing ? missingText(schema, name) : issue.message;
  throw refused(name, message);
}

/** The words a required parameter has for its absence. */
function missingText(schema: QuerySchema, name: string): string {
  const found = v.safeParse(schema.entries[name]!, undefined);
  return found.success ? "is missing" : found.issues[0].message;
}

function shortened(word: string): string {
  return word.length > 60 ? `${word.slice(0, 60)}...` : word;
}

/** The options of a question as commands have them. */
export function questionOptions(values: Values): QuestionOptions {
  const options: Record<string, unknown> = {};
  for (const name of WORDS) if (values[name] !== undefined) options[name] = values[name];
  for (const name of WORD_LISTS)
    if (values[name] !== undefined) options[name] = values[name].split(",");
  if (values["military"] === "1") options["military"] = true;
  return options;
}

/** The same with the words of a dossier's author, checked. @throws WheelsdownError as `readDossierOptions` */
export function dossierOptions(values: Values, lake: string): DossierOptions {
  const { title, note, "leave-out": leaveOut, caption } = values;
  return readDossierOptions({
    ...questionOptions(values),
    lake,
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note }),
    ...(leaveOut !== undefined && { leaveOut: [leaveOut] }),
    ...(caption !== undefined && { caption: linesOf(caption) }),
  });
}

/** Empty lines say nothing. */
function linesOf(text: string): string[] {
  return text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
}

const WORDS = ["in", "near", "within", "from", "to", "state", "operator", "type", "callsign"];
const WORD_LISTS = ["fleet", "hex", "aircraft"];

/** @returns a number parameter that `checkQuery` let through */
export function numberOf(values: Values, name: string): number | undefined {
  return values[name] === undefined ? undefined : Number(values[name]);
}

/** Which part of a list is wanted. */
export function pageOf(values: Values): { readonly limit: number; readonly offset: number } {
  return {
    limit: numberOf(values, "limit") ?? LIST_DEFAULT,
    offset: numberOf(values, "offset") ?? 0,
  };
}

/** @returns the most points of a track */
export function trackLimitOf(values: Values): number {
  return numberOf(values, "max") ?? TRACK_DEFAULT;
}

/** @returns the most positions of many aircraft */
export function positionsLimitOf(values: Values): number {
  return numberOf(values, "max") ?? POSITIONS_DEFAULT;
}
