/** What a journey amounts to, in sentences about movements and nothing else. */

import { counted } from "../../src/units/counted.js";
import { formatDuration } from "../../src/units/time.js";
import type { Scene } from "./scene.js";
import { evidenceShape, stopPlaceText } from "./words.js";

/** A piece of text; some pieces are set off by the colour of their evidence. */
export interface FindingPart {
  readonly text: string;
  readonly tone?: "seen" | "uncertain";
}

/** @returns the way in idents, how its stops are known, and for how long nobody heard the aircraft */
export function findingOf(scene: Scene): FindingPart[] {
  const { stops, gaps } = scene;
  const placed = stops.filter(({ openEnd }) => openEnd === null);
  if (stops.length === 0) return [{ text: "No stop is known in this period." }, ...silence(scene)];
  const way = stops.map((stop) => (stop.openEnd ? openEndText(stop.openEnd) : stopPlaceText(stop)));
  const count = (shape: string) => placed.filter((stop) => evidenceShape(stop) === shape).length;
  const parts: FindingPart[] = [{ text: `${way.join(" – ")}. ` }];
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
  return gaps.length === 0 ? parts : [...parts, ...silence(scene)];
}

function openEndText(end: "before" | "after"): string {
  return end === "before" ? "first heard in the air" : "last heard in the air";
}

function silence({ gaps, track }: Scene): FindingPart[] {
  const away = gaps.filter(({ parked }) => !parked);
  if (track.time.length === 0) return [{ text: " No position was received." }];
  if (away.length === 0) return [{ text: "It was heard all the way." }];
  const totalMs = away.reduce((sum, { durationS }) => sum + durationS * 1000, 0);
  return [
    { text: `In ${counted(away.length, "gap")}, together ${formatDuration(totalMs)}, ` },
    { text: "nobody heard it", tone: "uncertain" },
    { text: "." },
  ];
}
