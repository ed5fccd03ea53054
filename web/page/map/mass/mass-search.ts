/** What is at a moment and at a place of a mass; all of it on the processor, as reading a picture back is slow. */

import type { Mass } from "./mass.js";

/** A stretch of time, seconds after the beginning of the mass's period, both ends included. */
export interface TimeWindow {
  readonly fromS: number;
  readonly toS: number;
}

/** @returns the range of pieces that may have something in a window, `end` exclusive; all without one */
export function piecesIn(
  { pieces }: Mass,
  window: TimeWindow | undefined,
): { readonly start: number; readonly end: number } {
  if (!window) return { start: 0, end: pieces.count };
  const start = firstAtLeast(pieces.startS, window.fromS - pieces.longestS);
  let end = firstAtLeast(pieces.startS, window.toS);
  while (end < pieces.count && pieces.startS[end] === window.toS) end++;
  return { start, end: Math.max(start, end) };
}

/** First place of an ascending column with a value not below. */
function firstAtLeast(column: Float32Array, value: number): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where aircraft are at a moment, in the form of vertices: those that are heard then. Between two positions of a line
 * they are on it; in a gap there are none.
 */
export function headsAt(mass: Mass, timeS: number): Float32Array<ArrayBuffer> {
  const { pieces, vertices } = mass;
  const { start, end } = piecesIn(mass, { fromS: timeS, toS: timeS });
  const heads: number[] = [];
  for (let piece = start; piece < end; piece++) {
    if (pieces.endS[piece]! <= timeS) continue;
    let [low, high] = [pieces.first[piece]!, pieces.last[piece]!];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (vertices[4 * middle + 2]! <= timeS) low = middle;
      else high = middle;
    }
    const [a, b] = [4 * low, 4 * high];
    const spanS = vertices[b + 2]! - vertices[a + 2]!;
    const share = spanS > 0 ? (timeS - vertices[a + 2]!) / spanS : 0;
    const between = (column: number) =>
      vertices[a + column]! + share * (vertices[b + column]! - vertices[a + column]!);
    heads.push(between(0), between(1), timeS, vertices[a + 3]!);
  }
  return Float32Array.from(heads);
}

/** A position of a mass near a place. */
export interface Near {
  /** Place in `mass.aircraft`. */
  readonly aircraft: number;
  /** Time and altitude (or its mark) of the nearer end of the line that was found. */
  readonly timeS: number;
  readonly altitudeFt: number;
}

/**
 * The line nearest to a place.
 *
 * @param place Mercator, 0 to 1; whole turns do not matter
 * @param radius Mercator; what is farther is not near
 * @param window only what is drawn
 */
export function nearest(
  mass: Mass,
  place: { readonly x: number; readonly y: number; readonly radius: number },
  window: TimeWindow | undefined,
): Near | undefined {
  if (mass.pieces.count === 0) return undefined;
  const { start, end } = piecesIn(mass, window);
  const best: Best = { vertex: -1, aircraft: -1, distance2: place.radius ** 2 };
  const y = place.y - mass.origin[1];
  const turned = place.x - mass.origin[0];
  const [west, east] = mass.xRange;
  for (let x = turned - Math.floor(turned - west); x >= west - place.radius; x--) search(x);
  for (let x = turned - Math.floor(turned - west) + 1; x <= east + place.radius; x++) search(x);
  if (best.vertex < 0) return undefined;
  const at = 4 * best.vertex;
  const [timeS, altitudeFt] = [mass.vertices[at + 2]!, mass.vertices[at + 3]!];
  return { aircraft: best.aircraft, timeS, altitudeFt };

  function search(x: number): void {
    const { boxes } = mass.pieces;
    const { radius } = place;
    for (let piece = start; piece < end; piece++) {
      const box = 4 * piece;
      if (x < boxes[box]! - radius || x > boxes[box + 2]! + radius) continue;
      if (y < boxes[box + 1]! - radius || y > boxes[box + 3]! + radius) continue;
      searchPiece(mass, piece, { x, y, window, best });
    }
  }
}

interface Best {
  vertex: number;
  aircraft: number;
  distance2: number;
}

function searchPiece(
  { vertices, pieces }: Mass,
  piece: number,
  {
    x,
    y,
    window,
    best,
  }: {
    readonly x: number;
    readonly y: number;
    readonly window: TimeWindow | undefined;
    readonly best: Best;
  },
): void {
  const [fromS, toS] = window ? [window.fromS, window.toS] : [-Infinity, Infinity];
  for (let vertex = pieces.first[piece]!; vertex < pieces.last[piece]!; vertex++) {
    const a = 4 * vertex;
    const b = a + 4;
    if (vertices[b + 2]! < fromS || vertices[a + 2]! > toS) continue;
    const [dx, dy] = [vertices[b]! - vertices[a]!, vertices[b + 1]! - vertices[a + 1]!];
    const length2 = dx * dx + dy * dy;
    const along = (x - vertices[a]!) * dx + (y - vertices[a + 1]!) * dy;
    const share = length2 > 0 ? Math.min(1, Math.max(0, along / length2)) : 0;
    const distance2 =
      (x - vertices[a]! - share * dx) ** 2 + (y - vertices[a + 1]! - share * dy) ** 2;
    if (distance2 >= best.distance2) continue;
    best.distance2 = distance2;
    best.vertex = share < 0.5 ? vertex : vertex + 1;
    best.aircraft = pieces.aircraft[piece]!;
  }
}
