import type { DossierAnswerJson, DossierEventJson } from "../../api/dossier-shapes.js";
import { askedFiles } from "../../query/asked-files.js";
import type { Choice, JourneyEvent, LandingEvent } from "../../query/choose-events.js";
import { askedOptions } from "../../query/command-line.js";
import { listedFiles } from "../../query/dossier-files.js";
import { packetZip } from "../../query/dossier-zip.js";
import { type MadeDossier, makeDossier, refuseRecent } from "../../query/make-dossier.js";
import { type Showing, withholdingOf } from "../../query/withhold.js";
import { type Captions, captionsById } from "../../report/captions.js";
import { PAGE_NAME } from "../../report/dossier-manifest.js";
import type { LeftOutModel } from "../../report/left-out.js";
import { shortAirportName } from "../../report/place-words.js";
import { movementJson, textOrNull } from "../../report/shapes.js";
import { candidatesText } from "../../report/wording.js";
import { isoSeconds } from "../../units/time.js";
import { type Answer, type Asking, toolsFor } from "../asking.js";
import type { ShelvedDossier } from "../dossier-shelf.js";
import { dossierOptions } from "../parameters.js";
import { aboutParameters } from "../problem.js";

/** chosen: a document of some thousand rows still opens in a browser; each aircraft's whole track is read for it */
const LIMITS = { landings: 2_000, aircraft: 300 };

/** `/api/dossier`: the files that `wheelsdown dossier` writes, byte for byte. */
export async function dossierAnswer(asking: Asking): Promise<Answer> {
  const { files, policy, answer } = await dossierFor(asking);
  switch (asking.format) {
    case "html":
      return { kind: "page", text: files.get(PAGE_NAME) ?? "", policy };
    case "zip":
      return { kind: "download", bytes: packetZip(files), name: "dossier.zip" };
    default:
      return { kind: "json", value: answer };
  }
}

/** Makes the dossier, unless it is the one made last: of the same question, lake and files of fleets. */
async function dossierFor(asking: Asking): Promise<ShelvedDossier> {
  const { served, values } = asking;
  try {
    const limit = served.showing();
    const options = {
      ...dossierOptions(values, served.lakeName),
      ...(limit.includePrivate && { includePrivate: true }),
    };
    // As the command has it: the limit of time may refuse a dossier and never cuts it.
    const showing: Showing = { ...limit, untilMs: undefined, liftedBy: "command" };
    const tools = await toolsFor(asking, {}, showing);
    const { generation } = await served.lake.status();
    const key = JSON.stringify([askedOptions(options), generation, await askedFiles(options)]);
    const kept = served.dossiers.find(key);
    if (kept) {
      refuseRecent(kept, limit);
      return kept;
    }
    const made = await makeDossier(options, tools, LIMITS);
    refuseRecent(made, limit);
    const { files, policy, latestMs } = made;
    const notes = [...tools.notes, ...withholdingOf(tools.lake).lines()];
    const one = { files, policy, latestMs, answer: answerJson(made, notes) };
    served.dossiers.put(key, one);
    return one;
  } catch (error) {
    throw aboutParameters(error, values);
  }
}

/** chosen: two lines of a list; the dossier has all */
const CANDIDATES_SHOWN = 3;

const NOTHING: LeftOutModel = { ids: [], landings: 0, possible: 0, journeys: 0, stillTold: 0 };

function answerJson(
  { model, choice, files }: MadeDossier,
  notes: readonly string[],
): DossierAnswerJson {
  const told = choice.journeys.filter(({ isLeftOut }) => !isLeftOut).length;
  const possible = choice.landings.filter(
    ({ found, isLeftOut }) => !isLeftOut && found.placed.relation === "possible",
  );
  const { ids: _ids, ...leftOut } = model.leftOut ?? NOTHING;
  return {
    schema: "wheelsdown/dossier-answer/1",
    title: model.title,
    question: model.question,
    command: model.command,
    simulated: model.simulated,
    lead: model.findings[0] ?? "",
    landingCount: model.landings.length,
    possibleCount: possible.length,
    journeyCount: model.journeys.length,
    journeysNotShown: told - model.journeys.length,
    leftOut,
    events: eventsOf(choice, captionsById(model.captions)),
    files: listedFiles(files),
    notes,
  };
}

function eventsOf({ landings, journeys }: Choice, captions: Captions): DossierEventJson[] {
  return [...landings.map(landingEvent), ...journeys.map(journeyEvent)].map((event) => ({
    ...event,
    caption: textOrNull(captions.get(event.id)),
  }));
}

type PlainEvent = Omit<DossierEventJson, "caption">;

function landingEvent({ id, found, journeyIds, isLeftOut }: LandingEvent): PlainEvent {
  const movement = movementJson(found.movement, found.identity);
  const { hex, registration, time, timeFrom, timeTo, airport, airportName, offAirport } = movement;
  const name = airportName === null ? "" : ` ${shortAirportName(airportName)}`;
  const candidates = candidatesText(movement.candidates.slice(0, CANDIDATES_SHOWN));
  const unnamed = offAirport
    ? "no known airport"
    : `airport not named${candidates ? `: ${candidates}` : ""}`;
  return {
    id,
    kind: "landing",
    hex,
    registration,
    time,
    timeFrom,
    timeTo,
    text: airport === null ? unnamed : `${airport}${name}`,
    evidence: airport === null && !offAirport ? "possible" : movement.evidence,
    journey: textOrNull(journeyIds[0]),
    isLeftOut,
    simulated: movement.simulated,
  };
}

function journeyEvent({ id, journey, found, isLeftOut }: JourneyEvent): PlainEvent {
  const places = journey.stops.map(
    ({ airport, openEnd }) => airport?.ident ?? (openEnd ? "…" : "?"),
  );
  return {
    id,
    kind: "journey",
    hex: journey.address,
    registration: textOrNull(found.identity.registration),
    time: isoSeconds(journey.fromMs),
    timeFrom: isoSeconds(journey.fromMs),
    timeTo: isoSeconds(journey.toMs),
    text: places.join(" – "),
    evidence: null,
    journey: null,
    isLeftOut,
    simulated: journey.simulated,
  };
}
