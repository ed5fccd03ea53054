import type { Analysis } from "../movement/analyse.js";
import { GROUND_YES } from "../track/track.js";
import { HOUR_MS } from "../units/quantity.js";
import { formatDuration, isoSeconds } from "../units/time.js";
import type { ReachAircraft } from "./reach-bounds.js";
import type { ReachGap } from "./reach-question.js";

/** Since when an aircraft is known to have been in the air. */
export interface AirborneSince {
  readonly timeMs: number;
  readonly basis: "take-off" | "first heard in the air";
}

/** A positive statement without a place: by then it must have come down. */
export interface EnduranceProof {
  readonly schema: "wheelsdown/endurance/1";
  readonly airborneSince: string;
  readonly basis: AirborneSince["basis"];
  /** When it was last heard, still in the air. */
  readonly lastHeard: string;
  readonly enduranceH: number;
  readonly factor: number;
  readonly source: string;
  readonly landedBy: string;
  readonly statement: string;
}

/**
 * Longest flights of a type go beyond its usual endurance: ferry tanks, a variant with more fuel.
 * chosen: a quarter more; half more when the figure is an estimate.
 */
const MARGIN_FACTOR = 1.25;
const ESTIMATE_FACTOR = 1.5;

/**
 * "Must have landed somewhere by T": since the take-off, or since it was first heard in the air, the type's endurance
 * with a margin has run out before the end of the gap.
 *
 * @returns undefined when the type is unknown or a glider (thermals are no fuel); when it was on the ground
 *   before the gap; or when it could have stayed up all along
 */
export function mustHaveLanded(
  gap: ReachGap,
  since: AirborneSince | undefined,
  aircraft: ReachAircraft,
): EnduranceProof | undefined {
  const { before } = gap;
  const { engineClass } = aircraft;
  if (!before || before.onGround || !since) return undefined;
  if (engineClass === undefined || engineClass === "glider") return undefined;
  const { enduranceMs, estimated, source } = aircraft.performance;
  const factor = estimated ? ESTIMATE_FACTOR : MARGIN_FACTOR;
  const landedByMs = since.timeMs + enduranceMs * factor;
  if (!(landedByMs > before.timeMs) || !(landedByMs < gap.toMs)) return undefined;
  const enduranceH = enduranceMs / HOUR_MS;
  return {
    schema: "wheelsdown/endurance/1",
    airborneSince: isoSeconds(since.timeMs),
    basis: since.basis,
    lastHeard: isoSeconds(before.timeMs),
    enduranceH,
    factor,
    source,
    landedBy: isoSeconds(landedByMs),
    statement: `must have come down somewhere by ${isoSeconds(landedByMs)}: in the air since ${isoSeconds(since.timeMs)} (${since.basis}), and ${aircraft.typeDesignator ?? "the type"} stays up for ${formatDuration(enduranceMs)} (times ${factor} to be safe: ${formatDuration(enduranceMs * factor)}), unless refuelled in flight`,
  };
}

/**
 * Since when the aircraft was in the air at the start of a gap: its last take-off in the same contact, else the first
 * point of that contact after anything on the ground.
 */
export function airborneSince(
  { clean, contacts, movements }: Pick<Analysis, "clean" | "contacts" | "movements">,
  gap: ReachGap,
): AirborneSince | undefined {
  const { before } = gap;
  const { track } = clean;
  const contact = contacts.find(({ end }) => track.timeMs[end - 1] === before?.timeMs);
  if (!before || before.onGround || !contact) return undefined;
  let firstIndex = contact.end - 1;
  while (firstIndex > contact.start && track.ground[firstIndex - 1] !== GROUND_YES) firstIndex--;
  const startMs = track.timeMs[firstIndex]!;
  // A landing or touch inside the contact ends the time aloft, even where no point says "on the ground".
  const inside = movements.filter(
    ({ kind, timeToMs }) => timeToMs >= startMs && timeToMs <= before.timeMs && kind !== "low-pass",
  );
  const last = inside.findLast(({ kind }) => kind !== "go-around");
  if (!last) return { timeMs: startMs, basis: "first heard in the air" };
  // The latest possible moment: in the air since then at the least.
  const basis = last.kind === "takeoff" ? "take-off" : "first heard in the air";
  return { timeMs: Math.max(startMs, last.timeToMs), basis };
}
