import type { Relation } from "../journey/where.js";
import { counted } from "../units/counted.js";
import { localTime } from "../units/time.js";
import { CAPTIONS_NOT_SHOWN, type CaptionModel } from "./captions.js";
import { type CoverageSource, coverageMethod, coverageParameters } from "./coverage-source.js";
import { itinerariesOf, leadOfJourneys } from "./dossier-lead.js";
import type { DossierInput, DossierModel, JourneyModel, PlaceShape } from "./dossier-model.js";
import { landingPlaceLines } from "./dossier-places.js";
import type { LandingJson } from "./landing-shape.js";
import { type LeftOutModel, leftOutNotShown, leftOutSentence } from "./left-out.js";
import { METHOD_PARAMETERS, METHOD_TEXT, NEVER_SHOWN } from "./method-text.js";
import { localPart, placeInWords } from "./place-words.js";
import { landingsOutsideJourneys } from "./shown-landings.js";
import {
  candidatesText,
  evidenceClassText,
  hasTime,
  landedText,
  probabilityText,
  UNSURE_TEXT,
  whenText,
} from "./wording.js";

/** What a dossier is made of. */
export interface DossierParts {
  readonly title: string;
  readonly question: string;
  /** Place asked about, undefined when the question has none. */
  readonly place?: AskedPlace | undefined;
  readonly period: { readonly from: string; readonly to: string };
  /** Those that are told. */
  readonly landings: readonly LandingJson[];
  /** What the author adds; undefined for nothing. */
  readonly note?: string | undefined;
  /** What the author says of single landings and journeys; undefined for nothing. */
  readonly captions?: readonly CaptionModel[] | undefined;
  /** What the author left out; undefined for nothing. */
  readonly leftOut?: LeftOutModel | undefined;
  /** What was withheld from the answer, as sentences without full stops; left out for nothing. */
  readonly withheld?: readonly string[] | undefined;
  /** Stops in gaps that could not be placed. */
  readonly unknownPlaceCount: number;
  /** Journeys found but left out for size. */
  readonly journeysLeftOut: number;
  readonly journeys: readonly JourneyModel[];
  readonly inputs: readonly DossierInput[];
  readonly coverage: string;
  /** What coverage did to the fields of inferred movements; left out where nothing asked for it. */
  readonly weighed?: CoverageSource | undefined;
  /** Tables used: airports, borders, each with licence and hash. */
  readonly tables: readonly {
    readonly name: string;
    readonly version: string;
    readonly dataDate: string;
    readonly licence: string;
    readonly sha256: string;
  }[];
  readonly version: DossierModel["version"];
  readonly command: string;
  readonly simulated: boolean;
}

interface AskedPlace {
  /** What was taken from the user's word: "Venezuela (country VE)". */
  readonly label: string;
  readonly nearKm: number;
  readonly shape?: PlaceShape | undefined;
}

/** chosen: what one may read through; more is counted by place. */
const FINDINGS_SHOWN = 40;

/** Puts findings into sentences, each of them no stronger than what it rests on. */
export function composeDossier(parts: DossierParts): DossierModel {
  const weighed = parts.weighed ?? { kind: "not-needed" };
  return {
    schema: "wheelsdown/dossier/1",
    title: parts.title,
    question: parts.question,
    simulated: parts.simulated,
    version: parts.version,
    findings: findings(parts),
    itineraries: parts.place ? undefined : itinerariesOf(parts.journeys),
    note: parts.note,
    captions: parts.captions,
    leftOut: parts.leftOut,
    period: parts.period,
    place: parts.place && {
      ...parts.place,
      statement: placeStatement(parts.place),
    },
    landings: parts.landings.map(({ movement }) => movement),
    journeys: parts.journeys,
    inputs: parts.inputs,
    method: [...METHOD_TEXT, ...coverageMethod(weighed)],
    parameters: [
      ...METHOD_PARAMETERS,
      ...coverageParameters(weighed),
      ...parts.tables.map(({ name, version, dataDate, sha256 }) => ({
        name: `Table: ${name}`,
        value: `${version}, data of ${dataDate}`,
        source: `sha256 ${sha256}`,
      })),
    ],
    notShown: [...notShownHere(parts), ...NEVER_SHOWN],
    licences: [
      ...new Set([
        ...parts.tables.map(({ name, licence }) => `${name}: ${licence}`),
        ...inputLicences(parts.inputs),
      ]),
    ],
    command: parts.command,
  };
}

