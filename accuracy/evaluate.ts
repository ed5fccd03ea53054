import type { Track } from "../src/track/track.js";
import { MINUTE_MS } from "../src/units/quantity.js";
import type { Case, Method, Truth } from "./case.js";
import { type Matching, matchClaims } from "./match.js";

/** A case with its track changed, and the truths then asked about. */
export interface Trial {
  readonly each: Case;
  readonly track: Track;
  readonly asked: readonly Truth[];
}

const CONTACT_MS = 60 * MINUTE_MS;

/** Asks one method about every trial. */
export function evaluate(trials: readonly Trial[], method: Method): Matching[] {
  return trials.map(({ each, track, asked }) => matchClaims(each, asked, method.claims(track)));
}

/** The case as recorded, asked about all its truths. */
export function wholeTrial(each: Case): Trial {
  return { each, track: each.track, asked: each.truths };
}

/**
 * Changes a case's track and asks about those truths that still leave something to go by: a point within an hour
 * before a landing, or within an hour after a take-off.
 */
export function thinnedTrial(
  each: Case,
  thin: (track: Track, each: Case) => Track,
  isAsked: (truth: Truth) => boolean = () => true,
): Trial {
  const track = thin(each.track, each);
  return {
    each,
    track,
    asked: each.truths.filter((truth) => isAsked(truth) && hasContact(track, truth)),
  };
}

function hasContact({ timeMs, length }: Track, truth: Truth): boolean {
  const fromMs = truth.kind === "landing" ? truth.timeMs - CONTACT_MS : truth.timeMs;
  const toMs = truth.kind === "landing" ? truth.timeMs : truth.timeMs + CONTACT_MS;
  for (let i = 0; i < length; i++) if (timeMs[i]! >= fromMs && timeMs[i]! <= toMs) return true;
  return false;
}
