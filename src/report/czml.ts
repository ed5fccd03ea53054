/**
 * CZML for Cesium: a document packet with a clock, a packet of sampled positions for each stretch of a contact, gaps as
 * dashed lines that no aircraft moves along, stops as points. Heights are above the WGS 84 ellipsoid, as CZML has them.
 *
 * Source: CZML Guide, github.com/AnalyticalGraphicsInc/czml-writer/wiki/CZML-Guide.
 */

import type { Gap } from "../track/gap.js";
import type { Track } from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
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
import { ellipsoidHeightM, LEVEL_TEXT, type LevelRun, levelRuns } from "./heights.js";
import type { StopJson } from "./journey-shape.js";
import { joined, jsonPieces, type Pieces, slicesOf, wholeText } from "./pieces.js";
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
import { htmlParagraphs } from "./xml-text.js";

type Packet = Readonly<Record<string, unknown>>;
type Rgba = readonly [number, number, number, number];

const CONTACT_COLOUR: Rgba = [11, 98, 184, 255];
const GAP_COLOUR: Rgba = [168, 91, 0, 200];
const SEEN_COLOUR: Rgba = [25, 113, 61, 255];
const INFERRED_COLOUR: Rgba = [149, 80, 0, 255];
const OPEN_COLOUR: Rgba = [102, 112, 129, 255];
const CLEAR: Rgba = [255, 255, 255, 0];

/** chosen: an hour of a journey passes in a minute */
const CLOCK_MULTIPLIER = 60;

/**
 * Any number of aircraft, packets one per line of a JSON array.
 *
 * @param title what the document is called, without the mark of simulation
 */
export function tracksCzml(inputs: readonly TrackExport[], title: string): string {
  return wholeText(tracksCzmlPieces(inputs, title));
}

/** The same, piece by piece. */
export function* tracksCzmlPieces(
  inputs: readonly TrackExport[],
  title: string,
): Generator<string> {
  yield "[\n";
  yield* joined(packetTexts(inputs, title), ",\n");
  yield "\n]\n";
}

function* packetTexts(inputs: readonly TrackExport[], title: string): Generator<Pieces> {
  const simulated = inputs.some(isSimulatedExport);
  const span = spanOf(inputs);
  yield text(documentPacket(`${markOf(simulated)}${title}`, simulated, span));
  for (const input of inputs) yield* trackPackets(input, span);
}

