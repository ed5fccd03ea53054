/** What is known of the other aircraft around what is shown; the code that draws them is loaded when they are wanted. */

import { computed, signal } from "@preact/signals";
import type { PositionsEnd, PositionsHead } from "../../../../src/api/positions-code.js";
import { hasLayer, view } from "../../state.js";
import type { MassAircraft } from "./mass.js";

/** How the question for others stands. */
export type Traffic =
  | { readonly state: "none" }
  | { readonly state: "asking"; readonly positionCount: number }
  | { readonly state: "failed"; readonly detail: string }
  | {
      readonly state: "ready";
      readonly aircraft: readonly MassAircraft[];
      readonly head: PositionsHead;
      readonly end: PositionsEnd;
      /** Positions in the drawing: those sent, without those of the aircraft that is drawn otherwise. */
      readonly drawnCount: number;
      /** Whether the map has all of it. */
      readonly isDrawn: boolean;
    };

/** The question for others. */
export const traffic = signal<Traffic>({ state: "none" });

/** An aircraft of the others that somebody points at. */
export interface PointedAircraft {
  readonly aircraft: MassAircraft;
  readonly timeMs: number;
  /** Null when unknown. */
  readonly altitudeFt: number | null;
  readonly onGround: boolean;
  /** Pixels from the map's corner. */
  readonly left: number;
  readonly top: number;
  /** Clicked: it stays until it is closed. */
  readonly isPinned: boolean;
}

/** Who is pointed at. */
export const pointedAircraft = signal<PointedAircraft | undefined>(undefined);

/** Whether others are shown: "layers=traffic". */
export const isTrafficOn = computed(() => hasLayer(view.value?.params ?? {}, "traffic"));
