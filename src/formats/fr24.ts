import type { PositionSource } from "../track/track.js";

/**
 * What an altitude in an export of Flightradar24 says. 0 stands for "on the ground, or not known, or no higher": it turns
 * 0 at 120 to 180 kt, up to 1.9 nautical miles before the runway, and stays 0 through take-off rolls on high fields.
 * So 0 is no contact with the ground, and an altitude only while a vertical rate says that it is being measured: then
 * values below 0 are written as 0.
 *
 * @param verticalRateFpm undefined where the export has none
 * @returns undefined for what is not known
 *
 * Source: measured in six exports of 2016 to 2025; 0 with a rate occurs only at fields below 30 ft.
 */
export function fr24AltitudeFt(
  altitudeFt: number | undefined,
  verticalRateFpm: number | undefined,
): number | undefined {
  return altitudeFt === 0 && !verticalRateFpm ? undefined : altitudeFt;
}

/** @returns how Flightradar24 says a position came about; "estimated" ones were received by nobody */
export function fr24Source(value: unknown): PositionSource {
  if (typeof value !== "string" || value.trim() === "") return "unknown";
  const name = value.trim().toUpperCase();
  if (name === "ADSB") return "adsb_icao";
  if (name === "MLAT") return "mlat";
  if (name === "FLARM") return "flarm";
  return name.startsWith("ESTIMAT") ? "estimated" : "other";
}
