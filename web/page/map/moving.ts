/** What moves on the map as time goes by: the aircraft, or a question mark and the area it can be in. */

import type { Feature } from "geojson";
import type { GapAnswerJson } from "../../../src/api/shapes.js";
import { MPS_PER_KT } from "../../../src/units/quantity.js";
import { useAnswer, valueOf } from "../api.js";
import { lensRing } from "../geo/lens.js";
import { shortestPath } from "../geo/seam.js";
import type { Moment, Scene } from "../scene.js";
import { collectionOf, NOTHING } from "./drawing.js";
import type { Moving } from "./map-view.js";

/** The answer about a gap, asked for when the clock is inside it. */
export function useReach(id: string | undefined): GapAnswerJson | undefined {
  return valueOf(useAnswer<GapAnswerJson>(id === undefined ? undefined : `/api/gap/${id}`));
}

function markAt(at: readonly [number, number], icon: string, bearing: number): Feature {
  const geometry = { type: "Point" as const, coordinates: [at[0], at[1]] };
  return { type: "Feature", properties: { icon, bearing }, geometry };
}

/** Nothing moves. */
export const NO_MARKS: Moving = { now: NOTHING, lens: NOTHING };

/** @returns features of a moment; in a gap a hollow question mark on the shortest path, which is no position */
export function momentMarks(
  scene: Scene | undefined,
  moment: Moment | undefined,
  { timeMs, reach }: { readonly timeMs: number; readonly reach: GapAnswerJson | undefined },
): Moving {
  if (!scene || !moment || moment.kind === "outside") return NO_MARKS;
  if (moment.kind === "heard") {
    const at = [moment.lonDeg, moment.latDeg] as const;
    // Standing, it would lie over the mark of its stop, and both would be no shape anyone knows.
    const icon = moment.onGround ? "here" : "plane";
    return { now: collectionOf([markAt(at, icon, moment.bearingDeg)]), lens: NOTHING };
  }
  const { gap } = moment;
  const { last, next } = gap;
  const path = shortestPath(last, next, 0.5);
  const share = (timeMs - gap.fromMs) / Math.max(1, gap.toMs - gap.fromMs);
  const at = path[Math.round(share * (path.length - 1))] ?? last;
  return {
    now: collectionOf([markAt(at, "unknown", 0)]),
    lens:
      reach && reach.id === gap.id
        ? lensOf({ last, next, gap, timeMs, cruiseKt: reach.cruiseKt })
        : NOTHING,
  };
}

function lensOf({
  last,
  next,
  gap,
  timeMs,
  cruiseKt,
}: {
  readonly last: readonly [number, number];
  readonly next: readonly [number, number];
  readonly gap: { readonly fromMs: number; readonly toMs: number };
  readonly timeMs: number;
  readonly cruiseKt: number;
}): Moving["lens"] {
  const perMs = (cruiseKt * MPS_PER_KT) / 1000;
  const ring = lensRing({
    last,
    next,
    fromLastM: (timeMs - gap.fromMs) * perMs,
    toNextM: (gap.toMs - timeMs) * perMs,
  });
  // Around a pole or most of the globe a ring is no area of a flat map.
  if (!ring || Math.abs(ring[ring.length - 1]![0] - ring[0]![0]) > 1) return NOTHING;
  const geometry = { type: "Polygon" as const, coordinates: [ring] };
  return collectionOf([{ type: "Feature", properties: {}, geometry }]);
}
