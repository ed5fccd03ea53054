/** Positions of many aircraft, laid out as a graphics card takes them: made in a worker, drawn and searched as they are. */

import {
  ALTITUDE_GROUND,
  ALTITUDE_STEP_FT,
  ALTITUDE_UNKNOWN,
  type PositionsBlock,
} from "../../../../src/api/positions-code.js";

/** One aircraft of a mass. */
export interface MassAircraft {
  readonly hex: string;
  readonly registration: string;
  readonly type: string;
  readonly simulated: boolean;
  /** Positions received in the area, before thinning. */
  readonly heardCount: number;
}

/** Lines at one level of detail. */
export interface MassLevel {
  /** So far at most a vertex that is left out lies beside the line, as a part of the world's width. */
  readonly tolerance: number;
  /** Ends of pieces always; `RESTART` between pieces. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** Where the indices of each piece begin, and where the last one's end. */
  readonly offsets: Uint32Array<ArrayBuffer>;
}

/** Everything to draw. Times are seconds after the beginning of the period. */
export interface Mass {
  /** Four numbers a vertex: Mercator x and y (0 to 1) less `origin`, time, altitude in ft or a mark. */
  readonly vertices: Float32Array<ArrayBuffer>;
  readonly origin: readonly [x: number, y: number];
  /** West and east of all vertices, less the origin. */
  readonly xRange: readonly [number, number];
  readonly aircraft: readonly MassAircraft[];
  /** Pieces of lines in order of their first time: a line may be drawn along each. */
  readonly pieces: MassPieces;
  readonly levels: readonly MassLevel[];
  /** Vertices with nothing before and behind them: points. */
  readonly lone: Uint32Array<ArrayBuffer>;
}

/** Columns of pieces; vertices `first` to `last`, both inclusive. */
export interface MassPieces {
  readonly count: number;
  readonly first: Uint32Array<ArrayBuffer>;
  readonly last: Uint32Array<ArrayBuffer>;
  readonly aircraft: Uint32Array<ArrayBuffer>;
  /** Time of the first vertex, ascending. */
  readonly startS: Float32Array<ArrayBuffer>;
  readonly endS: Float32Array<ArrayBuffer>;
  /** West, north, east, south of each, as the vertices have them. */
  readonly boxes: Float32Array<ArrayBuffer>;
  /** The longest piece: who looks for a time looks so far back. */
  readonly longestS: number;
}

/** Ends a line within the indices. Source: WebGL 2.0, 3.7.2, restart is always on for the largest index. */
export const RESTART = 0xffffffff;
/** Marks in the altitude of a vertex; real altitudes are 0 or more there. */
export const VERTEX_UNKNOWN = -1000;
export const VERTEX_GROUND = -2000;
/** The zooms below which the coarser levels of detail are drawn. Source: docs/performance.md */
export const COARSE_BELOW_ZOOM = [6, 3.2] as const;
/** What may be left out at each: half a pixel there, as MapLibre's world is 512 pixels wide at zoom 0. */
const COARSE = COARSE_BELOW_ZOOM.map((zoom, level) => {
  // Altitudes farther apart have colours that do not blend into each other. chosen: by the ramp's stops
  return { tolerance: 0.5 / (512 * 2 ** zoom), apartFt: level === 0 ? 2500 : 6000 };
});
/** Bounds the work; the next level goes on from what is left. chosen */
const LEFT_OUT_MAX = 32;
/** Lines are cut so that a moment is found by time. chosen: a trail is about as long */
const PIECE_MAX_S = 1800;

