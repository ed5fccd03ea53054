import type { MovementJson } from "../report/shapes.js";
import { movementStanding, shareText } from "../report/wording.js";
import { MINUTE_MS } from "../units/quantity.js";
import { formatDuration, utcMinutes } from "../units/time.js";
import { visibleLine } from "./terminal-text.js";

/** An interval wider than this is shown as one: a single time would say more than is known. */
const POINT_IN_TIME_MS = 20 * 60_000;

/** When it happened, as wide as it is known: "2019-01-23 18:25Z", "~ ..." or "2019-01-24 03:27Z to 2019-01-29 07:08Z". */
export function whenCell(movement: MovementJson): string {
  const fromMs = Date.parse(movement.timeFrom);
  const toMs = Date.parse(movement.timeTo);
  if (toMs - fromMs <= POINT_IN_TIME_MS) {
    const about = toMs - fromMs > MINUTE_MS ? "~" : "";
    return `${about}${utcMinutes(Date.parse(movement.time))}`;
  }
  const from = utcMinutes(fromMs);
  const to = utcMinutes(toMs);
  return `${from} to ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
}

/** Where: the airport, one of several, no airport, or not known; marked where a list of routes weighed in. */
export function whereText(movement: MovementJson): string {
  const weighed = (movement.priors.routes?.before.length ?? 0) > 0;
  return `${placeText(movement)}${weighed ? " (with routes)" : ""}`;
}

function placeText(movement: MovementJson): string {
  if (movement.airport) return `${movement.airport} ${movement.airportName ?? ""}`.trim();
  if (movement.offAirport) return `no airport, at ${movement.lat}, ${movement.lon}`;
  const likely = movement.candidates.filter(({ probability }) => probability >= 0.1);
  if (likely.length === 0) return "place not known";
  return `one of ${likely.map(({ airport, probability }) => `${airport} ${probability.toFixed(2)}`).join(", ")} ...`;
}

/** How sure: "seen G0 0.995", "inferred GAP ~0.78" where the number is not calibrated. */
export function sureText(movement: MovementJson): string {
  const { probability } = movement;
  const mark = movementStanding(movement).kind === "calibrated" ? "" : "~";
  return `${movement.evidence} ${movement.class} ${mark}${probability === null ? "?" : shareText(probability)}`;
}

/** What the mark "~" before a time stands for. */
export const ROUGH_TIME_NOTE = "~ before a time: not known to the minute";

/** What the mark "~" in a table stands for. */
export const ROUGH_MARK_NOTE = `${ROUGH_TIME_NOTE}; before a probability: not calibrated, see \`wheelsdown method\``;

export function kindWord(movement: MovementJson): string {
  return movement.kind === "takeoff" ? "take-off" : movement.kind;
}

/** "157713 RA-96019 (IL96)", as much of it as is known, marked when simulated. */
export function aircraftWords(movement: {
  readonly hex: string;
  readonly registration: string | null;
  readonly type: string | null;
  readonly simulated: boolean;
}): string {
  const type = movement.type ? ` (${visibleLine(movement.type)})` : "";
  const name = movement.registration
    ? `${visibleLine(movement.registration)}${type}, address ${movement.hex}`
    : `address ${movement.hex}${type}`;
  return movement.simulated ? `${name}  SIMULATED` : name;
}

export function durationText(fromIso: string, toIso: string): string {
  return formatDuration(Date.parse(toIso) - Date.parse(fromIso));
}
