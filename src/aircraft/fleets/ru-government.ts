import { parseUtc } from "../../units/time.js";
import type { Fleet, FleetEntry } from "../fleet.js";
import { addressFromRegistration } from "../registration.js";

/**
 * Columns: registration, type, model, unit (its ICAO designator), who lists it so (letters of LISTS; "a": the watch
 * list has it with the Russian Air Force instead), year of the first listing.
 */
type Row = readonly [
  registration: string,
  typeDesignator: string,
  model: string,
  unit: "RSD" | "CHD" | "TTF" | "SUM" | "RFF",
  lists: string,
  firstListed: number,
];

/**
 * Only airframes that two sources or more name, and whose address in them is the one of Russia's numbering rule
 * (0x140000 + the digits); so the address is computed here.
 */
const ROWS: readonly Row[] = [
  ["RA-61716", "A148", "An-148-100E", "RSD", "RWD", 2020],
  ["RA-61720", "A148", "An-148-100E", "RSD", "RWD", 2020],
  ["RA-64057", "T204", "Tu-204-300", "RSD", "RD", 2020],
  ["RA-64058", "T204", "Tu-204-300", "RSD", "RD", 2020],
  ["RA-64059", "T204", "Tu-204-300", "RSD", "RD", 2020],
  ["RA-64504", "T204", "Tu-214", "RSD", "RD", 2020],
  ["RA-64505", "T204", "Tu-214", "RSD", "RD", 2020],
  ["RA-64506", "T204", "Tu-214", "RSD", "RD", 2020],
  ["RA-64515", "T204", "Tu-214SR", "RSD", "RD", 2020],
  ["RA-64516", "T204", "Tu-214SR", "RSD", "RD", 2020],
  ["RA-64517", "T204", "Tu-214PU", "RSD", "RWD", 2020],
  ["RA-64520", "T204", "Tu-214PU", "RSD", "RWD", 2020],
  ["RA-64521", "T204", "Tu-214", "RSD", "RD", 2020],
  ["RA-64522", "T204", "Tu-214SUS", "RSD", "RWD", 2020],
  ["RA-64523", "T204", "Tu-214VPU", "RSD", "RWD", 2020],
  ["RA-64524", "T204", "Tu-214SUS", "RSD", "RWD", 2020],
  ["RA-64526", "T204", "Tu-214SR", "RSD", "RD", 2020],
  ["RA-64527", "T204", "Tu-214SR", "RSD", "RD", 2020],
  ["RA-64528", "T204", "Tu-214SR", "RSD", "RWD", 2020],
  ["RA-64529", "T204", "Tu-214PU-SBUS", "RSD", "RWDa", 2020],
  ["RA-64531", "T204", "Tu-214PU", "RSD", "RD", 2022],
  ["RA-64532", "T204", "Tu-214PU", "RSD", "RD", 2022],
  ["RA-64533", "T204", "Tu-214PU", "RSD", "RD", 2024],
  ["RA-64534", "T204", "Tu-214PU", "RSD", "RD", 2022],
  ["RA-73025", "A319", "A319-115(CJ)", "RSD", "RWD", 2020],
  ["RA-73026", "A319", "A319-115(CJ)", "RSD", "RWD", 2020],
  ["RA-86540", "IL62", "Il-62M", "RSD", "RWDa", 2020],
  ["RA-89039", "SU95", "Superjet 100-95B", "RSD", "RWD", 2020],
  ["RA-89040", "SU95", "Superjet 100-95B", "RSD", "RD", 2020],
  ["RA-96012", "IL96", "Il-96-300", "RSD", "RWD", 2020],
  ["RA-96014", "IL96", "Il-96-300", "RSD", "RWD", 2020],
  ["RA-96016", "IL96", "Il-96-300PU", "RSD", "RWD", 2020],
  ["RA-96017", "IL96", "Il-96-300", "RSD", "RWD", 2020],
  ["RA-96018", "IL96", "Il-96-300", "RSD", "RWD", 2020],
  ["RA-96019", "IL96", "Il-96-300", "RSD", "RWD", 2020],
  ["RA-96020", "IL96", "Il-96-300PU", "RSD", "RWD", 2020],
  ["RA-96021", "IL96", "Il-96-300PU", "RSD", "RWD", 2020],
  ["RA-96022", "IL96", "Il-96-300PU", "RSD", "RWD", 2020],
  ["RA-96023", "IL96", "Il-96-300", "RSD", "RWD", 2020],
  ["RA-96024", "IL96", "Il-96-300PU", "RSD", "RWD", 2023],
  ["RA-96025", "IL96", "Il-96-300PU", "RSD", "RWD", 2023],
  ["RA-96104", "IL96", "Il-96-400VPU", "RSD", "RD", 2020],
  ["RA-78847", "IL76", "Il-76MD", "CHD", "RWDa", 2020],
  ["RA-85155", "T154", "Tu-154M", "CHD", "RWDa", 2021],
  ["RA-86495", "IL62", "Il-62M", "CHD", "RWDa", 2021],
  ["RA-86555", "IL62", "Il-62M", "CHD", "RWDa", 2020],
  ["RA-86572", "IL62", "Il-62M", "CHD", "RWDa", 2021],
  ["RA-76713", "IL76", "Il-76MD", "TTF", "RWDa", 2020],
  ["RA-78750", "IL76", "Il-76MD", "TTF", "RWDa", 2020],
  ["RA-78842", "IL76", "Il-76MD", "TTF", "RWDa", 2020],
  ["RA-82010", "A124", "An-124-100", "TTF", "RD", 2023],
  ["RA-82013", "A124", "An-124-100", "TTF", "RD", 2023],
  ["RA-82014", "A124", "An-124", "TTF", "RWDa", 2021],
  ["RA-82030", "A124", "An-124", "TTF", "RWDa", 2020],
  ["RA-82035", "A124", "An-124", "TTF", "RWDa", 2021],
  ["RA-82037", "A124", "An-124-100 Ruslan", "TTF", "RWDa", 2020],
  ["RA-82038", "A124", "An-124", "TTF", "RWDa", 2021],
  ["RA-82039", "A124", "An-124", "TTF", "RWDa", 2020],
  ["RA-82040", "A124", "An-124", "TTF", "RWDa", 2020],
  ["RA-76362", "IL76", "Il-76TD", "SUM", "RD", 2020],
  ["RA-76363", "IL76", "Il-76TD", "SUM", "RWD", 2021],
  ["RA-76429", "IL76", "Il-76TD", "SUM", "RD", 2022],
  ["RA-76841", "IL76", "Il-76TD", "SUM", "RD", 2022],
  ["RA-76845", "IL76", "Il-76TDP", "SUM", "RD", 2022],
  ["RA-89066", "SU95", "Superjet 100-95B", "SUM", "RWD", 2021],
  ["RA-86496", "IL62", "Il-62M", "RFF", "RWD", 2020],
  ["RA-86539", "IL62", "Il-62MK", "RFF", "RWD", 2020],
  ["RA-86559", "IL62", "Il-62M", "RFF", "RWD", 2020],
  ["RA-86561", "IL62", "Il-62M", "RFF", "RWD", 2020],
  ["RA-96102", "IL96", "Il-96-400VVIP", "RFF", "RWD", 2020],
];

