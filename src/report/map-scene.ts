/** Lays out one journey's map: lines, marks and labels in pixels, ready to be drawn. */
import { formatDuration } from "../units/time.js";
import type { JourneyModel } from "./dossier-model.js";
import { distancePx, ringRadiusPx, type StopMark, stopMarks, type Xy } from "./dossier-rings.js";
import type { StopJson } from "./journey-shape.js";
import { greatCircleLine, type LonLat } from "./lines.js";
import { countryNames, type World } from "./map-base.js";
import type { Placement } from "./map-labels.js";
import { type Box, Occupied, placementsAround, textWidth, turnedBoxes } from "./map-labels.js";
import type { MapView } from "./map-view.js";
import { isHiddenStop, realStops, shortAirportName } from "./place-words.js";
import { gapLabel, openEndSentence, SHORTEST_PATH_NOTE, shortTimeText } from "./wording.js";

export interface ContactLine {
  /** Broken where the map's edge cuts it; times stand beside each vertex, seconds since the journey began. */
  readonly pieces: readonly { readonly line: readonly Xy[]; readonly timesS: readonly number[] }[];
}

export interface GapLine {
  readonly pieces: readonly (readonly Xy[])[];
  readonly number: number;
  readonly ends: readonly Xy[];
  readonly middle: Xy;
  readonly label?: { readonly at: Placement; readonly text: string; readonly note: boolean };
}

export interface TextMark {
  readonly at: Placement;
  readonly lines: readonly string[];
}

export interface MapScene {
  readonly contacts: readonly ContactLine[];
  readonly gaps: readonly GapLine[];
  readonly stops: readonly StopMark[];
  readonly stopLabels: readonly TextMark[];
  readonly candidates: readonly Xy[];
  readonly candidateLabels: readonly TextMark[];
  readonly countries: readonly TextMark[];
}

/** chosen: vertices nearer than a third of a pixel cannot be told apart on paper. */
const DETAIL_PX = 0.33;
/** chosen: a gap shorter than this on paper lies under its own end rings. */
const GAP_VISIBLE_PX = 14;

export function mapScene(model: JourneyModel, view: MapView, world: World): MapScene {
  const { width, height } = view.size;
  const occupied = new Occupied({ x: 3, y: 3, width: width - 6, height: height - 6 });
  const fromMs = Date.parse(model.journey.from);
  const contacts = model.contacts.map((contact) => contactLine(contact.points, view, fromMs));
  const bare = model.gaps.flatMap((_, index) => gapLine(model, index, view));
  const stops = stopMarks(model.journey.stops, (at) => project(view, at));
  for (const contact of contacts) {
    for (const piece of contact.pieces) occupyLine(occupied, piece.line);
  }
  for (const gap of bare) {
    for (const piece of gap.pieces) occupyLine(occupied, piece);
    for (const [x, y] of gap.ends) occupied.addMark(boxAround(x, y, 4));
  }
  for (const stop of stops)
    occupied.addMark(boxAround(stop.at[0], stop.at[1], ringRadiusPx(stop.text) + 2));
  const candidates = model.candidatePlaces.map((one) => project(view, [one.lon, one.lat]));
  for (const [x, y] of candidates) occupied.addMark(boxAround(x, y, 5));
  const stopLabels = labelStops(model, stops, { view, occupied });
  const gaps = bare.map((gap) => withLabel(gap, model, { view, occupied }));
  return {
    contacts,
    gaps,
    stops,
    stopLabels,
    candidates,
    candidateLabels: labelCandidates(model, candidates, { view, occupied }),
    countries: labelCountries(world, { view, occupied }),
  };
}

interface Room {
  readonly view: MapView;
  readonly occupied: Occupied;
}

