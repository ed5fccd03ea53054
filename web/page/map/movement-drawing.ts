/** Drawings of lists of landings: one mark for each airport, its evidence the best there is. */

import type { LandingJson, MovementJson } from "../../../src/api/shapes.js";
import type { LonLatDeg } from "../geo/seam.js";
import { type EvidenceShape, evidenceShape } from "../words.js";
import {
  type Bounds,
  boundsOf,
  collectionOf,
  type Drawing,
  drawingOf,
  type Mark,
  markFeature,
  shortName,
} from "./drawing.js";

const ORDER: readonly EvidenceShape[] = ["seen", "inferred", "possible"];

interface Group {
  readonly movement: MovementJson;
  shape: EvidenceShape;
  count: number;
}

/**
 * @param frame of the place that was asked for: it is shown whole, with what was found in or near it; without one the
 *   marks alone say what is shown
 * @returns marks with how many landings each airport has in the list; landings without a known place have none
 */
export function landingDrawing(
  key: string,
  landings: readonly LandingJson[],
  frame?: Bounds | null,
): Drawing {
  const groups = new Map<string, Group>();
  for (const { movement } of landings) {
    const { airport, lat, lon, offAirport } = movement;
    // Without a place the position is where it was last heard: a mark there would be read as a landing there.
    if (lat === null || lon === null || (airport === null && !offAirport)) continue;
    const name = airport ?? `${lat.toFixed(2)},${lon.toFixed(2)}`;
    const shape = evidenceShape(movement);
    const group = groups.get(name);
    if (!group) groups.set(name, { movement, shape, count: 1 });
    else {
      group.count++;
      if (ORDER.indexOf(shape) < ORDER.indexOf(group.shape)) group.shape = shape;
    }
  }
  const marks = [...groups.values()].map(({ movement, shape, count }): Mark => {
    const { airport, airportName, lat, lon } = movement;
    return {
      latDeg: lat!,
      lonDeg: lon!,
      shape,
      label: airport ?? "",
      detail:
        airport === null ? "" : `${shortName(airportName ?? "")}${count > 1 ? ` · ${count}` : ""}`,
      href: airport === null ? "" : `/airport/${airport}`,
      rank: -count,
    };
  });
  const where = marks.map(({ lonDeg, latDeg }): LonLatDeg => [lonDeg, latDeg]);
  return drawingOf({
    key,
    marks: collectionOf(marks.map(markFeature)),
    bounds: frame
      ? roomy(boundsOf([...edgeOf(frame), ...asked(landings, frame).map(({ at }) => at)]))
      : grown(boundsOf(where)),
  });
}

interface Asked {
  readonly airport: string;
  readonly at: LonLatDeg;
}

/** What lies so that the place stays the subject; what is only possible there must not widen the picture. */
function asked(landings: readonly LandingJson[], frame: Bounds): Asked[] {
  return inOrNear(landings).filter(({ at }) => isBeside(at, frame));
}

/** @returns idents of airports in or near a place that lie outside of its picture: overseas parts of a country */
export function farAirports(landings: readonly LandingJson[], frame: Bounds): string[] {
  const far = inOrNear(landings).filter(({ at }) => !isBeside(at, frame));
  return [...new Set(far.map(({ airport }) => airport))];
}

function inOrNear(landings: readonly LandingJson[]): Asked[] {
  return landings.flatMap(({ relation, movement: { airport, lat, lon } }): Asked[] =>
    (relation === "in" || relation === "near") && airport !== null && lat !== null && lon !== null
      ? [{ airport, at: [lon, lat] }]
      : [],
  );
}

/** chosen: a picture at most three times as wide as the place still shows the place */
function isBeside([lonDeg, latDeg]: LonLatDeg, [west, south, east, north]: Bounds): boolean {
  const [width, height] = [Math.max(5, east - west), Math.max(5, north - south)];
  const eastwardDeg = (((lonDeg - west) % 360) + 360) % 360;
  const isNearLon = eastwardDeg <= east - west + width || eastwardDeg >= 360 - width;
  return isNearLon && latDeg >= south - height && latDeg <= north + height;
}

/** Corners, and places between them: the way around the globe is told by its widest hole. */
function edgeOf([west, south, east, north]: Bounds): LonLatDeg[] {
  return [0, 0.25, 0.5, 0.75, 1].flatMap((share): LonLatDeg[] => {
    const lonDeg = west + share * (east - west);
    return [
      [lonDeg, south],
      [lonDeg, north],
    ];
  });
}

/** chosen: a single airport is shown with its country, not alone */
const MARGIN_DEG = 1.5;

/** A place that is smaller than the margin is shown as a single airport is. */
function roomy(bounds: Drawing["bounds"]): Drawing["bounds"] {
  const isSmall = bounds && Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]) < MARGIN_DEG;
  return isSmall ? grown(bounds) : bounds;
}

function grown(bounds: Drawing["bounds"]): Drawing["bounds"] {
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  return [
    west - MARGIN_DEG,
    Math.max(-85, south - MARGIN_DEG),
    east + MARGIN_DEG,
    Math.min(85, north + MARGIN_DEG),
  ];
}
