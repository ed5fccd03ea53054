/** The drawing of one aircraft's scene. */

import type { GapAnswerJson, StopJson, TrackJson } from "../../../src/api/shapes.js";
import type { PlacesOfIdents } from "../airport-places.js";
import type { LonLatDeg } from "../geo/seam.js";
import type { Scene } from "../scene.js";
import { runsOf } from "../track-runs.js";
import { evidenceShape, placeText } from "../words.js";
import {
  boundsOf,
  collectionOf,
  type Drawing,
  drawingOf,
  type Mark,
  markFeature,
  NOTHING,
  outlineOf,
  reachFeatures,
  shortName,
  trackFeatures,
} from "./drawing.js";
import { type DrawnPart, isDrawnIn } from "./drawn-part.js";
import { gapFeatures } from "./gap-features.js";
import { reachMarks } from "./reach-marks.js";
import { timeFeatures } from "./track-times.js";

/** chosen: more rings than these say no more */
const CANDIDATES_MAX = 5;

/** @returns idents of the places that stops without a named one may have been at */
export function possibleIdents(scene: Scene): string[] {
  const idents = scene.stops.flatMap((stop) =>
    stop.airport === null
      ? stop.candidates.slice(0, CANDIDATES_MAX).map(({ airport }) => airport)
      : [],
  );
  return [...new Set(idents)];
}

/** What is drawn besides the scene. */
export interface AircraftOptions {
  readonly places: PlacesOfIdents;
  /** Gap whose reach is drawn. */
  readonly selected: string | undefined;
  readonly reach: GapAnswerJson | undefined;
  /** Tracks of other aircraft in the same period. */
  readonly others: readonly TrackJson[];
  /** Undefined for all of it. */
  readonly part?: DrawnPart | undefined;
  /** Whether times and altitudes stand along the track. */
  readonly hasTimes?: boolean;
}

/** @returns track, gaps, stops and, for a selected gap, what was in reach */
export function aircraftDrawing(
  scene: Scene,
  { places, selected, reach, others, part, hasTimes = false }: AircraftOptions,
): Drawing {
  const { track } = scene;
  const gaps = gapFeatures(scene, selected);
  const stops = stopMarks(scene.stops);
  const marks = [
    ...stops,
    ...possibleMarks(scene, places),
    // A ring of what was in reach must not cover the mark of a stop.
    ...reachMarks(reach, 0).filter(({ href }) => !stops.some((stop) => stop.href === href)),
    ...others.flatMap(otherMark),
  ];
  const { areas, lines } = reachFeatures(reach?.anywhere ? null : (reach?.reach ?? null));
  const where: LonLatDeg[] = track.time.map((_, i) => [track.lon[i]!, track.lat[i]!]);
  return drawingOf({
    key: `${track.hex} ${scene.fromMs} ${scene.toMs} ${reach?.id ?? ""}`,
    track: collectionOf(
      [track, ...others].flatMap((each) =>
        runsOf(each).flatMap((run) =>
          trackFeatures(each, run, (index) => isDrawnIn(part, each, index)),
        ),
      ),
    ),
    gaps: collectionOf([...gaps.lines, ...gaps.labels]),
    edges: collectionOf(gaps.edges),
    times: hasTimes
      ? collectionOf(timeFeatures(scene, (index) => isDrawnIn(part, track, index)))
      : NOTHING,
    marks: collectionOf(marks.map(markFeature)),
    reach: collectionOf(areas),
    reachLine: collectionOf(lines),
    bounds: boundsOf(lines.length === 0 ? where : outlineOf(lines)),
  });
}

/** The address of another aircraft, at its last position. */
function otherMark({ hex, lat, lon }: TrackJson): Mark[] {
  const last = lat.length - 1;
  if (last < 0) return [];
  const [latDeg, lonDeg] = [lat[last]!, lon[last]!];
  return [
    { latDeg, lonDeg, shape: "airport", label: "", detail: hex, href: `/aircraft/${hex}`, rank: 9 },
  ];
}

/** One mark for each airport, with all its numbers: "2, 4". */
function stopMarks(stops: readonly StopJson[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const stop of stops) {
    if (stop.openEnd || stop.airport === null || stop.lat === null || stop.lon === null) continue;
    const shape = evidenceShape(stop);
    const before = marks.get(stop.airport);
    // Where an aircraft stopped twice, what was seen stands before what is inferred.
    if (before && (before.shape === "seen" || shape === "inferred")) continue;
    marks.set(stop.airport, {
      latDeg: stop.lat,
      lonDeg: stop.lon,
      shape,
      label: placeText(stop),
      detail: shortName(stop.airportName ?? ""),
      href: `/airport/${stop.airport}`,
    });
  }
  return [...marks.values()];
}

function possibleMarks(scene: Scene, places: PlacesOfIdents): Mark[] {
  const named = new Set(scene.stops.map(({ airport }) => airport));
  return possibleIdents(scene).flatMap((ident): Mark[] => {
    const at = places.get(ident);
    // Where it stopped at another time, a ring beside the stop's own mark and a second name say no more.
    if (!at || named.has(ident)) return [];
    const [latDeg, lonDeg] = at;
    return [
      {
        latDeg,
        lonDeg,
        shape: "possible",
        label: "",
        detail: ident,
        href: `/airport/${ident}`,
        rank: 2,
      },
    ];
  });
}
