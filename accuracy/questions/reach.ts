import { statedType } from "../../src/movement/traits.js";
import type { Airport } from "../../src/place/airport.js";
import { seededRandom, seedOf } from "../../src/sim/random.js";
import type { Track } from "../../src/track/track.js";
import type { Case } from "../case.js";
import { type FlownLeg, flownLegs } from "../corpora/prc.js";
import { rate } from "../print.js";
import type { Setting } from "./setting.js";

/** Two contacts and a place between them: could it have been there? */
export interface GapQuestion {
  readonly from: Edge;
  readonly to: Edge;
  readonly airport: Airport;
  readonly typeDesignator: string | undefined;
}

/** A place and a moment; the altitude is NaN on the ground. */
export interface Edge {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeFt: number;
  readonly timeMs: number;
}

/** What is asked of the reach computation: true when it says impossible. */
export type SaysImpossible = (question: GapQuestion) => boolean;

const CUTS_PER_STOP = 20;

/**
 * Gaps around every known landing and take-off, cut at random places of the track: each holds a visit to that airport
 * that truly happened.
 */
export function visitedGaps(cases: readonly Case[]): GapQuestion[] {
  return cases.flatMap((each) =>
    each.truths.flatMap((truth) => {
      const { track } = each;
      const after = track.timeMs.findIndex((timeMs) => timeMs > truth.timeMs);
      if (!truth.airport || after <= 0) return [];
      const random = seededRandom(seedOf(`cuts ${each.id} ${truth.timeMs}`));
      return Array.from({ length: CUTS_PER_STOP }, () => ({
        from: edgeOf(track, Math.floor(random() * after)),
        to: edgeOf(track, after + Math.floor(random() * (track.length - after))),
        airport: truth.airport!,
        typeDesignator: statedType(track),
      }));
    }),
  );
}

function edgeOf(track: Track, i: number): Edge {
  return {
    latDeg: track.latDeg[i]!,
    lonDeg: track.lonDeg[i]!,
    altitudeFt: track.altitudeFt[i]!,
    timeMs: track.timeMs[i]!,
  };
}

/** A flown leg as a gap: at the origin at take-off, at the destination at landing. */
export function legGap({ from, to, takeoffMs, landingMs, typeDesignator }: FlownLeg): GapQuestion {
  return {
    from: onGround(from, takeoffMs),
    to: onGround(to, landingMs),
    airport: to,
    typeDesignator,
  };
}

function onGround({ latDeg, lonDeg }: Airport, timeMs: number): Edge {
  return { latDeg, lonDeg, altitudeFt: Number.NaN, timeMs };
}

/** Does it ever call impossible what happened? The count must be 0. */
export function askReach(setting: Setting, saysImpossible: SaysImpossible): void {
  const legs = flownLegs(setting.dataFolder, setting.airports).map(legGap);
  const gaps = visitedGaps(setting.cases);
  const rows = [
    ["airline flights of 2025", legs],
    ["own tracks, cut at random", gaps],
  ] as const;
  setting.report.table({
    title: "False impossibles: visits that happened and were called impossible",
    head: ["", "visits", "called impossible", "share"],
    rows: rows.map(([name, questions]) => {
      const wrong = questions.filter(saysImpossible).length;
      return [name, questions.length, wrong, rate(wrong / questions.length)];
    }),
  });
}
