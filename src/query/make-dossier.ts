/** Answers a question out of a lake and makes the packet of it: the command and the server give the same bytes. */

import { createHash } from "node:crypto";
import type { Address } from "../aircraft/address.js";
import { saidInFormat } from "../formats/terms.js";
import { VERSION } from "../io/version.js";
import type { Lake } from "../lake/lake.js";
import { ENGINE_VERSION } from "../movement/engine-version.js";
import { loadGeoid } from "../reference/geoid.js";
import { captionsById } from "../report/captions.js";
import { composeDossier } from "../report/compose.js";
import { dossierPolicy } from "../report/dossier.js";
import { measurementOf, type RestsOn } from "../report/dossier-manifest.js";
import type { DossierInput, DossierModel, JourneyModel } from "../report/dossier-model.js";
import { buildJourneyModel } from "../report/journey-model.js";
import { landingJson } from "../report/landing-shape.js";
import { type LeftOutModel, leftOutMark } from "../report/left-out.js";
import { questionSentence, titleText } from "../report/question-text.js";
import { inputJson } from "../report/shapes.js";
import { counted } from "../units/counted.js";
import { WheelsdownError } from "../units/errors.js";
import { isoSeconds } from "../units/time.js";
import { askForAircraft, askForLandings, type LandingAnswer } from "./ask-lake.js";
import { askedFiles } from "./asked-files.js";
import {
  type Choice,
  chooseCaptions,
  chooseEvents,
  journeyId,
  keptJourneys,
} from "./choose-events.js";
import { askedOptions, commandLine } from "./command-line.js";
import { loadDossierAssets, packetFiles } from "./dossier-files.js";
import { type DossierOptions, readCaptions, readDossierOptions } from "./dossier-options.js";
import { askedFor, periodOf, shapeOf } from "./dossier-words.js";
import { type FoundJourneys, findJourneys } from "./find-journeys.js";
import { kmlOf } from "./journey-kml.js";
import { LeftOut } from "./kept-positions.js";
import type { QuestionOptions } from "./question.js";
import { type LakeWeigher, lakeWeigher } from "./weigh-lake.js";
import { coverageSentence, type LakeTools } from "./with-lake.js";
import { liftWords, type Showing, withholdingOf } from "./withhold.js";

/** More would make a file that browsers load slowly; the rest is one question per aircraft away. */
export const JOURNEYS_SHOWN = 12;

/** A packet, and what it was chosen from. */
export interface MadeDossier {
  /** By name; the manifest is the last one. */
  readonly files: ReadonlyMap<string, string>;
  readonly model: DossierModel;
  readonly choice: Choice;
  /** The last moment that its question or a position in it reaches to, as far as the lake does; -Infinity for a simulated one. */
  readonly latestMs: number;
  /** The content security policy that the page carries, for whoever serves it. */
  readonly policy: string;
}

/** How large an answer may be; whoever waits at a terminal needs no limit. */
export interface DossierLimits {
  readonly landings: number;
  readonly aircraft: number;
}

/**
 * Gathers the answer and makes the files of the packet. No clock has a part in it: whether it reaches into a time that is
 * withheld is for `refuseRecent` to say.
 *
 * @param limits none when left out
 * @throws WheelsdownError "usage" as `readDossierOptions` and for more than the limits allow, "unknown-name" as
 *   `chooseEvents`, "interrupted" between two steps
 */
