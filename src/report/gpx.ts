/**
 * GPX 1.1: a track for each journey, in it a segment for each contact, so that no program draws a line where nobody heard
 * anything; waypoints for stops, and for the last position before each gap.
 */

import type { Contact, Gap } from "../track/gap.js";
import type { Track } from "../track/track.js";
import { isoSeconds } from "../units/time.js";
import {
  exhibitSentences,
  exhibitsOf,
  markOf,
  SIMULATED_SENTENCE,
  stopName,
  stopSentences,
} from "./export-words.js";
import { type HeightOptions, heightM, type LevelRun, levelRuns } from "./heights.js";
import type { StopJson } from "./journey-shape.js";
import { joined, type Pieces, slicesOf, textsOf, wholeText } from "./pieces.js";
import { gapJson, rounded } from "./shapes.js";
import {
  type ExportPart,
  exportParts,
  isSimulatedExport,
  linePoints,
  lineSpan,
  type TrackExport,
} from "./track-export.js";
import { journeyName } from "./track-kml.js";
import { gapLabel, gapSentence, SHORTEST_PATH_NOTE } from "./wording.js";
import { xmlText } from "./xml-text.js";

/** What stands in the file's description. */
const READING =
  "Segments are received positions; between segments nothing was received. ele of a point with geoidheight is metres above mean sea level (EGM96); ele without geoidheight is pressure altitude (1013.25 hPa) in metres; without ele the point is on the ground or its altitude is unknown. Times are UTC.";

/** One aircraft; see `tracksGpx`. */
export function trackGpx(
  input: Pick<TrackExport, "track" | "contacts" | "title"> & Partial<TrackExport>,
): string {
  return tracksGpx([{ gaps: [], journeys: [], ...input }], input.title);
}

/**
 * Every point of the contacts of any number of aircraft, with the stops of their journeys.
 *
 * @param title what the file is called, without the mark of simulation
 *
 * Source: GPX 1.1 schema, topografix.com/GPX/1/1: waypoints stand before tracks.
 */
export function tracksGpx(inputs: readonly TrackExport[], title: string): string {
  return wholeText(tracksGpxPieces(inputs, title));
}

/** The same, piece by piece. */
export function* tracksGpxPieces(inputs: readonly TrackExport[], title: string): Generator<string> {
  const simulated = inputs.some(isSimulatedExport);
  const description = `${simulated ? `${SIMULATED_SENTENCE} ` : ""}${READING}`;
  yield `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="wheelsdown" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>${xmlText(`${markOf(simulated)}${title}`)}</name><desc>${xmlText(description)}</desc></metadata>
`;
  yield* joined(elements(inputs), "\n");
  yield "\n</gpx>\n";
}

/** Waypoints of all aircraft, then their tracks. */
function* elements(inputs: readonly TrackExport[]): Generator<Pieces> {
  for (const input of inputs) {
    const mark = markOf(isSimulatedExport(input));
    for (const { journey, gaps } of exportParts(input)) {
      for (const stop of journey?.stops ?? []) yield* stopWaypoint(stop, mark);
      for (const gap of gaps) yield* gapWaypoint(input.track, gap, mark);
    }
  }
  for (const input of inputs) {
    const mark = markOf(isSimulatedExport(input));
    for (const [index, part] of exportParts(input).entries()) {
      const { journey } = part;
      const name = journey ? journeyName(journey, index, mark) : `${mark}${input.title}`;
      yield trackElement(input, part, name);
    }
  }
}

function* trackElement(
  input: TrackExport,
  { contacts }: ExportPart,
  name: string,
): Generator<string> {
  const { track } = input;
  const exhibits = contacts.flatMap(({ start, end }) => exhibitsOf(track, start, end));
  const comment = exhibitSentences(exhibits).join(" ");
  yield `<trk><name>${xmlText(name)}</name><cmt>${xmlText(comment)}</cmt><type>received</type>
`;
  const heard = contacts.filter((contact) => lineSpan(track, contact) !== undefined);
  yield* joined(
    textsOf(heard, (contact) => [segment(input, contact)]),
    "\n",
  );
  yield "\n</trk>";
}

function* segment(input: TrackExport, contact: Contact): Generator<string> {
  const { track } = input;
  yield "<trkseg>\n";
  for (const run of levelRuns(track, contact, input))
    for (const slice of slicesOf(run)) yield pointsOf(track, slice, input);
  yield "</trkseg>";
}

/** A line for each point. */
function pointsOf(track: Track, run: LevelRun, heights: HeightOptions): string {
  const lines = linePoints(track, run).map(({ timeMs, latDeg, lonDeg, index }) => {
    const altitudeM = rounded(heightM(track, index, run.level, heights), 1);
    const geoidM = rounded(heights.geoidHeightM?.(latDeg, lonDeg) ?? Number.NaN, 1);
    const ele = altitudeM === null ? "" : `<ele>${altitudeM}</ele>`;
    const geoid = run.level === "sea-level" ? `<geoidheight>${geoidM}</geoidheight>` : "";
    return `<trkpt ${place(latDeg, lonDeg)}>${ele}<time>${isoSeconds(timeMs)}</time>${geoid}</trkpt>\n`;
  });
  return lines.join("");
}

/** A longitude of GPX is less than 180 (longitudeType of the schema): 180 itself is written as -180. */
function place(latDeg: number, lonDeg: number): string {
  return `lat="${latDeg}" lon="${lonDeg === 180 ? -180 : lonDeg}"`;
}

function stopWaypoint(stop: StopJson, mark: string): Pieces[] {
  const { lat, lon, arrival, departure, openEnd, evidence } = stop;
  if (lat === null || lon === null) return [];
  const time = arrival ?? departure;
  return [
    waypoint(place(lat, lon), {
      time: time ?? undefined,
      name: `${mark}${stopName(stop)}`,
      description: stopSentences(stop).join(" "),
      type: openEnd ? "open end" : `stop, ${evidence}`,
    }),
  ];
}

function gapWaypoint(track: Track, gap: Gap, mark: string): Pieces[] {
  const json = gapJson(gap, track);
  const { lat, lon } = json.last;
  if (lat === null || lon === null) return [];
  return [
    waypoint(place(lat, lon), {
      time: json.from,
      name: `${mark}then ${gapLabel(json.durationS)}`,
      description: `${gapSentence(json)} What would join the two positions is the ${SHORTEST_PATH_NOTE}.`,
      type: "gap, not observed",
    }),
  ];
}

function waypoint(
  at: string,
  told: {
    readonly time: string | undefined;
    readonly name: string;
    readonly description: string;
    readonly type: string;
  },
): Pieces {
  const time = told.time === undefined ? "" : `<time>${told.time}</time>`;
  return [
    `<wpt ${at}>${time}<name>${xmlText(told.name)}</name><desc>${xmlText(told.description)}</desc><type>${told.type}</type></wpt>`,
  ];
}
