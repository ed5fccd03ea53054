import type { Analysis } from "../movement/analyse.js";
import type { Gap } from "../track/gap.js";
import { GROUND_YES, POSITION_SOURCES, type PositionSource, type Track } from "../track/track.js";
import { METRES_PER_NM } from "../units/quantity.js";
import type { ReachEdge, ReachGap } from "./reach-question.js";

/** Sources whose positions are the aircraft's own, sent as they are. Source: docs/reach.md, position error. */
const OWN_POSITION: ReadonlySet<PositionSource> = new Set([
  "adsb_icao",
  "adsb_icao_nt",
  "adsr_icao",
  "adsb_other",
  "adsr_other",
  "flarm",
]);
const OWN_ERROR_M = 2 * METRES_PER_NM;
/** MLAT, ADS-C, TIS-B, radar, and whatever does not say how the position came about. */
const OTHER_ERROR_M = 10 * METRES_PER_NM;
/** NACp 2 and less is worse than 4 NM or unknown. Source: RTCA DO-260B, table of NACp. */
const POOR_NACP = 2;

/** The state of a track at one point, as the edge of a gap. */
export function reachEdge(track: Track, index: number): ReachEdge {
  const source = POSITION_SOURCES[track.positionSource[index] ?? 0] ?? "unknown";
  const isPoor = (track.nacP[index] ?? 255) <= POOR_NACP;
  return {
    timeMs: track.timeMs[index] ?? Number.NaN,
    latDeg: track.latDeg[index] ?? Number.NaN,
    lonDeg: track.lonDeg[index] ?? Number.NaN,
    altitudeFt: track.altitudeFt[index] ?? Number.NaN,
    onGround: track.ground[index] === GROUND_YES,
    positionErrorM: OWN_POSITION.has(source) && !isPoor ? OWN_ERROR_M : OTHER_ERROR_M,
    source,
  };
}

/** A gap of a track, closed at both ends. */
export function reachGapOf(track: Track, gap: Gap): ReachGap {
  return {
    before: reachEdge(track, gap.lastIndex),
    after: reachEdge(track, gap.nextIndex),
    fromMs: gap.fromMs,
    toMs: gap.toMs,
  };
}

/**
 * Every gap that lies at least partly in a period, in time order, whole and not cut at the period's ends; and, where
 * the period begins before the first contact or ends after the last, an open gap on that side.
 *
 * @returns nothing for an aircraft nobody ever heard: there is no place to reckon from
 */
export function reachGaps(
  { clean, gaps }: Pick<Analysis, "clean" | "gaps">,
  period: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined },
): ReachGap[] {
  const { track } = clean;
  if (track.length === 0) return [];
  const fromMs = period.fromMs ?? Number.NaN;
  const toMs = period.toMs ?? Number.NaN;
  const first = reachEdge(track, 0);
  const last = reachEdge(track, track.length - 1);
  const found: ReachGap[] = gaps
    .filter((gap) => !(gap.toMs < fromMs) && !(gap.fromMs > toMs))
    .map((gap) => reachGapOf(track, gap));
  if (fromMs < first.timeMs) found.unshift({ after: first, fromMs, toMs: first.timeMs });
  if (toMs > last.timeMs) found.push({ before: last, fromMs: last.timeMs, toMs });
  return found;
}
