/** Links from other sites, and what people paste: each becomes the view that shows the same. */

import { DAY_MS, MINUTE_MS } from "../../src/units/quantity.js";
import { parseUtc } from "../../src/units/time.js";
import type { View } from "./url.js";
import { minuteText } from "./words.js";

const HEX = /^[0-9a-f]{6}$/;

/**
 * Reads an address of a tar1090 site (ADS-B Exchange, adsb.lol, adsb.fi, airplanes.live, a receiver at home), of
 * Flightradar24, or of this page.
 *
 * @returns undefined when `text` is no link, or one that names neither aircraft nor airport
 */
export function viewOfLink(text: string): View | undefined {
  const url = urlOf(text.trim());
  if (!url) return undefined;
  if (/(^|\.)flightradar24\.com$/i.test(url.hostname)) return viewOfRadar24(url.pathname);
  return viewOfTar1090(url.searchParams);
}

function urlOf(text: string): URL | undefined {
  const full = /^https?:\/\//i.test(text)
    ? text
    : /^[\w-]+(\.[\w-]+)+\//.test(text)
      ? `https://${text}`
      : "";
  return URL.canParse(full) ? new URL(full) : undefined;
}

/**
 * Reads what tar1090 puts into its address. Names of parameters may be written in any case; dates and times are UTC.
 *
 * Source: tar1090's README, "URL query parameters".
 */
export function viewOfTar1090(query: URLSearchParams): View | undefined {
  const values = new Map([...query].map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const [hex, ...others] = (values.get("icao") ?? "")
    .toLowerCase()
    .split(",")
    .filter((each) => HEX.test(each));
  if (hex === undefined) return undefined;
  const params: Record<string, string> = { ...periodOf(values) };
  if (others.length > 0) params["with"] = others.join(",");
  const camera = ["lon", "lat", "zoom"].map((name) => values.get(name));
  if (camera.every((each) => each !== undefined && each !== "" && Number.isFinite(Number(each))))
    params["v"] = camera.join(",");
  return { screen: "aircraft", id: hex, params };
}

function periodOf(values: ReadonlyMap<string, string>): Record<string, string> {
  const replay = /^(\d{4}-\d{2}-\d{2})(?:-(\d{1,2}):(\d{2}))?/.exec(values.get("replay") ?? "");
  const day = values.get("showtrace") ?? replay?.[1] ?? "";
  const dayMs = /^\d{4}-\d{2}-\d{2}$/.test(day) ? parseUtc(day) : undefined;
  const params: Record<string, string> = {};
  if (dayMs !== undefined) {
    const fromMs = timeOfDay(dayMs, values.get("starttime")) ?? dayMs;
    const toMs = timeOfDay(dayMs, values.get("endtime")) ?? dayMs + DAY_MS - MINUTE_MS;
    params["from"] = minuteText(fromMs);
    params["to"] = minuteText(Math.max(fromMs, toMs));
    if (replay?.[2] !== undefined)
      params["t"] = minuteText(
        timeOfDay(dayMs, `${replay[2].padStart(2, "0")}:${replay[3]}`) ?? fromMs,
      );
  }
  const seconds = Number(values.get("timestamp"));
  if (values.has("timestamp") && Number.isFinite(seconds) && seconds > 0)
    params["t"] = minuteText(seconds * 1000);
  return params;
}

function timeOfDay(dayMs: number, clock: string | undefined): number | undefined {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(clock ?? "");
  if (!match) return undefined;
  const [, hours, minutes, seconds = "0"] = match;
  return dayMs + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Its addresses hold registrations, callsigns and airport codes, but no hex address: those are searched. */
function viewOfRadar24(path: string): View | undefined {
  const parts = path.split("/").filter((part) => part !== "");
  const word =
    parts[0]?.toLowerCase() === "data"
      ? parts[2]
      : /^[A-Za-z]/.test(parts[0] ?? "")
        ? parts[0]
        : undefined;
  return word === undefined
    ? undefined
    : { screen: "search", id: "", params: { q: word.toUpperCase() } };
}