/** Dated words of the press: since when a member, when seen in use, and who wrote so. */
const PRESS: Readonly<Record<string, { since?: string; seen?: string; press: string }>> = {
  "RA-61716": {
    seen: "in use on 2022-03-17",
    press: "press of 17 Mar 2022 (AeroTime, Delfi, BBC Russian)",
  },
  "RA-64516": {
    seen: "in use on 2022-03-17",
    press:
      "fleet list at glopages.ru, Nov 2015; press of 17 Mar 2022 (AeroTime, Delfi, BBC Russian)",
  },
  "RA-64527": {
    since: "2015-11-01",
    seen: "delivered in November 2015",
    press: "fleet list at glopages.ru, Nov 2015",
  },
  "RA-64532": {
    seen: "in use on 2022-03-17",
    press: "press of 17 Mar 2022 (AeroTime, Delfi, BBC Russian)",
  },
  "RA-73025": {
    seen: "in use on 2022-03-17",
    press: "press of 17 Mar 2022 (AeroTime, Delfi, BBC Russian)",
  },
  "RA-96017": {
    seen: "completed in February 2009; in use on 2022-03-17",
    press: "Postimees; press of 17 Mar 2022 (AeroTime, Delfi, BBC Russian)",
  },
  "RA-96018": {
    seen: "to Washington Dulles 2023-06-27; in use June and August 2025",
    press: "aeroTELEGRAPH, Jun 2023; onovini.eu, Jun 2025; Sky Industry News, Aug 2025",
  },
  "RA-96019": {
    seen: "to New York and Washington 2024-06-26; in use August 2025",
    press: "One Mile at a Time, Jun 2024; Sky Industry News, Aug 2025",
  },
  "RA-96022": {
    since: "2016-07-22",
    seen: "handed over 2016-07-22",
    press: "RusLetter",
  },
  "RA-96023": {
    since: "2016-12-30",
    seen: "handed over 2016-12-30; Buenos Aires December 2017; Brasilia 2022-12-31; Anchorage 2025-08-14",
    press: "RusLetter; UNN, Feb 2018; Aeroin, Dec 2022; Meduza, Aug 2025",
  },
  "RA-85155": {
    seen: "at Seychelles before May 2013",
    press: "news2.ru",
  },
  "RA-86495": {
    seen: "at Caracas 2025-10-01 and 2026-02-04",
    press: "Diario Version Final, Oct 2025; lenta.ru, Feb 2026",
  },
  "RA-82035": {
    seen: "at Caracas 2019-03-23",
    press: "Polonoticias and Reuters, Mar 2019; In-Venezuela and Reuters, Jun 2019",
  },
  "RA-86496": {
    seen: "at Caracas 2019-03-23 and 2019-06-24; press: 223rd Flight Unit",
    press:
      "UAWire, Mar 2019; Polonoticias and Reuters, Mar 2019; In-Venezuela and Reuters, Jun 2019; Radio Fe y Alegria, Jul 2020",
  },
};

