/**
 * GeoJSON whose positions carry height and time, [longitude, latitude, metres, seconds since 1970 UTC], for programs that
 * play trips, such as kepler.gl. RFC 7946 allows more than three numbers in a position and advises against it: other
 * programs should be given the plain GeoJSON.
 */
import type { Feature, FeatureCollection, Position } from "geojson";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import { exhibitsOf } from "./export-words.js";
import { heightM, LEVEL_TEXT, levelRuns } from "./heights.js";
import { cutAtAntimeridian } from "./lines.js";
import { gapJson, rounded } from "./shapes.js";
import { isSimulatedExport, linePoints, type TrackExport } from "./track-export.js";
import { SHORTEST_PATH_NOTE } from "./wording.js";

/**
 * A line for each stretch of a contact, and one for each gap that says it was not observed. Heights are those of `heights.ts`,
 * 0 on the ground and where they are unknown: `height` says which.
 */
export function tracksTripsGeoJson(inputs: readonly TrackExport[]): string {
  const all: FeatureCollection & { simulated: boolean } = {
    type: "FeatureCollection",
    simulated: inputs.some(isSimulatedExport),
    features: inputs.flatMap((input) => [...contactTrips(input), ...gapTrips(input)]),
  };
  return `${JSON.stringify(all)}\n`;
}

function contactTrips(input: TrackExport): Feature[] {
  const { track } = input;
  return input.contacts.flatMap((contact) =>
    levelRuns(track, contact, input).flatMap((run) => {
      const positions = linePoints(track, run).map(
        ({ timeMs, latDeg, lonDeg, index }): Position => [
          lonDeg,
          latDeg,
          rounded(heightM(track, index, run.level, input), 1) ?? 0,
          Math.floor(timeMs / SECOND_MS),
        ],
      );
      return lines(positions, {
        kind: "contact",
        hex: track.address,
        name: input.title,
        evidence: "seen",
        height: LEVEL_TEXT[run.level],
        ...spanOf(positions),
        exhibits: exhibitsOf(track, run.start, run.end),
        simulated: isSimulatedExport(input),
      });
    }),
  );
}

function gapTrips(input: TrackExport): Feature[] {
  const { track } = input;
  return input.gaps.flatMap((gap) => {
    const { last, next, from, to, durationS } = gapJson(gap, track);
    if (last.lat === null || last.lon === null || next.lat === null || next.lon === null) return [];
    const edges: Position[] = [
      [last.lon, last.lat, 0, Math.floor(gap.fromMs / SECOND_MS)],
      [next.lon, next.lat, 0, Math.floor(gap.toMs / SECOND_MS)],
    ];
    return lines(edges, {
      kind: "gap",
      hex: track.address,
      name: input.title,
      evidence: "not observed",
      note: `${SHORTEST_PATH_NOTE}; nobody received the aircraft between the two ends`,
      from,
      to,
      durationS,
      simulated: isSimulatedExport(input),
    });
  });
}

function spanOf(positions: readonly Position[]): { from: string | null; to: string | null } {
  return { from: timeOf(positions[0]), to: timeOf(positions.at(-1)) };
}

function timeOf(position: Position | undefined): string | null {
  return position ? isoSeconds(position[3]! * SECOND_MS) : null;
}

/** Lines only, each a feature: programs that play trips take no other geometry. A single point is a line of two equal ones. */
function lines(positions: readonly Position[], properties: object): Feature[] {
  const [only] = positions;
  if (!only) return [];
  const line = positions.length === 1 ? [only, only] : positions;
  return cutAtAntimeridian(line).map((coordinates) => ({
    type: "Feature",
    properties: { ...properties },
    geometry: { type: "LineString", coordinates: coordinates.map(whole) },
  }));
}

/** Where a line is cut, what lies between two points has more decimals than they have. */
function whole(position: readonly number[]): Position {
  const [lon, lat, heightMetres, timeS] = position as [number, number, number, number];
  return [
    rounded(lon, 6) ?? 0,
    rounded(lat, 6) ?? 0,
    rounded(heightMetres, 1) ?? 0,
    Math.floor(timeS),
  ];
}
