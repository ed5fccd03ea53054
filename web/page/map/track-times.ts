/** Labels along a track: when it was where, and how high. */

import type { Feature } from "geojson";
import { DAY_MS, MINUTE_MS } from "../../../src/units/quantity.js";
import type { Scene } from "../scene.js";
import { altitudeText, clockText, dayText } from "../words.js";

/** More than are shown at once: the map leaves out those that have no room. chosen */
const LABELS_MAX = 240;

/**
 * @param isDrawn whether a position is: where a part of the track is not drawn, its times are not either
 * @returns a label at received positions only, none made up between them: at both edges of every run, which are never
 *   left out for others, and about evenly in time between them
 */
export function timeFeatures(
  scene: Scene,
  isDrawn: (index: number) => boolean = () => true,
): Feature[] {
  const { track, runs } = scene;
  const first = track.time[0];
  const last = track.time.at(-1);
  if (first === undefined || last === undefined) return [];
  const stepS = Math.max(MINUTE_MS / 1000, (last - first) / LABELS_MAX);
  const isLong = (last - first) * 1000 > DAY_MS;
  const features: Feature[] = [];
  for (const { start, end } of runs) {
    let labelledS = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i++) {
      const isEdge = i === start || i === end - 1;
      if (!isDrawn(i)) continue;
      if (!isEdge && track.time[i]! - labelledS < stepS) continue;
      labelledS = track.time[i]!;
      features.push(labelAt(scene, i, { isEdge, isLong }));
    }
  }
  return features;
}

function labelAt(
  { track }: Scene,
  i: number,
  { isEdge, isLong }: { readonly isEdge: boolean; readonly isLong: boolean },
): Feature {
  const timeMs = track.time[i]! * 1000;
  const altitude = altitudeText(track.altitudeFt[i] ?? null, track.ground[i] ?? null);
  const day = isLong ? `${dayText(timeMs).slice(0, -5)} ` : "";
  return {
    type: "Feature",
    properties: { label: `${day}${clockText(timeMs)}\n${altitude}`, rank: isEdge ? 0 : 1 },
    geometry: { type: "Point", coordinates: [track.lon[i]!, track.lat[i]!] },
  };
}
