import type { EnduranceProof } from "../journey/reach-endurance.js";
import type { ProofRecord } from "../journey/reach-proof.js";
import type { ReachGap } from "../journey/reach-question.js";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import { textOrNull } from "./shapes.js";

/** What one gap allowed, as JSON. */
export interface ReachGapJson {
  readonly schema: "wheelsdown/reach-gap/1";
  readonly hex: string;
  readonly registration: string | null;
  readonly type: string | null;
  readonly from: string;
  readonly to: string;
  readonly durationS: number;
  /** Which end is open: before the first contact, after the last; null for a gap between two. */
  readonly openEnd: "before" | "after" | null;
  readonly landing: ProofRecord;
  readonly overflight: ProofRecord;
  /** Null when it could have stayed up, or the type is unknown. */
  readonly endurance: EnduranceProof | null;
  readonly simulated: boolean;
}

/** A gap with its verdicts. */
export interface JudgedGap {
  readonly gap: ReachGap;
  readonly landing: ProofRecord;
  readonly overflight: ProofRecord;
  readonly endurance?: EnduranceProof | undefined;
}

/** The JSON of one gap; keys are in the order of `ReachGapJson`. */
export function reachGapJson(
  { gap, landing, overflight, endurance }: JudgedGap,
  known: {
    readonly hex: string;
    readonly registration?: string | undefined;
    readonly typeDesignator?: string | undefined;
  },
): ReachGapJson {
  return {
    schema: "wheelsdown/reach-gap/1",
    hex: known.hex,
    registration: textOrNull(known.registration),
    type: textOrNull(known.typeDesignator),
    from: isoSeconds(gap.fromMs),
    to: isoSeconds(gap.toMs),
    durationS: Math.round((gap.toMs - gap.fromMs) / SECOND_MS),
    openEnd: gap.before && gap.after ? null : gap.before ? "after" : "before",
    landing,
    overflight,
    endurance: endurance ?? null,
    simulated: landing.simulated,
  };
}
