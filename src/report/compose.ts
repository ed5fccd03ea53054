import type { Relation } from "../journey/where.js";
import type { DossierInput, DossierModel, JourneyModel } from "./dossier-model.js";
import type { JourneyJson } from "./journey-shape.js";
import type { LandingJson } from "./landing-shape.js";
import { METHOD_PARAMETERS, METHOD_TEXT, NEVER_SHOWN } from "./method-text.js";
import { aircraftText, journeySentence, movementSentence } from "./wording.js";

/** What a dossier is made of. */
export interface DossierParts {
  readonly title: string;
  readonly question: string;
  /** Place asked about, undefined when the question has none. */
  readonly place?: { readonly label: string; readonly nearKm: number } | undefined;
  readonly period: { readonly from: string; readonly to: string };
  readonly landings: readonly LandingJson[];
  /** Stops in gaps that could not be placed. */
  readonly unknownPlaceCount: number;
  /** Journeys found but left out for size. */
  readonly journeysLeftOut: number;
  readonly journeys: readonly JourneyModel[];
  readonly inputs: readonly DossierInput[];
  readonly coverage: string;
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

const FINDINGS_SHOWN = 40;

/** Puts findings into sentences, each of them no stronger than what it rests on. */
export function composeDossier(parts: DossierParts): DossierModel {
  return {
    schema: "wheelsdown/dossier/1",
    title: parts.title,
    question: parts.question,
    simulated: parts.simulated,
    version: parts.version,
    findings: findings(parts),
    period: parts.period,
    place: parts.place && {
      label: parts.place.label,
      statement:
        parts.place.nearKm > 0
          ? `In it, or within ${parts.place.nearKm} km of its land border or coast; distances are geodesic and carry their uncertainty.`
          : "In it, territorial sea included.",
    },
    landings: parts.landings.map(({ movement }) => movement),
    journeys: parts.journeys,
    inputs: parts.inputs,
    method: METHOD_TEXT,
    parameters: [
      ...METHOD_PARAMETERS,
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

function findings(parts: DossierParts): string[] {
  const sentences: string[] = [];
  if (parts.place) sentences.push(placeSentence(parts, parts.place));
  for (const landing of parts.landings.slice(0, FINDINGS_SHOWN))
    sentences.push(landingSentence(landing));
  if (parts.landings.length > FINDINGS_SHOWN) {
    sentences.push(
      `${parts.landings.length - FINDINGS_SHOWN} more landings are in the table below.`,
    );
  }
  for (const { journey } of parts.journeys)
    sentences.push(journeySentence(journey), ...openEndSentences(journey));
  if (parts.unknownPlaceCount > 0) {
    sentences.push(
      `${parts.unknownPlaceCount} more stops of the aircraft asked for lie in gaps, and nothing tells where; they can neither be placed here nor ruled out.`,
    );
  }
  if (sentences.length === 0)
    sentences.push("No landing that answers the question was found in this data.");
  return sentences;
}

function placeSentence(
  { landings }: DossierParts,
  place: { readonly label: string; readonly nearKm: number },
): string {
  const count = (relation: Relation) =>
    landings.filter((landing) => landing.relation === relation).length;
  const seen = landings.filter(({ movement }) => movement.evidence === "seen").length;
  const near = place.nearKm > 0 ? `, ${count("near")} within ${place.nearKm} km of it` : "";
  const possible = count("possible") > 0 ? `, ${count("possible")} possible` : "";
  return `${place.label}: ${count("in")} landings in it${near}${possible}; ${seen} of these ${landings.length} were seen, ${landings.length - seen} inferred.`;
}

function landingSentence({ movement, relation, distanceStatement }: LandingJson): string {
  const where = relation === "in" || !distanceStatement ? "" : ` (${distanceStatement})`;
  return `${aircraftText(movement)}: ${movementSentence(movement).replace(/\.$/, "")}${where}.`;
}

/** Where a journey begins or ends in the air, that is a finding: what came before or after was not heard. */
function openEndSentences(journey: JourneyJson): string[] {
  return journey.stops.flatMap((stop) => {
    if (!stop.openEnd) return [];
    const side = stop.openEnd === "after" ? "last" : "first";
    return `${aircraftText(journey)} was ${side} heard in the air at ${stop.lat}, ${stop.lon}; where it ${stop.openEnd === "after" ? "went" : "came from"} is not in this data.`;
  });
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
  if (parts.simulated) lines.unshift("Anything that happened: every position here is SIMULATED.");
  return lines;
}
