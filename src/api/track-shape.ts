/** JSON of a track for drawing, as columns: `wheelsdown/track/1`. */

import { kilometres, rounded } from "../report/shapes.js";
import { cleanTrack } from "../track/clean.js";
import { findContacts, findGaps } from "../track/contacts.js";
import type { Gap } from "../track/gap.js";
import {
  GROUND_UNKNOWN,
  GROUND_YES,
  isSimulated,
  POSITION_SOURCES,
  type PositionSource,
  type Track,
} from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import type { EndGapJson, TrackGapJson, TrackJson } from "./shapes.js";
import { thinTrack } from "./thin-track.js";

/** How a position came about, as `TrackJson.source` has it. */
const SOURCE_CODES: Readonly<Record<PositionSource, 0 | 1 | 2 | 3>> = {
  unknown: 3,
  adsb_icao: 0,
  adsb_icao_nt: 0,
  adsr_icao: 2,
  tisb_icao: 2,
  adsc: 0,
  mlat: 1,
  other: 3,
  mode_s: 3,
  adsb_other: 0,
  adsr_other: 2,
  tisb_other: 2,
  tisb_trackfile: 2,
  flarm: 0,
  estimated: 3,
};

/** @returns what a gap is called in the addresses of answers: "157713-1548248400" */
export function gapId(hex: string, gap: Pick<Gap, "fromMs">): string {
  return `${hex}-${Math.floor(gap.fromMs / SECOND_MS)}`;
}

/**
 * Cleans a track and thins what is left; see `thinTrack`.
 *
 * @param track as received, of one period
 * @param limit of points
 * @param endGaps silences that reach out of the period
 */
export function trackJson(
  received: Track,
  limit: number,
  endGaps: readonly EndGapJson[] = [],
): TrackJson {
  return cleanTrackJson(cleanTrack(received).track, limit, endGaps);
}

/** As `trackJson`, of a track that is cleaned already. */
export function cleanTrackJson(
  track: Track,
  limit: number,
  endGaps: readonly EndGapJson[] = [],
): TrackJson {
  const contacts = findContacts(track);
  const gaps = findGaps(track, contacts);
  const kept = thinTrack(track, contacts, limit);
  const column = <T>(read: (index: number) => T): T[] => Array.from(kept, read);
  const placeOf = new Map(gaps.map(({ nextIndex }) => [nextIndex, -1]));
  kept.forEach((index, place) => {
    if (placeOf.has(index)) placeOf.set(index, place);
  });
  return {
    schema: "wheelsdown/track/1",
    hex: track.address,
    simulated: isSimulated(track),
    positionCount: track.length,
    time: column((i) => track.timeMs[i]! / SECOND_MS),
    lat: column((i) => rounded(track.latDeg[i]!, 5) ?? 0),
    lon: column((i) => rounded(track.lonDeg[i]!, 5) ?? 0),
    altitudeFt: column((i) =>
      track.ground[i] === GROUND_YES ? null : rounded(track.altitudeFt[i]!, 0),
    ),
    speedKt: column((i) => rounded(track.groundSpeedKt[i]!, 1)),
    ground: column((i) =>
      track.ground[i] === GROUND_UNKNOWN ? null : track.ground[i] === GROUND_YES,
    ),
    source: column((i) => SOURCE_CODES[POSITION_SOURCES[track.positionSource[i]!] ?? "unknown"]),
    gapAt: [...placeOf.values()],
    gaps: gaps.map((gap) => trackGapJson(track.address, gap)),
    endGaps,
  };
}

/** The track of a period in which nobody heard an aircraft that is known at other times. */
export function emptyTrackJson(
  hex: string,
  { simulated, endGaps }: Pick<TrackJson, "simulated" | "endGaps">,
): TrackJson {
  return {
    ...{ schema: "wheelsdown/track/1", hex, simulated, positionCount: 0 },
    ...{ time: [], lat: [], lon: [], altitudeFt: [], speedKt: [], ground: [], source: [] },
    ...{ gapAt: [], gaps: [], endGaps },
  };
}

function trackGapJson(hex: string, gap: Gap): TrackGapJson {
  return {
    id: gapId(hex, gap),
    from: isoSeconds(gap.fromMs),
    to: isoSeconds(gap.toMs),
    durationS: Math.round(gap.durationMs / SECOND_MS),
    distanceKm: kilometres(gap.distanceM),
  };
}
