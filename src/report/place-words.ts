/** Names of places and positions as people write them. */
import { localTime, utcOffsetMinutes } from "../units/time.js";
import type { StopJson } from "./journey-shape.js";

/** @returns the English name of an ISO 3166-1 alpha-2 code; the code itself when it has none */
export function countryText(alpha2: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "region" }).of(alpha2) ?? alpha2;
  } catch {
    return alpha2;
  }
}

/** "Vnukovo International Airport" takes much room and says no more than "Vnukovo". */
export function shortAirportName(name: string): string {
  const short = name.replace(/\s+(?:International|Intl\.?)?\s*(?:Airport|Airfield)$/i, "").trim();
  return short === "" ? name : short;
}

/** @returns "Vnukovo, Russia"; without an airport "a place that cannot be named" */
export function placeInWords(place: {
  readonly airport: string | null;
  readonly airportName: string | null;
  readonly country: string | null;
}): string {
  if (!place.airport) return "a place that cannot be named";
  const name = place.airportName ? shortAirportName(place.airportName) : place.airport;
  return place.country ? `${name}, ${countryText(place.country)}` : name;
}

/** @returns "18.94 N 80.41 W" to so many decimals; "position unknown" when it is */
export function positionText(lat: number | null, lon: number | null, decimals = 2): string {
  if (lat === null || lon === null) return "position unknown";
  const part = (deg: number, names: string) =>
    `${Math.abs(deg).toFixed(decimals)} ${deg < 0 ? names[1] : names[0]}`;
  return `${part(lat, "NS")} ${part(lon, "EW")}`;
}

/** True for a stop that nobody saw and nothing places: it only must lie inside a silence. */
export function isHiddenStop(stop: StopJson): boolean {
  return !stop.airport && stop.landing?.class === "GAP" && stop.takeoff?.class === "GAP";
}

/** @returns the stops of a journey without its open ends, which are no stops */
export function realStops(stops: readonly StopJson[]): StopJson[] {
  return stops.filter((stop) => stop.openEnd === null);
}

/** @returns " (15:25 local)", with the day where it is another one than in UTC; "" where local time is UTC or unknown */
export function localPart(timeMs: number, timeZone: string | null): string {
  const offset = timeZone === null ? undefined : utcOffsetMinutes(timeMs, timeZone);
  const local = offset ? localTime(timeMs, timeZone ?? undefined) : undefined;
  const match = /^\w+ (\d+ \w+) \d+ (\d\d:\d\d)/.exec(local ?? "");
  if (!match) return "";
  const sameDay = local?.startsWith((localTime(timeMs, "UTC") ?? "").slice(0, 10)) ?? false;
  return sameDay ? ` (${match[2]} local)` : ` (${match[1]}, ${match[2]} local)`;
}