/** In a list of the Special Flight Squadron's Tu-214s that glopages.ru published in November 2015. */
const IN_LIST_OF_2015: ReadonlySet<string> = new Set([
  "RA-64504",
  "RA-64505",
  "RA-64506",
  "RA-64515",
  "RA-64517",
  "RA-64520",
  "RA-64521",
  "RA-64522",
  "RA-64523",
  "RA-64524",
  "RA-64526",
]);

const DOUBTS: Readonly<Record<string, string>> = {
  "RA-64058": "one list has it as RA-64508, a slip",
  "RA-64523": "watch list says Russian FSB",
  "RA-64524": "one database gives 15fc0c, a slip",
  "RA-73025": "watch list says Russia State Transport Company",
  "RA-73026": "watch list says Russia State Transport Company",
  "RA-89066": "watch list says Russia Special Flight Detachment",
  "RA-86496": "databases say Air Force, press says 223rd Flight Unit",
  "RA-96102": "watch list says Russia Special Flight Detachment",
};

const UNITS: Readonly<Record<Row[3], readonly [operator: string, category: string]>> = {
  RSD: ["Special Flight Squadron Rossiya", "government"],
  CHD: ["223rd Flight Unit", "military"],
  TTF: ["224th Flight Unit", "military"],
  SUM: ["EMERCOM of Russia", "government"],
  RFF: ["Russian Air Force", "military"],
};

const LISTS: Readonly<Record<string, string>> = {
  R: "a database of Russian airframes (2020-2026)",
  W: "a public watch list (2020-2026)",
  D: "an open airframe database (2026; address and registration only)",
};

function entryFromRow(row: Row): FleetEntry {
  const [registration, typeDesignator, model, unit, lists, firstListed] = row;
  const address = addressFromRegistration(registration);
  const [operator, category] = UNITS[unit];
  const press = PRESS[registration];
  const sources = [...lists].flatMap((letter) => LISTS[letter] ?? []);
  if (IN_LIST_OF_2015.has(registration)) sources.push("glopages.ru, Nov 2015");
  if (press) sources.push(press.press);
  const notes = [model, `listed since ${firstListed}; retirement is not recorded`];
  if (press?.seen) notes.push(press.seen);
  if (lists.includes("a"))
    notes.push("uncertain: the watch list has it with the Russian Air Force");
  const doubt = DOUBTS[registration];
  if (doubt) notes.push(`uncertain: ${doubt}`);
  return {
    ...(address !== undefined && { address }),
    registration,
    typeDesignator,
    operator,
    state: "RU",
    category,
    validFromMs: parseUtc(press?.since ?? "") ?? Number.NaN,
    validToMs: Number.NaN,
    source: sources.join("; "),
    note: notes.join("; "),
  };
}

/**
 * Aircraft of the Russian state as public lists and the press know them: Special Flight Squadron, 223rd and 224th Flight
 * Units, EMERCOM and long-range transports of the air force. Facts compiled in 2026. Not complete; a listing says
 * who lists it, not who was aboard. Most dates are open: nobody publishes when an aircraft joined or left.
 */
export const RU_GOVERNMENT: Fleet = {
  name: "ru-government",
  title: "Russian state aircraft (compiled 2026; not complete, most dates open)",
  entries: ROWS.map(entryFromRow),
};
