/** The drawing of one gap. */

import type { GapAnswerJson } from "../../../src/api/shapes.js";
import { type LonLatDeg, shortestPath } from "../geo/seam.js";
import {
  boundsOf,
  collectionOf,
  type Drawing,
  drawingOf,
  markFeature,
  outlineOf,
  reachFeatures,
} from "./drawing.js";
import { reachMarks } from "./reach-marks.js";

/** @returns both edges, the shortest path between them, the area of reach and the airports in it */
export function gapDrawing(gap: GapAnswerJson): Drawing {
  const last: LonLatDeg = [gap.last.lon, gap.last.lat];
  const next: LonLatDeg = [gap.next.lon, gap.next.lat];
  const { areas, lines } = reachFeatures(gap.anywhere ? null : gap.reach);
  const outline = outlineOf(lines);
  return drawingOf({
    key: `gap ${gap.id}`,
    gaps: collectionOf([
      {
        type: "Feature",
        properties: { id: gap.id, selected: true },
        geometry: { type: "LineString", coordinates: shortestPath(last, next, 0.5) },
      },
    ]),
    edges: collectionOf(
      [last, next].map((at) => ({
        type: "Feature",
        properties: {},
        geometry: { type: "Point", coordinates: [...at] },
      })),
    ),
    marks: collectionOf(reachMarks(gap, 12).map(markFeature)),
    reach: collectionOf(areas),
    reachLine: collectionOf(lines),
    bounds: boundsOf(outline.length > 0 ? outline : [last, next]),
    period: { fromMs: Date.parse(gap.last.time), toMs: Date.parse(gap.next.time) },
  });
}