function text(packet: Packet): Pieces {
  return [JSON.stringify(packet)];
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** First and last time of what is written; undefined when nothing is. */
function spanOf(inputs: readonly TrackExport[]): Span | undefined {
  const all = inputs.flatMap((input) =>
    exportParts(input).flatMap(({ contacts }) =>
      contacts.map(({ start, end }) => ({
        fromMs: input.track.timeMs[start]!,
        toMs: input.track.timeMs[end - 1]!,
      })),
    ),
  );
  if (all.length === 0) return undefined;
  return all.reduce((span, one) => ({
    fromMs: Math.min(span.fromMs, one.fromMs),
    toMs: Math.max(span.toMs, one.toMs),
  }));
}

function documentPacket(name: string, simulated: boolean, span: Span | undefined): Packet {
  const clock = span && {
    interval: `${isoSeconds(span.fromMs)}/${isoSeconds(span.toMs)}`,
    currentTime: isoSeconds(span.fromMs),
    multiplier: CLOCK_MULTIPLIER,
    range: "LOOP_STOP",
    step: "SYSTEM_CLOCK_MULTIPLIER",
  };
  return {
    id: "document",
    name,
    version: "1.0",
    description: htmlParagraphs([
      ...(simulated ? [SIMULATED_SENTENCE] : []),
      "Solid lines are received positions; dashed lines join the edges of a stretch in which nobody received the aircraft. Times are UTC.",
    ]),
    ...(clock && { clock }),
  };
}

function* trackPackets(input: TrackExport, span: Span | undefined): Generator<Pieces> {
  const mark = markOf(isSimulatedExport(input));
  const root = input.track.address;
  yield text({ id: root, name: `${mark}${input.title}` });
  for (const [index, part] of exportParts(input).entries()) {
    const { journey } = part;
    const id = journey ? `${root}/journey-${index + 1}` : root;
    if (journey) yield text({ id, name: journeyName(journey, index, mark), parent: root });
    yield* partPackets(input, part, { id, mark, span });
  }
}

interface Within {
  /** Of the packet that holds them. */
  readonly id: string;
  readonly mark: string;
  readonly span: Span | undefined;
}

function* partPackets(input: TrackExport, part: ExportPart, within: Within): Generator<Pieces> {
  const { track } = input;
  const { id: parent } = within;
  for (const [index, contact] of part.contacts.entries())
    for (const [at, run] of levelRuns(track, contact, input).entries()) {
      const id = `${parent}/contact-${index + 1}-${at + 1}`;
      yield* runPacket(input, run, { ...within, id, parent });
    }
  for (const [index, gap] of part.gaps.entries()) {
    const id = `${parent}/gap-${index + 1}`;
    for (const packet of gapPacket(track, gap, { ...within, id }))
      yield text({ ...packet, parent });
  }
  for (const stop of part.journey?.stops ?? []) {
    const id = `${parent}/stop-${stop.number}`;
    for (const packet of stopPacket(stop, { ...within, id })) yield text({ ...packet, parent });
  }
}

function* runPacket(
  input: TrackExport,
  run: LevelRun,
  { id, mark, span, parent }: Within & { readonly parent: string },
): Generator<Pieces> {
  const { track } = input;
  const heard = lineSpan(track, run);
  if (!heard || !span) return;
  const { level } = run;
  const { count, firstMs, lastMs } = heard;
  const isHigh = level === "sea-level" || level === "pressure";
  const colour = { rgba: CONTACT_COLOUR };
  const look = { width: 3, material: solid(colour) };
  // Shown from the beginning of the document to its end, wherever its clock stands.
  const allS = Math.ceil((span.toMs - span.fromMs) / SECOND_MS);
  const line = (place: string) =>
    isHigh
      ? { path: { ...look, leadTime: allS, trailTime: allS } }
      : { polyline: groundLine(place, look) };
  const epochMs = Math.floor(firstMs / SECOND_MS) * SECOND_MS;
  const packet = (place: string) => ({
    id,
    name: `${mark}received from ${isoSeconds(firstMs)}: ${LEVEL_TEXT[level]}`,
    description: htmlParagraphs([
      receivedSentence(count, firstMs, lastMs),
      `Height: ${LEVEL_TEXT[level]}.`,
      ...exhibitSentences(exhibitsOf(track, run.start, run.end)),
    ]),
    properties: { kind: "contact", evidence: "seen", height: level, simulated: mark !== "" },
    position: sampledPosition(epochMs, place),
    point: {
      pixelSize: 8,
      color: colour,
      heightReference: isHigh ? "NONE" : "CLAMP_TO_GROUND",
    },
    ...line(place),
    parent,
  });
  const samples = samplesOf(input, run, epochMs);
  yield jsonPieces(packet, isHigh ? [samples] : [samples, groundPlaces(track, run)]);
}

/** @param degrees seconds since the epoch, longitude, latitude and height of each; before and after them is no position */
function sampledPosition(epochMs: number, degrees: string): Packet {
  return {
    epoch: isoSeconds(epochMs),
    interpolationAlgorithm: "LINEAR",
    interpolationDegree: 1,
    forwardExtrapolationType: "NONE",
    backwardExtrapolationType: "NONE",
    cartographicDegrees: degrees,
  };
}

function* samplesOf(
  input: TrackExport,
  run: LevelRun,
  epochMs: number,
): Generator<(number | null)[]> {
  for (const slice of slicesOf(run))
    yield linePoints(input.track, slice).flatMap(({ timeMs, lonDeg, latDeg, index }) => [
      rounded((timeMs - epochMs) / SECOND_MS, 3),
      lonDeg,
      latDeg,
      rounded(ellipsoidHeightM(input.track, index, run.level, input), 1) ?? 0,
    ]);
}

function* groundPlaces(track: Track, run: LevelRun): Generator<number[]> {
  for (const slice of slicesOf(run))
    yield linePoints(track, slice).flatMap(({ lonDeg, latDeg }) => [lonDeg, latDeg, 0]);
}

function solid(color: Packet): Packet {
  return { solidColor: { color } };
}

function groundLine(degrees: string, look: Packet): Packet {
  return {
    positions: { cartographicDegrees: degrees },
    arcType: "GEODESIC",
    clampToGround: true,
    ...look,
  };
}

function gapPacket(track: Track, gap: Gap, { id, mark }: Within): Packet[] {
  const json = gapJson(gap, track);
  const { last, next } = json;
  if (last.lat === null || last.lon === null || next.lat === null || next.lon === null) return [];
  return [
    {
      id,
      name: `${mark}${gapLabel(json.durationS)}: ${SHORTEST_PATH_NOTE}`,
      description: htmlParagraphs([
        `Not observed. ${gapSentence(json)}`,
        "Last position before it and first position after it:",
        ...exhibitSentences([
          ...exhibitsOf(track, gap.lastIndex, gap.lastIndex + 1),
          ...exhibitsOf(track, gap.nextIndex, gap.nextIndex + 1),
        ]),
      ]),
      properties: {
        kind: "gap",
        evidence: "not observed",
        from: json.from,
        to: json.to,
        durationS: json.durationS,
        simulated: json.simulated,
      },
      polyline: {
        positions: { cartographicDegrees: [last.lon, last.lat, 0, next.lon, next.lat, 0] },
        arcType: "GEODESIC",
        clampToGround: true,
        width: 2,
        material: { polylineDash: { color: { rgba: GAP_COLOUR }, dashLength: 16 } },
      },
    },
  ];
}

function stopPacket(stop: StopJson, { id, mark }: Within): Packet[] {
  if (stop.lat === null || stop.lon === null) return [];
  const span = stopSpan(stop);
  const colour = stop.openEnd
    ? OPEN_COLOUR
    : stop.evidence === "seen"
      ? SEEN_COLOUR
      : INFERRED_COLOUR;
  // Evidence is a shape before it is a colour: a full disc was seen, a ring is inferred.
  const isFull = !stop.openEnd && stop.evidence === "seen";
  const name = `${mark}${stopName(stop)}`;
  return [
    {
      id,
      name,
      description: htmlParagraphs(stopSentences(stop)),
      properties: {
        kind: stop.openEnd ? "open end" : "stop",
        evidence: stop.openEnd ? "heard in the air" : stop.evidence,
        // Cesium stops at a null: what is unknown is left out.
        ...span,
        simulated: stop.simulated,
      },
      position: { cartographicDegrees: [stop.lon, stop.lat, 0] },
      point: {
        pixelSize: 12,
        color: { rgba: isFull ? colour : CLEAR },
        outlineColor: { rgba: colour },
        outlineWidth: 3,
        heightReference: "CLAMP_TO_GROUND",
      },
      label: {
        text: name,
        font: "13px sans-serif",
        horizontalOrigin: "LEFT",
        pixelOffset: { cartesian2: [12, 0] },
        heightReference: "CLAMP_TO_GROUND",
      },
    },
  ];
}
