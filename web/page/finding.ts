/** What a journey amounts to, in sentences about movements and nothing else. */

import type { StopJson } from "../../src/api/shapes.js";
import { counted } from "../../src/units/counted.js";
import { formatDuration, utcMinutes } from "../../src/units/time.js";
import type { Scene } from "./scene.js";
import { capitalised, evidenceShape, stopPlaceText } from "./words.js";

/** A piece of text; some pieces are set off by the colour of their evidence. */
export interface FindingPart {
  readonly text: string;
  readonly tone?: "seen" | "uncertain";
}

/** @returns the way in idents, how its stops are known, and for how long nobody heard the aircraft */
export function findingOf(scene: Scene): FindingPart[] {
  const { stops, gaps, endGaps } = scene;
  const placed = stops.filter(({ openEnd }) => openEnd === null);
  if (stops.length === 0) return [{ text: "No stop is known in this period. " }, ...silence(scene)];
  const count = (shape: string) => placed.filter((stop) => evidenceShape(stop) === shape).length;
  // Idents are in capitals already; a way may begin with words.
  const parts: FindingPart[] = [{ text: `${capitalised(wayText(stops))}. ` }];
  const [seen, inferred, possible] = [count("seen"), count("inferred"), count("possible")];
  if (placed.length > 0) parts.push({ text: `Of ${counted(placed.length, "stop")} ` });
  const told: FindingPart[] = [];
  if (seen > 0) told.push({ text: `${seen} ${seen === 1 ? "was" : "were"} seen`, tone: "seen" });
  if (inferred > 0)
    told.push({ text: `${inferred} ${inferred === 1 ? "is" : "are"} inferred`, tone: "uncertain" });
  if (possible > 0) told.push({ text: `${possible} cannot be placed`, tone: "uncertain" });
  told.forEach((part, at) => {
    parts.push(part, {
      text: at === told.length - 1 ? ". " : at === told.length - 2 ? " and " : ", ",
    });
  });
  return gaps.length + endGaps.length === 0 && !isCut(scene)
    ? parts
    : [...parts, ...silence(scene)];
}

/** chosen: a longer row of idents is no reading */
const WAY_MAX = 8;
const AIRPORTS_MAX = 4;

/** @returns "UUWW – GOBD – SGAS", or for many stops where they were: "109 stops, at SVMI (55), SVMC (54)" */
function wayText(stops: readonly StopJson[]): string {
  if (stops.length <= WAY_MAX)
    return countedRuns(
      stops.map((stop) => (stop.openEnd ? openEndText(stop.openEnd) : stopPlaceText(stop))),
    ).join(" – ");
  const counts = new Map<string, number>();
  for (const { airport } of stops)
    if (airport !== null) counts.set(airport, (counts.get(airport) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1]);
  const named = most.slice(0, AIRPORTS_MAX).map(([ident, count]) => `${ident} (${count})`);
  const more = most.length - named.length;
  if (named.length === 0) return `${stops.length} stops, none at a place that is known`;
  return `${stops.length} stops, at ${named.join(", ")}${more > 0 ? ` and ${counted(more, "more airport")}` : ""}`;
}

/** Places that are not known, in a row, once: "place not known (4 times)". A named one may be where it went and came back. */
function countedRuns(places: readonly string[]): string[] {
  return places.flatMap((place, at) => {
    // No ident has a space in it.
    if (!place.includes(" ")) return [place];
    if (place === places[at - 1]) return [];
    const next = places.findIndex((each, i) => i > at && each !== place);
    const count = (next < 0 ? places.length : next) - at;
    return [count > 1 ? `${place} (${count} times)` : place];
  });
}

function openEndText(end: "before" | "after"): string {
  return end === "before" ? "first heard in the air" : "last heard in the air";
}

/** @returns whether part of a journey is named whose positions are not shown */
function isCut({ journeys, fromMs, toMs }: Scene): boolean {
  return journeys.some(({ from, to }) => Date.parse(from) < fromMs || Date.parse(to) > toMs);
}

function silence(scene: Scene): FindingPart[] {
  const isPart = isCut(scene);
  const where = isPart ? " in the part shown" : "";
  const [first, last] = [scene.track.time[0], scene.track.time.at(-1)];
  if (first === undefined || last === undefined)
    return [{ text: `No position was received${where}.` }];
  // The edges of a part may lie in a silence, which is none of its gaps.
  const span = isPart
    ? ` The positions shown reach from ${utcMinutes(first * 1000)} to ${utcMinutes(last * 1000)}.`
    : "";
  return [...between(scene, where), ...(span === "" ? [] : [{ text: span }]), ...outside(scene)];
}

/** What nobody heard between the first position shown and the last. */
function between({ gaps, endGaps }: Scene, where: string): FindingPart[] {
  const away = gaps.filter(({ parked }) => !parked);
  if (away.length === 0) {
    if (where !== "") return [{ text: `No gap lies${where}.` }];
    return [
      {
        text:
          endGaps.length === 0
            ? "It was heard all the way."
            : "No gap lies between the first position and the last.",
      },
    ];
  }
  const totalMs = away.reduce((sum, { durationS }) => sum + durationS * 1000, 0);
  return [
    { text: `In ${counted(away.length, "gap")}${where}, together ${formatDuration(totalMs)}, ` },
    { text: "nobody heard it", tone: "uncertain" },
    { text: "." },
  ];
}

/** What nobody heard before the first position shown and after the last; time at one place is no such silence. */
function outside({ endGaps, track }: Scene): FindingPart[] {
  const firstMs = track.time[0]! * 1000;
  const away = endGaps.filter(({ parked }) => !parked);
  const parts = away.map(({ fromMs, durationS }, at) => {
    const end = fromMs < firstMs ? "before the first" : "after the last";
    return `for ${formatDuration(durationS * 1000)} ${end}${at === 0 ? " position" : ""}`;
  });
  if (parts.length === 0) return [];
  return [{ text: ` Nobody heard it ${parts.join(", nor ")}.` }];
}
