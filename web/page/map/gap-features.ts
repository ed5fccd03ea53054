/** Gaps of a scene on the map. */

import type { Feature } from "geojson";
import { shortestPath } from "../geo/seam.js";
import { type Scene, silencesOf } from "../scene.js";
import { durationText } from "../words.js";
import { featureOf } from "./drawing.js";

/** The longest ones have a label; the legend says of all what a dashed line is. chosen: more cover the tracks */
const GAP_LABELS_MAX = 5;

/**
 * Gaps as they are drawn; time on the ground at one place has nothing to draw.
 *
 * @returns dashed lines, what is written at the middle of those that are not selected, and hollow rings at both ends
 */
export function gapFeatures(
  scene: Scene,
  selected: string | undefined,
): { lines: Feature[]; labels: Feature[]; edges: Feature[] } {
  const lines: Feature[] = [];
  const labels: Feature[] = [];
  const edges: Feature[] = [];
  const silences = silencesOf(scene);
  const labelled = new Set(
    [...silences].sort((a, b) => b.durationS - a.durationS).slice(0, GAP_LABELS_MAX),
  );
  for (const gap of silences) {
    const { last, next } = gap;
    const isSelected = gap.id === selected;
    const coordinates = shortestPath(last, next, 0.5);
    lines.push(
      featureOf({ type: "LineString", coordinates }, { id: gap.id, selected: isSelected }),
    );
    // The label of a selected gap would stand among the rings of the airports in reach.
    if (!isSelected && labelled.has(gap))
      labels.push(gapLabel(coordinates, gap.durationS, gap.distanceKm ?? 0));
    for (const at of [last, next])
      edges.push(featureOf({ type: "Point", coordinates: [...at] }, { selected: isSelected }));
  }
  return { lines, labels, edges };
}

/** What the dashed line is, along its middle, so that it reads from left to right. */
function gapLabel(
  path: readonly (readonly [number, number])[],
  durationS: number,
  km: number,
): Feature {
  const middle = Math.floor(path.length / 2);
  const at = path[middle]!;
  const [a, b] = [path[Math.max(0, middle - 1)]!, path[Math.min(path.length - 1, middle + 1)]!];
  const slope = Math.atan2(mercatorDeg(b[1]) - mercatorDeg(a[1]), b[0] - a[0]);
  const downDeg = (-slope * 180) / Math.PI;
  const angle = downDeg > 90 ? downDeg - 180 : downDeg < -90 ? downDeg + 180 : downDeg;
  const label = `not heard ${durationText(durationS)}\nshortest path, not a route`;
  return featureOf({ type: "Point", coordinates: [...at] }, { label, angle, km });
}

/** Latitude as a flat map spaces it. */
function mercatorDeg(latDeg: number): number {
  const rad = (Math.min(85, Math.max(-85, latDeg)) * Math.PI) / 180;
  return (Math.log(Math.tan(Math.PI / 4 + rad / 2)) * 180) / Math.PI;
}
