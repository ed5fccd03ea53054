/** Which positions of a track are drawn: "alt=0..10000&src=adsb,mlat" in the address. What is received stays as it is. */

import type { TrackJson } from "../../../src/api/shapes.js";
import type { View } from "../url.js";
import { grouped } from "../words.js";

/** Words of the address for `TrackJson.source`, and what a reader calls them. */
export const SOURCE_NAMES: readonly (readonly [word: string, name: string])[] = [
  ["adsb", "sent by the aircraft (ADS-B)"],
  ["mlat", "multilateration (MLAT)"],
  ["tisb", "rebroadcast (TIS-B, ADS-R)"],
  ["other", "source not known"],
];

/** What of a track is drawn. */
export interface DrawnPart {
  /** Pressure altitude; the ground counts as 0. Infinite ends are open. */
  readonly lowFt: number;
  readonly highFt: number;
  /** Indices into `SOURCE_NAMES`; undefined for all. */
  readonly sources: ReadonlySet<number> | undefined;
}

/** @returns undefined when everything is drawn, and for words that make no sense */
export function drawnPartOf(params: View["params"]): DrawnPart | undefined {
  const range = /^(\d{0,6})\.\.(\d{0,6})$/.exec(params["alt"] ?? "");
  const named = (params["src"] ?? "").split(",");
  const sources = SOURCE_NAMES.flatMap(([word], at) => (named.includes(word) ? [at] : []));
  const [low = "", high = ""] = range?.slice(1) ?? [];
  if (low === "" && high === "" && sources.length === 0) return undefined;
  return {
    lowFt: low === "" ? Number.NEGATIVE_INFINITY : Number(low),
    highFt: high === "" ? Number.POSITIVE_INFINITY : Number(high),
    sources: sources.length === 0 ? undefined : new Set(sources),
  };
}

/** @returns whether a position is drawn; where a range of altitudes is asked for, one without an altitude is not */
export function isDrawnIn(part: DrawnPart | undefined, track: TrackJson, index: number): boolean {
  if (!part) return true;
  const { lowFt, highFt, sources } = part;
  if (sources && !sources.has(track.source[index] ?? 3)) return false;
  if (!Number.isFinite(lowFt) && !Number.isFinite(highFt)) return true;
  const altitudeFt = track.ground[index] === true ? 0 : track.altitudeFt[index];
  return altitudeFt != null && altitudeFt >= lowFt && altitudeFt <= highFt;
}

/** @returns a sentence that must stand beside a map on which something received is not drawn */
export function drawnPartText({ lowFt, highFt, sources }: DrawnPart): string {
  const from = Number.isFinite(lowFt) ? `from ${grouped(lowFt)} ft` : "";
  const to = Number.isFinite(highFt) ? `up to ${grouped(highFt)} ft` : "";
  const by = sources && [...sources].map((at) => SOURCE_NAMES[at]![1]).join(", ");
  const words = [[from, to].filter((each) => each !== "").join(" "), by ?? ""];
  return `Drawn only: positions ${words.filter((each) => each !== "").join("; ")}. Others were received.`;
}
