/**
 * KML of tracks for Google Earth and QGIS: one gx:Track for each contact, cut where its height is known in another way and
 * never drawn over a gap; gaps as dashes that say they were not observed; stops as placemarks with the time they lasted.
 */

import type { Gap } from "../track/gap.js";
import type { Track } from "../track/track.js";
import { isoSeconds, utcDay } from "../units/time.js";
import { type Captions, captionOfJourney, captionOfLanding, captionSentence } from "./captions.js";
import {
  exhibitSentences,
  exhibitsOf,
  markOf,
  receivedSentence,
  SIMULATED_SENTENCE,
  stopName,
  stopSentences,
  stopSpan,
} from "./export-words.js";
import { type HeightOptions, heightM, LEVEL_TEXT, type LevelRun, levelRuns } from "./heights.js";
import type { JourneyJson, StopJson } from "./journey-shape.js";
import { folder, kmlDocument, placemark, point } from "./kml-parts.js";
import { dashedLine } from "./lines.js";
import { type Pieces, slicesOf, textsOf, wholeText } from "./pieces.js";
import { gapJson, rounded } from "./shapes.js";
import {
  type ExportPart,
  exportParts,
  isSimulatedExport,
  linePoints,
  lineSpan,
  type TrackExport,
} from "./track-export.js";
import {
  aircraftText,
  gapLabel,
  gapSentence,
  journeySentence,
  legSentence,
  SHORTEST_PATH_NOTE,
} from "./wording.js";
import { htmlParagraphs } from "./xml-text.js";

/** How the document is to be read; stands in its description. */
const READING_SENTENCES = [
  "Solid lines are received positions. Each part says how its height is known: on the ground, above mean sea level, as pressure altitude, or not at all.",
  "Dashed lines join the two edges of a stretch in which nobody received the aircraft: the shortest path, not a route.",
  "A stop says whether it was seen or is inferred, and which rows of which input that rests on. Times are UTC.",
];

/**
 * Everything known of one aircraft, in folders: its journeys, or all of its contacts and gaps.
 *
 * @param captions what the author of a dossier says of stops and journeys; stands last in what is said of them
 */
export function trackKml(input: TrackExport, captions: Captions = new Map()): string {
  return wholeText(documentPieces([input], input.title, captions));
}

/**
 * Several aircraft, each in a folder of its own.
 *
 * @param title what the document is called, without the mark of simulation
 */
export function tracksKml(inputs: readonly TrackExport[], title: string): string {
  return wholeText(tracksKmlPieces(inputs, title));
}

/** The same, piece by piece. */
export function tracksKmlPieces(inputs: readonly TrackExport[], title: string): Generator<string> {
  return documentPieces(inputs, title, new Map());
}

function documentPieces(
  inputs: readonly TrackExport[],
  title: string,
  captions: Captions,
): Generator<string> {
  const simulated = inputs.some(isSimulatedExport);
  const sentences = [...(simulated ? [SIMULATED_SENTENCE] : []), ...READING_SENTENCES];
  const name = `${markOf(simulated)}${title}`;
  return kmlDocument(name, aircraftFolders(inputs, captions), htmlParagraphs(sentences));
}

function* aircraftFolders(inputs: readonly TrackExport[], captions: Captions): Generator<Pieces> {
  for (const input of inputs) {
    const folders = partFolders(input, captions);
    if (inputs.length === 1) yield* folders;
    else yield* folder(`${markOf(isSimulatedExport(input))}${input.title}`, folders);
  }
}

function* partFolders(input: TrackExport, captions: Captions): Generator<Pieces> {
  const mark = markOf(isSimulatedExport(input));
  for (const [index, part] of exportParts(input).entries()) {
    const { journey } = part;
    const folders = kindFolders(input, part, { mark, captions });
    if (!journey) {
      yield* folders;
      continue;
    }
    const { stops, legs } = journey;
    const caption = captionOfJourney(captions, journey);
    const sentences = [
      journeySentence(journey),
      ...legs.map((leg) => legSentence(leg, stops)),
      ...captionSentences(caption),
    ];
    yield* folder(journeyName(journey, index, mark), folders, htmlParagraphs(sentences));
  }
}

function captionSentences(caption: string | undefined): string[] {
  return caption === undefined ? [] : [captionSentence(caption)];
}

/** What stands before names, and behind what is said. */
interface Author {
  readonly mark: string;
  readonly captions: Captions;
}

function* kindFolders(input: TrackExport, part: ExportPart, author: Author): Generator<Pieces> {
  const { mark } = author;
  const stops = part.journey?.stops ?? [];
  yield* folder(
    "Stops",
    textsOf(stops, (stop) => stopPlacemark(stop, author)),
  );
  yield* folder("Contacts (received positions)", contactPlacemarks(input, part, mark));
  yield* folder(
    `Gaps (not observed: ${SHORTEST_PATH_NOTE})`,
    textsOf(part.gaps, (gap) => gapPlacemark(input.track, gap, mark)),
  );
}

