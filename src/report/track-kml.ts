/**
 * KML of tracks for Google Earth and QGIS: one gx:Track for each contact, cut where its height is known in another way and
 * never drawn over a gap; gaps as dashes that say they were not observed; stops as placemarks with the time they lasted.
 */

import type { Gap } from "../track/gap.js";
import type { Track } from "../track/track.js";
import { isoSeconds, utcDay } from "../units/time.js";
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
import { gapJson, rounded } from "./shapes.js";
import {
  type ExportPart,
  exportParts,
  isSimulatedExport,
  linePoints,
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

/** Everything known of one aircraft, in folders: its journeys, or all of its contacts and gaps. */
export function trackKml(input: TrackExport): string {
  return tracksKml([input], input.title);
}

/**
 * Several aircraft, each in a folder of its own.
 *
 * @param title what the document is called, without the mark of simulation
 */
export function tracksKml(inputs: readonly TrackExport[], title: string): string {
  const simulated = inputs.some(isSimulatedExport);
  const features =
    inputs.length === 1
      ? partFolders(inputs[0]!)
      : inputs.flatMap((input) =>
          folder(`${markOf(isSimulatedExport(input))}${input.title}`, partFolders(input)),
        );
  const sentences = [...(simulated ? [SIMULATED_SENTENCE] : []), ...READING_SENTENCES];
  return kmlDocument(`${markOf(simulated)}${title}`, features, htmlParagraphs(sentences));
}

function partFolders(input: TrackExport): string[] {
  const mark = markOf(isSimulatedExport(input));
  return exportParts(input).flatMap((part, index) => {
    const { journey } = part;
    const folders = [
      ...folder("Stops", journey ? journey.stops.flatMap((stop) => stopPlacemark(stop, mark)) : []),
      ...folder("Contacts (received positions)", contactPlacemarks(input, part, mark)),
      ...folder(
        `Gaps (not observed: ${SHORTEST_PATH_NOTE})`,
        part.gaps.flatMap((gap) => gapPlacemark(input.track, gap, mark)),
      ),
    ];
    if (!journey) return folders;
    const { stops, legs } = journey;
    const sentences = [journeySentence(journey), ...legs.map((leg) => legSentence(leg, stops))];
    return folder(journeyName(journey, index, mark), folders, htmlParagraphs(sentences));
  });
}

/** @returns "Journey 1 of RA-00960 (1403c0), 2019-01-23 to 2019-01-24" */
export function journeyName(journey: JourneyJson, index: number, mark: string): string {
  const [from, to] = [utcDay(Date.parse(journey.from)), utcDay(Date.parse(journey.to))];
  const days = from === to ? from : `${from} to ${to}`;
  return `${mark}Journey ${index + 1} of ${aircraftText(journey)}, ${days}`;
}

function contactPlacemarks(input: TrackExport, { contacts }: ExportPart, mark: string): string[] {
  const { track } = input;
  return contacts.flatMap((contact, index) =>
    levelRuns(track, contact, input).flatMap((run) =>
      runPlacemark(track, run, { heights: input, name: `${mark}contact ${index + 1}` }),
    ),
  );
}

function runPlacemark(
  track: Track,
  run: LevelRun,
  { heights, name }: { readonly heights: HeightOptions; readonly name: string },
): string[] {
  const { level } = run;
  const points = linePoints(track, run);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const whens = points.map(({ timeMs }) => `<when>${isoSeconds(timeMs)}</when>`);
  const coords = points.map(({ latDeg, lonDeg, index }) => {
    const altitudeM = rounded(heightM(track, index, level, heights), 1) ?? 0;
    return `<gx:coord>${lonDeg} ${latDeg} ${altitudeM}</gx:coord>`;
  });
  const isHigh = level === "sea-level" || level === "pressure";
  const mode = isHigh ? "absolute" : "clampToGround";
  const levelText = LEVEL_TEXT[level];
  return [
    placemark({
      name: `${name}, received from ${isoSeconds(first.timeMs)}: ${levelText}`,
      descriptionHtml: htmlParagraphs([
        receivedSentence(points.length, first.timeMs, last.timeMs),
        `Height: ${levelText}.`,
        ...exhibitSentences(exhibitsOf(track, run.start, run.end)),
      ]),
      style: "contact",
      geometry: `<gx:Track><altitudeMode>${mode}</altitudeMode>${whens.join("")}${coords.join("")}</gx:Track>`,
    }),
  ];
}

function gapPlacemark(track: Track, gap: Gap, mark: string): string[] {
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
      geometry: `<MultiGeometry>${lines.join("")}</MultiGeometry>`,
    }),
  ];
}

function stopPlacemark(stop: StopJson, mark: string): string[] {
  if (stop.lat === null || stop.lon === null) return [];
  return [
    placemark({
      name: `${mark}${stopName(stop)}`,
      descriptionHtml: htmlParagraphs(stopSentences(stop)),
      span: stopSpan(stop),
      style: stop.openEnd ? "open" : stop.evidence,
      geometry: point(stop.lon, stop.lat),
    }),
  ];
}