function inputLicences(inputs: readonly DossierInput[]): string[] {
  return inputs.flatMap(({ licence }) => (licence ? [`Inputs: ${licence}`] : []));
}

function placeStatement({ nearKm, shape }: AskedPlace): string {
  if (shape?.kind === "point") {
    return `Within ${nearKm} km of it; distances are geodesic.`;
  }
  if (nearKm <= 0) return "In it, territorial sea included.";
  return `In it, or within ${nearKm} km of its land border or coast; distances are geodesic and carry their uncertainty.`;
}

/** A question about a place is led by the count there, one about an aircraft by its journey. */
function findings(parts: DossierParts): string[] {
  const { journeys, journeysLeftOut } = parts;
  const sentences = parts.place
    ? [placeSentence(parts, parts.place)]
    : journeys.length > 0
      ? [leadOfJourneys(journeys, journeysLeftOut)]
      : [];
  const landings = parts.place
    ? parts.landings
    : landingsOutsideJourneys(parts.landings, ({ movement }) => movement, parts.journeys);
  sentences.push(...landingSentences(landings));
  if (parts.unknownPlaceCount > 0) sentences.push(unknownSentence(parts.unknownPlaceCount));
  if (sentences.length === 0)
    sentences.push(
      parts.leftOut
        ? "Nothing of what was found in this data is told here."
        : "No landing that answers the question was found in this data.",
    );
  const [lead = "", ...others] = sentences;
  return parts.leftOut ? [`${lead} ${leftOutSentence(parts.leftOut)}`, ...others] : sentences;
}

/** One by one; of too many for that, the places: the table has each. */
function landingSentences(landings: readonly LandingJson[]): string[] {
  if (landings.length <= FINDINGS_SHOWN) return landings.map(landingSentence);
  return [
    ...landingPlaceLines(landings.map(({ movement }) => movement)),
    `All ${landings.length} landings, one by one, are in the table below.`,
  ];
}

function unknownSentence(count: number): string {
  return count === 1
    ? "One more stop of the aircraft asked for lies in a silence, and nothing tells where; it can neither be placed here nor ruled out."
    : `${count} more stops of the aircraft asked for lie in silences, and nothing tells where; they can neither be placed here nor ruled out.`;
}