export async function makeDossier(
  given: DossierOptions,
  tools: LakeTools,
  limits?: DossierLimits,
): Promise<MadeDossier> {
  const checked = readDossierOptions(given);
  const { lake, reference, question, notices } = tools;
  const weigher = lakeWeigher(tools, checked.coverage !== false);
  const answer = await askForLandings(lake, question, { airports: reference.airports, weigher });
  const leftOut = new LeftOut();
  const wanted = await aircraftFor(answer, checked, tools);
  checkLimits(answer.landings.length, wanted.length, limits);
  const found = await journeysFor(answer, checked, { ...tools, wanted, weigher, leftOut });
  const choice = chooseEvents(answer.landings, found, {
    ids: checked.leaveOut ?? [],
    isByName: isByName(checked),
  });
  const options = withCaptionsTold(checked, choice, notices);
  notices.checkInterrupt();
  const kept = keptJourneys(choice);
  const model = await modelOf({ options, answer, found, choice, kept, leftOut, weigher }, tools);
  if (choice.landings.length === 0 && choice.journeys.length === 0)
    notices.warn("nothing in the lake answers this question; the dossier says so");
  leftOut.tell("journeys", notices, true);
  notices.checkInterrupt();
  const assets = await loadDossierAssets();
  const coverage = measurementOf(weigher.source());
  const heights = kept.length > 0 ? { geoidHeightM: await loadGeoid() } : {};
  const files = packetFiles({
    model,
    tracks: kept.map((one) => ({
      address: one.track.address,
      kml: kmlOf(one, markOf(one, choice), { ...heights, captions: captionsById(model.captions) }),
    })),
    question: askedOptions(options),
    restsOn: { ...(await restsOnOf(options, tools)), coverage },
    assets,
  });
  const latestMs = await latestOf(tools, kept);
  return { files, model, choice, latestMs, policy: dossierPolicy(assets) };
}

/** A caption goes with the event that is left out, and with it out of the command: the same dossier has one command. */
function withCaptionsTold(
  { caption, ...options }: DossierOptions,
  choice: Choice,
  notices: LakeTools["notices"],
): DossierOptions {
  if (caption === undefined) return options;
  const { told, gone } = chooseCaptions(readCaptions(caption), choice);
  if (gone.length > 0)
    notices.warn(
      `${counted(gone.length, "caption")} not told, because what ${gone.length === 1 ? "it belongs" : "they belong"} to is left out: ${gone.map(({ id }) => id).join(", ")}`,
    );
  const shown = new Set(firstOf(keptJourneys(choice), JOURNEYS_SHOWN).flatMap(idsOf));
  const hidden = told.filter(({ id }) => id.startsWith("journey-") && !shown.has(id));
  if (hidden.length > 0)
    notices.warn(
      `${counted(hidden.length, "caption")} of journeys that are not shown, for size, only in the KML of their tracks: ${hidden.map(({ id }) => id).join(", ")}`,
    );
  return told.length === 0
    ? options
    : { ...options, caption: told.map(({ id, text }) => `${id}=${text}`) };
}

function idsOf({ journeys }: FoundJourneys): string[] {
  return journeys.map(journeyId);
}

interface Gathered {
  readonly options: DossierOptions;
  readonly answer: LandingAnswer;
  /** All journeys that belong to the answer, and those of them that are told. */
  readonly found: readonly FoundJourneys[];
  readonly kept: readonly FoundJourneys[];
  readonly choice: Choice;
  readonly leftOut: LeftOut;
  readonly weigher: LakeWeigher;
}

async function modelOf(gathered: Gathered, tools: LakeTools): Promise<DossierModel> {
  const { options, answer, found, choice, kept, leftOut, weigher } = gathered;
  const { lake, reference, question } = tools;
  const told = choice.landings.filter(({ isLeftOut }) => !isLeftOut);
  const [holdings, notKept] = await Promise.all([lake.holdings(), lake.notKept()]);
  const asked = askedFor(options, question, found);
  const journeyCount = kept.flatMap(({ journeys }) => journeys).length;
  const addresses = new Set([
    ...told.map(({ found: { movement } }) => movement.address),
    ...kept.map(({ track }) => track.address),
  ]);
  return composeDossier({
    title: options.title ?? titleText(asked),
    question: questionSentence(asked),
    note: options.note,
    captions: options.caption && readCaptions(options.caption),
    leftOut: leftOutOf(choice, options),
    place: question.place && {
      label: question.place.area.label,
      nearKm: Math.round(question.place.nearM / 1000),
      shape: shapeOf(question.place.area),
    },
    period: periodOf(question, [...holdings.days, ...notKept.days].sort()),
    landings: told.map((one) => landingJson(one.found)),
    unknownPlaceCount: answer.unknownPlace.length,
    journeysLeftOut: Math.max(0, journeyCount - JOURNEYS_SHOWN),
    journeys: firstOf(kept, JOURNEYS_SHOWN).flatMap(modelsOf),
    inputs: await inputsOf(lake, addresses),
    withheld: withholdingOf(lake).lines(),
    coverage: [await coverageSentence(lake, question), ...wordsOf(leftOut)].join("; "),
    weighed: weigher.source(),
    tables: reference.provenance,
    version: { version: VERSION, engineVersion: ENGINE_VERSION },
    command: commandLine("dossier", options),
    simulated: holdings.simulated ?? false,
  });
}

