/** Whether a ring that somebody drew is one that has an inside. */

import type { LonLat } from "./polygon.js";

type Edge = readonly [LonLat, LonLat];

/**
 * Finds two edges of a ring that cross or touch, other than neighbours at their common corner; across 180 degrees and
 * round a pole too. Edges are straight in longitude and latitude and taken the short way round, as in `continuousRing`.
 *
 * @param corners in order, the first one not repeated
 * @returns the indices at which the two edges begin; undefined when there are no such edges
 *
 * Source: orientation test for segments; Cormen et al., Introduction to Algorithms, 33.1.
 */
export function crossingEdges(
  corners: readonly LonLat[],
): readonly [first: number, second: number] | undefined {
  const edges = edgesOf(corners);
  for (let first = 0; first < edges.length; first++) {
    for (let second = first + 1; second < edges.length; second++) {
      const isNeighbour = second === first + 1 || (first === 0 && second === edges.length - 1);
      if (isNeighbour) continue;
      // A ring may come round the globe to where it began, a turn away.
      for (const turnDeg of [-360, 0, 360])
        if (doMeet(edges[first]!, turned(edges[second]!, turnDeg))) return [first, second];
    }
  }
  return undefined;
}

/** Edges with continuous longitudes, the last one back to the first corner. */
function edgesOf(corners: readonly LonLat[]): Edge[] {
  let from = corners[0];
  if (!from) return [];
  const edges: Edge[] = [];
  for (const [lonDeg, latDeg] of [...corners.slice(1), from]) {
    const stepDeg = lonDeg - from[0];
    const to: LonLat = [from[0] + stepDeg - 360 * Math.round(stepDeg / 360), latDeg];
    edges.push([from, to]);
    from = to;
  }
  return edges;
}

function turned([from, to]: Edge, turnDeg: number): Edge {
  return [
    [from[0] + turnDeg, from[1]],
    [to[0] + turnDeg, to[1]],
  ];
}

function doMeet([a, b]: Edge, [c, d]: Edge): boolean {
  const [ofC, ofD] = [side(a, b, c), side(a, b, d)];
  const [ofA, ofB] = [side(c, d, a), side(c, d, b)];
  if (ofC * ofD < 0 && ofA * ofB < 0) return true;
  return (
    (ofC === 0 && isBetween(a, b, c)) ||
    (ofD === 0 && isBetween(a, b, d)) ||
    (ofA === 0 && isBetween(c, d, a)) ||
    (ofB === 0 && isBetween(c, d, b))
  );
}

/** On which side of a line a point lies: -1, 0 or 1. */
function side(from: LonLat, to: LonLat, at: LonLat): number {
  return Math.sign((to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0]));
}

/** Of a point on the line through both ends. */
function isBetween(from: LonLat, to: LonLat, at: LonLat): boolean {
  return (
    Math.min(from[0], to[0]) <= at[0] &&
    at[0] <= Math.max(from[0], to[0]) &&
    Math.min(from[1], to[1]) <= at[1] &&
    at[1] <= Math.max(from[1], to[1])
  );
}