/** @returns "Journey 1 of RA-00960 (1403c0), 2019-01-23 to 2019-01-24" */
export function journeyName(journey: JourneyJson, index: number, mark: string): string {
  const [from, to] = [utcDay(Date.parse(journey.from)), utcDay(Date.parse(journey.to))];
  const days = from === to ? from : `${from} to ${to}`;
  return `${mark}Journey ${index + 1} of ${aircraftText(journey)}, ${days}`;
}

function* contactPlacemarks(
  input: TrackExport,
  { contacts }: ExportPart,
  mark: string,
): Generator<Pieces> {
  const { track } = input;
  for (const [index, contact] of contacts.entries())
    for (const run of levelRuns(track, contact, input))
      yield* runPlacemark(track, run, { heights: input, name: `${mark}contact ${index + 1}` });
}

function* runPlacemark(
  track: Track,
  run: LevelRun,
  { heights, name }: { readonly heights: HeightOptions; readonly name: string },
): Generator<Pieces> {
  const span = lineSpan(track, run);
  if (!span) return;
  const { count, firstMs, lastMs } = span;
  const levelText = LEVEL_TEXT[run.level];
  yield placemark({
    name: `${name}, received from ${isoSeconds(firstMs)}: ${levelText}`,
    descriptionHtml: htmlParagraphs([
      receivedSentence(count, firstMs, lastMs),
      `Height: ${levelText}.`,
      ...exhibitSentences(exhibitsOf(track, run.start, run.end)),
    ]),
    style: "contact",
    geometry: trackElement(track, run, heights),
  });
}

/** First all times, then all places: the order of the schema. */
function* trackElement(track: Track, run: LevelRun, heights: HeightOptions): Generator<string> {
  const { level } = run;
  const isHigh = level === "sea-level" || level === "pressure";
  yield `<gx:Track><altitudeMode>${isHigh ? "absolute" : "clampToGround"}</altitudeMode>`;
  for (const slice of slicesOf(run))
    yield linePoints(track, slice)
      .map(({ timeMs }) => `<when>${isoSeconds(timeMs)}</when>`)
      .join("");
  for (const slice of slicesOf(run))
    yield linePoints(track, slice)
      .map(({ latDeg, lonDeg, index }) => {
        const altitudeM = rounded(heightM(track, index, level, heights), 1) ?? 0;
        return `<gx:coord>${lonDeg} ${latDeg} ${altitudeM}</gx:coord>`;
      })
      .join("");
  yield "</gx:Track>";
}

function gapPlacemark(track: Track, gap: Gap, mark: string): Pieces[] {
  const { last, next, from, to, ...rest } = gapJson(gap, track);
  if (last.lat === null || last.lon === null || next.lat === null || next.lon === null) return [];
  const lines = dashedLine([last.lon, last.lat], [next.lon, next.lat]).map(
    (dash) =>
      `<LineString><tessellate>1</tessellate><coordinates>${dash
        .map(([lon, lat]) => `${rounded(lon, 5)},${rounded(lat, 5)}`)
        .join(" ")}</coordinates></LineString>`,
  );
  if (lines.length === 0) return [];
  return [
    placemark({
      name: `${mark}${gapLabel(rest.durationS)}: ${SHORTEST_PATH_NOTE}`,
      descriptionHtml: htmlParagraphs([
        `Not observed. ${gapSentence({ last, next, from, to, ...rest })}`,
        "Last position before it:",
        ...exhibitSentences(exhibitsOf(track, gap.lastIndex, gap.lastIndex + 1)),
        "First position after it:",
        ...exhibitSentences(exhibitsOf(track, gap.nextIndex, gap.nextIndex + 1)),
      ]),
      span: { from, to },
      style: "gap",
      geometry: [`<MultiGeometry>${lines.join("")}</MultiGeometry>`],
    }),
  ];
}

function stopPlacemark(stop: StopJson, { mark, captions }: Author): Pieces[] {
  if (stop.lat === null || stop.lon === null) return [];
  const caption = stop.landing ? captionOfLanding(captions, stop.landing) : undefined;
  return [
    placemark({
      name: `${mark}${stopName(stop)}`,
      descriptionHtml: htmlParagraphs([...stopSentences(stop), ...captionSentences(caption)]),
      span: stopSpan(stop),
      style: stop.openEnd ? "open" : stop.evidence,
      geometry: [point(stop.lon, stop.lat)],
    }),
  ];
}