function project(view: MapView, at: LonLat): Xy {
  const [x, y] = view.projection([at[0], at[1]]) ?? [Number.NaN, Number.NaN];
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

function contactLine(
  points: readonly (readonly [number, number, number])[],
  view: MapView,
  fromMs: number,
): ContactLine {
  const pieces: { line: Xy[]; timesS: number[] }[] = [];
  let piece: { line: Xy[]; timesS: number[] } = { line: [], timesS: [] };
  points.forEach(([timeMs, lat, lon], index) => {
    const at = project(view, [lon, lat]);
    const last = piece.line[piece.line.length - 1];
    if (last && Math.abs(at[0] - last[0]) > view.size.width / 2) {
      pieces.push(piece);
      piece = { line: [], timesS: [] };
    } else if (last && index < points.length - 1 && distancePx(at, last) < DETAIL_PX) return;
    piece.line.push(at);
    piece.timesS.push(Math.round((timeMs - fromMs) / 1000));
  });
  pieces.push(piece);
  return { pieces: pieces.filter((one) => one.line.length > 0) };
}

/** The dashed line of a gap; it runs through named stops inferred inside the gap, in order of time. */
function gapLine(model: JourneyModel, index: number, view: MapView): GapLine[] {
  const gap = model.gaps[index]!;
  const { last, next } = gap;
  if (last.lat === null || last.lon === null || next.lat === null || next.lon === null) return [];
  const way: LonLat[] = [[last.lon, last.lat]];
  for (const stop of model.journey.stops) {
    if (stop.airport && stop.lat !== null && stop.lon !== null && liesInside(stop, gap)) {
      way.push([stop.lon, stop.lat]);
    }
  }
  way.push([next.lon, next.lat]);
  const line: Xy[] = [];
  for (let i = 1; i < way.length; i++) {
    for (const at of greatCircleLine(way[i - 1]!, way[i]!)) line.push(project(view, at));
  }
  const lengthPx = pathLength(line);
  if (!(lengthPx >= GAP_VISIBLE_PX)) return [];
  return [
    {
      number: index + 1,
      pieces: cutAtJumps(line, view.size.width / 2),
      ends: [line[0]!, line[line.length - 1]!],
      middle: pointAlong(line, 0.5).at,
    },
  ];
}

function liesInside(stop: StopJson, gap: { from: string; to: string }): boolean {
  const time = stop.arrival ?? stop.departure;
  // ISO times of one form sort as text.
  return stop.evidence === "inferred" && time !== null && time > gap.from && time < gap.to;
}

function cutAtJumps(line: readonly Xy[], jumpPx: number): Xy[][] {
  const pieces: Xy[][] = [];
  let piece: Xy[] = [];
  for (const at of line) {
    const last = piece[piece.length - 1];
    if (last && Math.abs(at[0] - last[0]) > jumpPx) {
      pieces.push(piece);
      piece = [];
    }
    piece.push(at);
  }
  pieces.push(piece);
  return pieces.filter((one) => one.length > 1);
}

function labelStops({ journey }: JourneyModel, marks: readonly StopMark[], room: Room): TextMark[] {
  const { fontSize } = room.view.size;
  const done = new Set<string>();
  return marks.flatMap((mark) => {
    const stop = journey.stops.find((one) => one.number === mark.number);
    if (!stop) return [];
    const lines = stopLines(stop, journey);
    // A place visited twice is named once.
    if (done.has(lines.join("\n"))) return [];
    done.add(lines.join("\n"));
    const width = Math.max(
      textWidth(lines[0]!, fontSize + 1.5),
      ...lines.slice(1).map((line) => textWidth(line, fontSize)),
    );
    const size = { width, height: lines.length * fontSize * 1.2, ascent: fontSize };
    const box = boxAround(mark.at[0], mark.at[1], ringRadiusPx(mark.text));
    const at = room.occupied.best(
      placementsAround(box, size, room.view.size.width),
      Number.POSITIVE_INFINITY,
    )!;
    room.occupied.addMarks(at.boxes);
    return [{ at, lines }];
  });
}

/** What stands beside a ring; where an aircraft was only heard, when that was. */
function stopLines(stop: StopJson, journey: JourneyModel["journey"]): string[] {
  if (stop.openEnd) {
    const before = stop.openEnd === "before";
    const time = shortTimeText(Date.parse(before ? journey.from : journey.to));
    return [before ? "first heard" : "last heard", time];
  }
  if (isHiddenStop(stop) && stop.landing) {
    const { timeFrom, timeTo } = stop.landing;
    const silent = formatDuration(Date.parse(timeTo) - Date.parse(timeFrom));
    return [`last heard ${shortTimeText(Date.parse(timeFrom))}`, `then not heard for ${silent}`];
  }
  if (!stop.airport) return ["not named", "last position"];
  const name = shortAirportName(stop.airportName ?? "");
  const short = name.length > 26 ? `${name.slice(0, 25).trimEnd()}…` : name;
  return [stop.airport, ...(short ? [short] : [])];
}

function withLabel(gap: GapLine, model: JourneyModel, room: Room): GapLine {
  const { fontSize } = room.view.size;
  const text = gapLabel(model.gaps[gap.number - 1]!.durationS);
  const line = gap.pieces.reduce<readonly Xy[]>(
    (longest, piece) => (pathLength(piece) > pathLength(longest) ? piece : longest),
    [],
  );
  const lengthPx = pathLength(line);
  for (const note of [true, false]) {
    const width = textWidth(note ? SHORTEST_PATH_NOTE : text, fontSize - 1);
    if (lengthPx < width * (note ? 1.15 : 0.9)) continue;
    const at = room.occupied.best(gapPlacements(line, { width, fontSize, note }), 40);
    if (!at) continue;
    room.occupied.addMarks(at.boxes);
    return { ...gap, label: { at, text, note } };
  }
  // No room along the line: the label stands beside it, level, if that hides nothing.
  const width = textWidth(text, fontSize - 1);
  const size = { width, height: fontSize * 1.2, ascent: fontSize };
  const beside = [0.5, 0.3, 0.7, 0.15, 0.85].flatMap((share) => {
    const { at } = pointAlong(line, share);
    return placementsAround(boxAround(at[0], at[1], 9), size, room.view.size.width);
  });
  const at = room.occupied.best(beside, 25);
  if (!at) return gap;
  room.occupied.addMarks(at.boxes);
  return { ...gap, label: { at, text, note: false } };
}

/** Along the line, above it and (with a note) below it too: the dashes run between the two. */
function gapPlacements(
  line: readonly Xy[],
  text: { readonly width: number; readonly fontSize: number; readonly note: boolean },
): Placement[] {
  const placements: Placement[] = [];
  const height = text.fontSize;
  for (const share of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
    const { at, angleDeg } = pointAlong(line, share);
    const upright = angleDeg > 90 ? angleDeg - 180 : angleDeg <= -90 ? angleDeg + 180 : angleDeg;
    const rad = (upright * Math.PI) / 180;
    const offsets = text.note ? [-(height * 0.85)] : [-(height * 0.85), height * 0.95];
    for (const offset of offsets) {
      const x = at[0] - offset * Math.sin(rad);
      const y = at[1] + offset * Math.cos(rad);
      const boxes = turnedBoxes({ x, y }, upright, { width: text.width, height });
      if (text.note) {
        const other = { x: at[0] + offset * Math.sin(rad), y: at[1] - offset * Math.cos(rad) };
        boxes.push(...turnedBoxes(other, upright, { width: text.width, height }));
      }
      placements.push({
        x: Math.round((text.note ? at[0] : x) * 10) / 10,
        y: Math.round((text.note ? at[1] : y) * 10) / 10,
        anchor: "middle",
        angleDeg: Math.round(upright * 10) / 10,
        boxes: boxes.map((box) => shrunk(box)),
      });
    }
  }
  return placements;
}

/** Text boxes brush the dashed line they belong to; a little off their sides keeps that free of cost. */
function shrunk(box: Box): Box {
  const by = box.width * 0.12;
  return { x: box.x + by, y: box.y + by, width: box.width - 2 * by, height: box.height - 2 * by };
}

function labelCandidates(model: JourneyModel, marks: readonly Xy[], room: Room): TextMark[] {
  const fontSize = room.view.size.fontSize - 1;
  return marks.flatMap(([x, y], index) => {
    const text = model.candidatePlaces[index]!.airport;
    const size = { width: textWidth(text, fontSize), height: fontSize * 1.2, ascent: fontSize };
    const at = room.occupied.best(
      placementsAround(boxAround(x, y, 4), size, room.view.size.width),
      30,
    );
    if (!at) return [];
    room.occupied.addMarks(at.boxes);
    return [{ at, lines: [text] }];
  });
}

/** Names of countries where there is still room for them. */
export function labelCountries(world: World, room: Room): TextMark[] {
  const fontSize = room.view.size.fontSize - 3;
  return countryNames(world, room.view.projection).flatMap(({ name, x, y, width, height }) => {
    const text = name.toUpperCase();
    const spaced = textWidth(text, fontSize) * 1.14;
    if (spaced > width * 1.05 || height < fontSize * 1.4) return [];
    const box = { x: x - spaced / 2, y: y - fontSize * 0.7, width: spaced, height: fontSize * 1.4 };
    const at: Placement = {
      x: Math.round(x * 10) / 10,
      y: Math.round((y + fontSize * 0.35) * 10) / 10,
      anchor: "middle",
      angleDeg: 0,
      boxes: [box],
    };
    if (room.occupied.cost(at.boxes) > 0) return [];
    room.occupied.addMarks(at.boxes);
    return [{ at, lines: [text] }];
  });
}

function occupyLine(occupied: Occupied, line: readonly Xy[]): void {
  const lengthPx = pathLength(line);
  const count = Math.max(1, Math.round(lengthPx / 7));
  for (let i = 0; i <= count; i++) {
    const { at } = pointAlong(line, i / count);
    occupied.addLinePoint(at[0], at[1]);
  }
}

/** The square around a mark. */
export function boxAround(x: number, y: number, radius: number): Box {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

function pathLength(line: readonly Xy[]): number {
  let lengthPx = 0;
  for (let i = 1; i < line.length; i++) lengthPx += distancePx(line[i - 1]!, line[i]!);
  return lengthPx;
}

function pointAlong(line: readonly Xy[], share: number): { at: Xy; angleDeg: number } {
  let left = pathLength(line) * share;
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1]!, line[i]!];
    const lengthPx = distancePx(from, to);
    if (lengthPx > 0 && (left <= lengthPx || i === line.length - 1)) {
      const t = Math.min(1, left / lengthPx);
      const at = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])] as const;
      return { at, angleDeg: (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI };
    }
    left -= lengthPx;
  }
  return { at: line[0] ?? [0, 0], angleDeg: 0 };
}

/** What a screen reader hears instead of the map. */
export function mapSummary(model: JourneyModel): string {
  const stops = realStops(model.journey.stops).map(
    (stop) => `${stop.number} ${stop.airport ?? "place not named"} (${stop.evidence})`,
  );
  const ends = model.journey.stops.flatMap((stop) =>
    stop.openEnd ? [` ${openEndSentence(stop)}`] : [],
  );
  const gaps = model.gaps.length;
  const longest = Math.max(0, ...model.gaps.map((gap) => gap.durationS));
  const silence =
    gaps === 0
      ? "No gaps."
      : `${gaps} ${gaps === 1 ? "gap" : "gaps"}, the longest ${formatDuration(longest * 1000)}.`;
  return `Map of the journey. Stops: ${stops.join(", ")}.${ends.join("")} ${silence} The tables below hold the same facts.`;
}
