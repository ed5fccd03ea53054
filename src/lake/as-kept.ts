import type { Track, TrackSource } from "../track/track.js";
import { keptInt, UNKNOWN_INT } from "./kept-values.js";

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
  const sourcePlaces = new Uint16Array(track.sources.length);
  const sources: TrackSource[] = [];
  const used = new Set(firstUses(track.sourceIndex, track.sources.length).order);
  for (const [index, source] of track.sources.entries()) {
    if (!used.has(index)) continue;
    sourcePlaces[index] = sources.length;
    sources.push(source);
  }
  return {
    address: track.address,
    length,
    timeMs: rounded(track.timeMs),
    latDeg: millionths(track.latDeg),
    lonDeg: millionths(track.lonDeg),
    altitudeFt: kept(track.altitudeFt, 1),
    geometricAltitudeFt: kept(track.geometricAltitudeFt, 1),
    groundSpeedKt: kept(track.groundSpeedKt, 10),
    trackAngleDeg: kept(track.trackAngleDeg, 10),
    verticalRateFpm: kept(track.verticalRateFpm, 1),
    ground: track.ground,
    flags: track.flags,
    positionSource: track.positionSource,
    nic: track.nic,
    nacP: track.nacP,
    sil: track.sil,
    callsignIndex: replaced(track.callsignIndex, callsigns.places),
    callsigns: callsigns.order.map((index) => track.callsigns[index]!),
    squawk: track.squawk,
    sourceIndex: replaced(track.sourceIndex, sourcePlaces),
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

// Loops that look alike: one for columns of either width would be several times slower. Most inputs send what the lake
// keeps: a column of which nothing changes is the track's own, as columns are never written again.

function rounded(timeMs: Float64Array): Float64Array {
  const { length } = timeMs;
  let i = 0;
  while (i < length && Math.round(timeMs[i]!) === timeMs[i]) i++;
  return i === length ? timeMs : timeMs.map((value) => Math.round(value));
}

function millionths(values: Float64Array): Float64Array {
  const { length } = values;
  let result: Float64Array | undefined;
  for (let i = 0; i < length; i++) {
    const before = values[i]!;
    const scaled = Math.round(before * 1e6);
    // Neither -0, which an integer column gives back as 0, nor what does not fit one.
    if (scaled / 1e6 === before && scaled !== 0 && Math.abs(scaled) < 2 ** 31) continue;
    const value = keptNumber(before, 1e6);
    if (Object.is(value, before)) continue;
    result ??= values.slice();
    result[i] = value;
  }
  return result ?? values;
}

function kept(values: Float32Array, scale: number): Float32Array {
  const { length } = values;
  let result: Float32Array | undefined;
  for (let i = 0; i < length; i++) {
    const before = values[i]!;
    const scaled = Math.round(before * scale);
    if (Math.fround(scaled / scale) === before && scaled !== 0 && Math.abs(scaled) < 2 ** 31)
      continue;
    const value = Math.fround(keptNumber(before, scale));
    if (Object.is(value, before)) continue;
    result ??= values.slice();
    result[i] = value;
  }
  return result ?? values;
}

function keptNumber(value: number, scale: number): number {
  // Adding 0 turns -0 into 0.
  const scaled = keptInt(value, scale) + 0;
  return scaled === UNKNOWN_INT ? Number.NaN : scaled / scale;
}

function replaced(indices: Uint16Array, places: Uint16Array): Uint16Array {
  let isSame = true;
  for (let i = 0; i < places.length; i++) isSame &&= places[i] === i;
  if (isSame) return indices;
  const { length } = indices;
  const result = new Uint16Array(length);
  for (let i = 0; i < length; i++) result[i] = places[indices[i]!]!;
  return result;
}