/** Counts what the author left out; undefined when nothing was. */
function leftOutOf(
  { landings, journeys }: Choice,
  { leaveOut = [] }: DossierOptions,
): LeftOutModel | undefined {
  if (leaveOut.length === 0) return undefined;
  const gone = new Set(journeys.flatMap(({ id, isLeftOut }) => (isLeftOut ? [id] : [])));
  const left = landings.filter(({ isLeftOut }) => isLeftOut);
  return {
    ids: leaveOut,
    landings: left.length,
    possible: left.filter(({ found }) => found.placed.relation === "possible").length,
    journeys: gone.size,
    stillTold: left.filter(({ journeyIds }) => journeyIds.some((id) => !gone.has(id))).length,
  };
}

/** What stands behind the name of a track's file when journeys of it were left out. */
function markOf({ track }: FoundJourneys, { journeys }: Choice): string {
  const gone = journeys.filter(
    ({ found, isLeftOut }) => isLeftOut && found.track.address === track.address,
  );
  return gone.length === 0
    ? ""
    : leftOutMark({ landings: 0, possible: 0, journeys: gone.length, stillTold: 0 });
}

function checkLimits(landingCount: number, aircraftCount: number, limits?: DossierLimits): void {
  if (!limits || (landingCount <= limits.landings && aircraftCount <= limits.aircraft)) return;
  throw new WheelsdownError(
    "usage",
    `the answer has ${landingCount} landings, and journeys of ${aircraftCount} aircraft; at most ${limits.landings} and ${limits.aircraft} are put into a dossier here: narrow the question, or make it with \`wheelsdown dossier\``,
  );
}

/**
 * What an answer of this lake to this question depends on, coverage apart, which only the answer itself tells.
 *
 * @throws WheelsdownError as `askedFiles`
 */
async function restsOnOf(
  options: QuestionOptions,
  { lake, reference }: Pick<LakeTools, "lake" | "reference">,
): Promise<Omit<RestsOn, "coverage">> {
  const hashes = (await lake.inputs())
    .map(({ sha256, format }) => `${sha256} ${saidInFormat(format)}`.trimEnd())
    .sort();
  const all = createHash("sha256");
  for (const sha256 of hashes) all.update(`${sha256}\n`);
  return {
    tables: reference.provenance.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
    lake: { inputCount: hashes.length, inputsSha256: all.digest("hex") },
    files: await askedFiles(options),
  };
}

function wordsOf(leftOut: LeftOut): string[] {
  const words = leftOut.words("journeys");
  return words === undefined ? [] : [words];
}

function isByName({ aircraft, hex }: QuestionOptions): boolean {
  return aircraft !== undefined || hex !== undefined;
}

/** Aircraft whose journeys belong to the answer: those asked for by name, else those that landed. */
async function aircraftFor(
  answer: LandingAnswer,
  options: QuestionOptions,
  { lake, question }: LakeTools,
): Promise<Address[]> {
  if (isByName(options)) return await askForAircraft(lake, question);
  return [...new Set(answer.landings.map(({ movement }) => movement.address))].sort();
}