/** @returns Mercator y, 0 at the top; latitudes beyond 89.9 stand there */
export function mercatorY(latDeg: number): number {
  const sin = Math.sin((Math.max(-89.9, Math.min(89.9, latDeg)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

/** @returns Mercator x; longitudes beyond 180 go on */
export function mercatorX(lonDeg: number): number {
  return lonDeg / 360 + 0.5;
}

/**
 * Lays blocks out.
 *
 * @param omit addresses that are drawn otherwise
 */
export function buildMass(all: readonly PositionsBlock[], omit: readonly string[] = []): Mass {
  const blocks = all.filter(({ hex }) => !omit.includes(hex));
  const count = blocks.reduce((sum, { timeMs }) => sum + timeMs.length, 0);
  const first = blocks.find(({ timeMs }) => timeMs.length > 0);
  // Near the origin 32 bits are worth more.
  const originLonDeg = first ? first.lonE6[0]! / 1e6 : 0;
  const origin = [mercatorX(originLonDeg), first ? mercatorY(first.latE6[0]! / 1e6) : 0.5] as const;
  const vertices = new Float32Array(4 * count);
  const cuts: Cuts = { first: [], last: [], aircraft: [], lone: [] };
  let start = 0;
  for (const [aircraft, block] of blocks.entries()) {
    fillVertices(vertices, start, { block, origin, originLonDeg });
    let runStart = start;
    for (const length of block.runLengths) {
      cutRun(vertices, { start: runStart, end: runStart + length }, aircraft, cuts);
      runStart += length;
    }
    start = runStart;
  }
  const pieces = sortedPieces(vertices, cuts);
  return {
    vertices,
    origin,
    xRange: rangeOf(pieces, vertices, cuts.lone),
    aircraft: blocks.map(({ hex, registration, type, simulated, heardCount }) => {
      return { hex, registration, type, simulated, heardCount };
    }),
    pieces,
    levels: levelsOf(vertices, pieces),
    lone: Uint32Array.from(cuts.lone),
  };
}

interface Cuts {
  readonly first: number[];
  readonly last: number[];
  readonly aircraft: number[];
  readonly lone: number[];
}

function fillVertices(
  vertices: Float32Array,
  start: number,
  {
    block,
    origin: [originX, originY],
    originLonDeg,
  }: {
    readonly block: PositionsBlock;
    readonly origin: readonly [number, number];
    readonly originLonDeg: number;
  },
): void {
  const { timeMs, latE6, lonE6, altitude, runLengths } = block;
  let at = 4 * start;
  let i = 0;
  for (const length of runLengths) {
    // A line goes on across 180 degrees; each begins on the origin's side.
    let beforeDeg = originLonDeg;
    for (let end = i + length; i < end; i++) {
      let lonDeg = lonE6[i]! / 1e6;
      lonDeg += 360 * Math.round((beforeDeg - lonDeg) / 360);
      beforeDeg = lonDeg;
      vertices[at++] = mercatorX(lonDeg) - originX;
      vertices[at++] = mercatorY(latE6[i]! / 1e6) - originY;
      vertices[at++] = timeMs[i]! / 1000;
      vertices[at++] = altitudeOf(altitude[i]!);
    }
  }
}

function altitudeOf(steps: number): number {
  if (steps === ALTITUDE_UNKNOWN) return VERTEX_UNKNOWN;
  if (steps === ALTITUDE_GROUND) return VERTEX_GROUND;
  return Math.max(0, steps * ALTITUDE_STEP_FT);
}

/** Pieces share the vertex where one ends and the next begins: no hole comes of it. */
function cutRun(
  vertices: Float32Array,
  { start, end }: { readonly start: number; readonly end: number },
  aircraft: number,
  cuts: Cuts,
): void {
  if (end - start === 1) cuts.lone.push(start);
  for (let from = start; from < end - 1; ) {
    const limitS = vertices[4 * from + 2]! + PIECE_MAX_S;
    let to = from + 1;
    while (to + 1 < end && vertices[4 * (to + 1) + 2]! <= limitS) to++;
    cuts.first.push(from);
    cuts.last.push(to);
    cuts.aircraft.push(aircraft);
    from = to;
  }
}

function sortedPieces(vertices: Float32Array, { first, last, aircraft }: Cuts): MassPieces {
  const count = first.length;
  const timeS = (vertex: number) => vertices[4 * vertex + 2]!;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => timeS(first[a]!) - timeS(first[b]!) || a - b);
  const boxes = new Float32Array(4 * count);
  let longestS = 0;
  for (const [place, piece] of order.entries()) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 4 * first[piece]!; i <= 4 * last[piece]!; i += 4) {
      const [x, y] = [vertices[i]!, vertices[i + 1]!];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    boxes.set([west, north, east, south], 4 * place);
    longestS = Math.max(longestS, timeS(last[piece]!) - timeS(first[piece]!));
  }
  return {
    count,
    first: Uint32Array.from(order, (piece) => first[piece]!),
    last: Uint32Array.from(order, (piece) => last[piece]!),
    aircraft: Uint32Array.from(order, (piece) => aircraft[piece]!),
    startS: Float32Array.from(order, (piece) => timeS(first[piece]!)),
    endS: Float32Array.from(order, (piece) => timeS(last[piece]!)),
    boxes,
    longestS,
  };
}

function rangeOf(
  { count, boxes }: MassPieces,
  vertices: Float32Array,
  lone: readonly number[],
): readonly [number, number] {
  let [west, east] = [Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    west = Math.min(west, boxes[4 * i]!);
    east = Math.max(east, boxes[4 * i + 2]!);
  }
  for (const vertex of lone) {
    west = Math.min(west, vertices[4 * vertex]!);
    east = Math.max(east, vertices[4 * vertex]!);
  }
  return [west, east];
}

/** Each level is made out of the finer one: what was left out is not looked at again. */
function levelsOf(vertices: Float32Array, pieces: MassPieces): MassLevel[] {
  const levels = [finestOf(pieces)];
  for (const coarse of COARSE) levels.push(coarser(vertices, levels.at(-1)!, coarse));
  return levels;
}

function finestOf({ count, first, last }: MassPieces): MassLevel {
  let length = 0;
  for (let i = 0; i < count; i++) length += last[i]! - first[i]! + 2;
  const indices = new Uint32Array(length);
  const offsets = new Uint32Array(count + 1);
  let at = 0;
  for (let piece = 0; piece < count; piece++) {
    offsets[piece] = at;
    for (let vertex = first[piece]!; vertex <= last[piece]!; vertex++) indices[at++] = vertex;
    indices[at++] = RESTART;
  }
  offsets[count] = at;
  return { tolerance: 0, indices, offsets };
}

/** How much may be left out. */
interface LeftOut {
  readonly tolerance: number;
  readonly apartFt: number;
}

/** Leaves out what does not show; ends of pieces, and both sides of every change between ground and air, never. */
function coarser(
  vertices: Float32Array,
  finer: MassLevel,
  { tolerance, apartFt }: LeftOut,
): MassLevel {
  // What the finer level left out lies off the line already.
  const leftOut = { tolerance: tolerance - finer.tolerance, apartFt };
  const isGround = (vertex: number) => vertices[4 * vertex + 3] === VERTEX_GROUND;
  const { indices: from } = finer;
  const indices = new Uint32Array(from.length);
  const offsets = new Uint32Array(finer.offsets.length);
  let at = 0;
  for (let piece = 0; piece + 1 < offsets.length; piece++) {
    offsets[piece] = at;
    const [start, end] = [finer.offsets[piece]!, finer.offsets[piece + 1]! - 2];
    indices[at++] = from[start]!;
    let anchor = start;
    for (let i = start + 1; i < end; i++) {
      const vertex = from[i]!;
      const isKept =
        isGround(vertex) !== isGround(vertex - 1) ||
        isGround(vertex) !== isGround(vertex + 1) ||
        shows(vertices, { line: from, anchor, at: i }, leftOut);
      if (!isKept) continue;
      indices[at++] = vertex;
      anchor = i;
    }
    indices[at++] = from[end]!;
    indices[at++] = RESTART;
  }
  offsets[offsets.length - 1] = at;
  return { tolerance, indices: indices.slice(0, at), offsets };
}

/** Whether a straight line from the last vertex kept to the one behind this would leave out something that shows. */
function shows(
  vertices: Float32Array,
  {
    line,
    anchor,
    at,
  }: { readonly line: Uint32Array; readonly anchor: number; readonly at: number },
  { tolerance, apartFt }: LeftOut,
): boolean {
  if (at - anchor >= LEFT_OUT_MAX) return true;
  const [a, b] = [4 * line[anchor]!, 4 * line[at + 1]!];
  if (Math.abs(vertices[b + 3]! - vertices[a + 3]!) > apartFt) return true;
  const x = vertices[a]!;
  const y = vertices[a + 1]!;
  const dx = vertices[b]! - x;
  const dy = vertices[b + 1]! - y;
  const length2 = dx * dx + dy * dy;
  const limit2 = tolerance * tolerance;
  for (let k = anchor + 1; k <= at; k++) {
    const i = 4 * line[k]!;
    const px = vertices[i]! - x;
    const py = vertices[i + 1]! - y;
    // Beyond either end the distance is that to the end: a way out and back is no point.
    const share = length2 > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length2)) : 0;
    const offX = px - share * dx;
    const offY = py - share * dy;
    if (offX * offX + offY * offY > limit2) return true;
  }
  return false;
}

/** @returns what can be handed over without a copy */
export function buffersOf({ vertices, pieces, levels, lone }: Mass): ArrayBuffer[] {
  const { first, last, aircraft, startS, endS, boxes } = pieces;
  const arrays = [vertices, lone, first, last, aircraft, startS, endS, boxes];
  for (const { indices, offsets } of levels) arrays.push(indices, offsets);
  return arrays.map(({ buffer }) => buffer);
}