function placeSentence({ landings, leftOut, withheld }: DossierParts, place: AskedPlace): string {
  const count = (relation: Relation) =>
    landings.filter((landing) => landing.relation === relation).length;
  const name = place.label.replace(/ \(.*/, "");
  const around = place.nearKm > 0 ? `in or within ${place.nearKm} km of` : "in";
  if (landings.length === 0 && leftOut && leftOut.landings > 0)
    return `None of the landings found in this data ${around} ${name} is told here.`;
  if (landings.length === 0 && withheld && withheld.length > 0)
    return `No landing ${around} ${name} is told here, and some that may be in this data are withheld.`;
  if (landings.length === 0) {
    return `No landing ${around} ${name} was found in this data. That is no evidence that none took place.`;
  }
  const placed = landings.filter(({ relation }) => relation !== "possible");
  const aircraft = new Set(placed.map(({ movement }) => movement.hex)).size;
  const simulated = landings.some((landing) => landing.simulated) ? " (SIMULATED)" : "";
  const parts = place.nearKm > 0 ? `: ${count("in")} in it, ${count("near")} near it` : "";
  const seen = placed.filter(({ movement }) => movement.evidence === "seen").length;
  const possible = count("possible");
  const open =
    possible > 0
      ? ` ${counted(possible, "more landing")} may have been there: the field cannot be named, and one of the candidates lies there.`
      : "";
  if (placed.length === 0) return `No landing ${around} ${name} can be named${simulated}.${open}`;
  return `${counted(placed.length, "landing")} ${around} ${name} by ${counted(aircraft, "aircraft", "aircraft")}${simulated}${parts}. ${seen} of them ${seen === 1 ? "was" : "were"} seen, ${placed.length - seen} inferred.${open}`;
}

/** "RA-00762 (SIMULATED) landed at Piarco, Trinidad & Tobago (seen), Sat 15 Dec 2018 14:25Z (10:25 local); ..." */
function landingSentence({ movement, distanceStatement, relation }: LandingJson): string {
  const who = `${movement.registration ?? `Aircraft ${movement.hex}`}${movement.simulated ? " (SIMULATED)" : ""}`;
  const candidates = candidatesText(movement.candidates);
  const where = movement.airport
    ? `at ${placeInWords(movement)}`
    : movement.offAirport
      ? "on a surface that is no known airport"
      : `at a place that cannot be named${candidates ? ` (${candidates})` : ""}`;
  const when = hasTime(movement) ? datedText(whenText(movement)) : whenText(movement);
  const local = hasTime(movement) ? localPart(Date.parse(movement.time), movement.timeZone) : "";
  const far =
    relation === "in" || !distanceStatement ? "" : `, ${distanceStatement.replaceAll("+-", "±")}`;
  const landed = landedText(movement);
  const verb = movement.kind === "touch-and-go" ? "touched down and flew on" : landed;
  const basis = evidenceClassText(movement.class);
  const how =
    movement.evidence === "inferred"
      ? `Inferred: ${basis}`
      : /^seen\b/.test(basis)
        ? `S${basis.slice(1)}`
        : `Seen: ${basis}`;
  const doubt = /; in doubt: .*/.exec(movement.basis)?.[0].replace(/\.$/, "") ?? "";
  const sure =
    landed === UNSURE_TEXT
      ? `; probability ${probabilityText(movement.probability, movement)}`
      : "";
  return `${who} ${verb} ${where}, ${when}${local}${far}. ${how}${sure}${doubt}.`;
}

/** "about 2018-12-10 06:29Z" becomes "about 06:29Z on Mon 10 Dec 2018". */
function datedText(when: string): string {
  const match = /^(about )?(\d{4}-\d\d-\d\d) (\d\d:\d\dZ)$/.exec(when);
  if (!match) return when;
  const day = (localTime(Date.parse(`${match[2]}T00:00:00Z`), "UTC") ?? "").replace(/ \d\d:.*/, "");
  return `${match[1] ?? "at "}${match[3]} on ${day}`;
}

function notShownHere(parts: DossierParts): string[] {
  const lines = [`What the data covers: ${parts.coverage}.`];
  const partial = parts.inputs.filter(
    ({ issues }) => issues["truncated"] || issues["truncated-gzip"],
  ).length;
  if (partial > 0)
    lines.push(
      `${partial} of the inputs break off; what they do not show is not evidence of anything.`,
    );
  if (parts.journeysLeftOut > 0)
    lines.push(
      `${parts.journeysLeftOut} more journeys were found and left out for size; ask for their aircraft alone.`,
    );
  if (parts.captions) lines.push(CAPTIONS_NOT_SHOWN);
  if (parts.leftOut) lines.unshift(leftOutNotShown(parts.leftOut));
  const withheld = (parts.withheld ?? []).map(
    (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  );
  lines.unshift(...withheld);
  if (parts.simulated) lines.unshift("Anything that happened: every position here is SIMULATED.");
  return lines;
}