/** Journeys of the aircraft asked for by name, else those that hold one of the landings found. */
async function journeysFor(
  answer: LandingAnswer,
  options: QuestionOptions,
  tools: LakeTools & {
    readonly wanted: readonly Address[];
    readonly weigher: LakeWeigher;
    readonly leftOut: LeftOut;
  },
): Promise<FoundJourneys[]> {
  const { lake, question, reference, weigher, leftOut, wanted, notices } = tools;
  const found: FoundJourneys[] = [];
  const { fromMs, toMs } = question;
  for await (const one of findJourneys(lake, wanted, {
    airports: reference.airports,
    weigher,
    fromMs,
    toMs,
    leftOut,
  })) {
    notices.checkInterrupt();
    const journeys = isByName(options)
      ? one.journeys
      : one.journeys.filter((journey) => holdsLanding(journey.stops, answer));
    if (journeys.length > 0) found.push({ ...one, journeys });
  }
  return found;
}

function holdsLanding(
  stops: FoundJourneys["journeys"][number]["stops"],
  answer: LandingAnswer,
): boolean {
  return stops.some(
    ({ landing }) =>
      landing &&
      answer.landings.some(
        ({ movement }) =>
          movement.address === landing.address && movement.timeMs === landing.timeMs,
      ),
  );
}

/** So many journeys, with what they were read from: no more of them are worked out than are shown. */
function firstOf(found: readonly FoundJourneys[], count: number): FoundJourneys[] {
  let left = count;
  return found.map((one) => {
    const journeys = one.journeys.slice(0, left);
    left -= journeys.length;
    return { ...one, journeys };
  });
}

function modelsOf({ analysis, journeys, identity }: FoundJourneys): JourneyModel[] {
  const { contacts, gaps, clean } = analysis;
  return journeys.map((journey) =>
    buildJourneyModel({ journey, track: clean.track, contacts, gaps, identity }),
  );
}

async function inputsOf(lake: Lake, addresses: ReadonlySet<Address>): Promise<DossierInput[]> {
  const identities = await lake.identities();
  const wanted = new Set(
    identities
      .filter(({ address }) => addresses.has(address))
      .map(({ inputSha256 }) => inputSha256),
  );
  return (await lake.inputs())
    .filter(({ sha256 }) => wanted.has(sha256))
    .map((input) => ({
      ...inputJson({
        file: input.file,
        sha256: input.sha256,
        format: input.format,
        rows: input.rowCount,
        kept: input.keptCount,
        issues: Object.fromEntries(input.issues.map(({ kind, count }) => [kind, count])),
        simulated: input.simulated,
      }),
      ...(input.licence && { licence: input.licence }),
    }));
}

async function latestOf(
  { lake, question }: LakeTools,
  kept: readonly FoundJourneys[],
): Promise<number> {
  const { lastMs, isSimulated } = await lake.withholdable();
  if (isSimulated) return Number.NEGATIVE_INFINITY;
  const ends = kept.map(({ track }) => track.timeMs[track.length - 1]!);
  return Math.max(Math.min(question.toMs ?? lastMs, lastMs), ...ends);
}

/**
 * A dossier is never cut: the same question of the same lake must give the same bytes at any time.
 *
 * @param untilMs as in `Showing`
 * @throws WheelsdownError "withheld" when it holds what is too recent
 */
export function refuseRecent(
  { latestMs }: Pick<MadeDossier, "latestMs">,
  { untilMs, liftedBy }: Pick<Showing, "untilMs" | "liftedBy">,
): void {
  if (untilMs === undefined || latestMs <= untilMs) return;
  throw new WheelsdownError(
    "withheld",
    `the dossier would reach to ${isoSeconds(latestMs)}, and what is later than ${isoSeconds(untilMs)} is younger than 24 h and ` +
      "withheld; a dossier is never cut silently, and holds the whole tracks of its aircraft: let its period end earlier, " +
      `wait until it is a day old, or ask a lake without the last days; ${liftWords("recent", liftedBy)} it`,
  );
}
