import { POSITION_SOURCES, type Track, type TrackSource } from "../track/track.js";
import { keptInt, UNKNOWN_INT } from "./point-rows.js";

/**
 * A track as `Lake.track` would give it back if the lake held it and nothing else of that address: whole milliseconds,
 * millionths of a degree, only callsigns and sources that points use. What is inferred from it is what would be inferred
 * from the lake, without the way through the lake.
 *
 * @param track as collected: sorted by time; its points are all of its address's
 * @returns undefined when there is no point
 */
export function trackAsKept(track: Track): Track | undefined {
  const { length } = track;
  if (length === 0) return undefined;
  const callsigns = firstUses(track.callsignIndex, track.callsigns.length);
  const used = new Set(track.sourceIndex);
  const sourcePlaces = new Uint16Array(track.sources.length);
  const sources: TrackSource[] = [];
  for (const [index, source] of track.sources.entries()) {
    if (!used.has(index)) continue;
    sourcePlaces[index] = sources.length;
    sources.push(source);
  }
  return {
    address: track.address,
    length,
    timeMs: Float64Array.from(track.timeMs, (timeMs) => Math.round(timeMs) + 0),
    latDeg: scaled(track.latDeg, 1e6),
    lonDeg: scaled(track.lonDeg, 1e6),
    altitudeFt: new Float32Array(scaled(track.altitudeFt, 1)),
    geometricAltitudeFt: new Float32Array(scaled(track.geometricAltitudeFt, 1)),
    groundSpeedKt: new Float32Array(scaled(track.groundSpeedKt, 10)),
    trackAngleDeg: new Float32Array(scaled(track.trackAngleDeg, 10)),
    verticalRateFpm: new Float32Array(scaled(track.verticalRateFpm, 1)),
    ground: track.ground,
    flags: track.flags,
    // A number no name stands for is written as "unknown".
    positionSource: track.positionSource.map((code) => (code < POSITION_SOURCES.length ? code : 0)),
    nic: track.nic,
    nacP: track.nacP,
    sil: track.sil,
    callsignIndex: track.callsignIndex.map((index) => callsigns.places[index]!),
    callsigns: callsigns.order.map((index) => track.callsigns[index]!),
    squawk: track.squawk,
    sourceIndex: track.sourceIndex.map((index) => sourcePlaces[index]!),
    sourceRow: track.sourceRow,
    sources,
  };
}

/** @returns the indices in the order of their first use, and each one's place in that order */
function firstUses(
  indices: Uint16Array,
  count: number,
): { readonly order: readonly number[]; readonly places: Uint16Array } {
  const places = new Uint16Array(count);
  const order: number[] = [];
  const isMet = new Uint8Array(count);
  let last = -1;
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index === last) continue;
    last = index;
    if (isMet[index]) continue;
    isMet[index] = 1;
    places[index] = order.length;
    order.push(index);
  }
  return { order, places };
}

function scaled(values: Float64Array | Float32Array, scale: number): Float64Array {
  const kept = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = keptInt(values[i]!, scale);
    // Adding 0 turns -0 into 0, which is what an integer column gives back.
    kept[i] = value === UNKNOWN_INT ? Number.NaN : (value + 0) / scale;
  }
  return kept;
}
