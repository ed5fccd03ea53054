/** Asks for the positions around what is shown in a thread of its own, and hands them to the map. */

import type { MapHandle, Pointed } from "../map-view.js";
import { type Mass, mercatorX, mercatorY, VERTEX_GROUND } from "./mass.js";
import { type Look, massLayer } from "./mass-layer.js";
import { nearest, type TimeWindow } from "./mass-search.js";
import type { MassAnswer, MassWish } from "./mass-worker.js";
// oxlint-disable-next-line import/default -- the build makes it
import workerUrl from "./mass-worker.js?worker&url";
import { type PointedAircraft, traffic } from "./traffic-state.js";

/** The layer of others on one map. */
export interface TrafficOnMap {
  /**
   * @param query of `/api/positions`, without `max`; undefined asks for nothing
   * @param omit addresses that are drawn otherwise
   */
  readonly ask: (query: string | undefined, omit: readonly string[]) => void;
  /** A trail up to this moment; NaN shows the whole period. */
  readonly setClock: (timeMs: number) => void;
  readonly setLook: (look: Look) => void;
  /** @returns who is near a place, of those drawn */
  readonly find: (place: Pointed) => Omit<PointedAircraft, "isPinned"> | undefined;
  /** Takes the layer away and stops what is asked. */
  readonly stop: () => void;
}

/** Length of a trail. chosen: an airliner's way across a region, not across an ocean */
const TRAIL_S = 30 * 60;
/** chosen: what the drawing was measured with; a fifth of it where a processor draws */
const DRAWN_MAX = 1_000_000;
const DRAWN_MAX_LITE = 200_000;

/** Adds the layer to a map; nothing is drawn before something was asked. */
export function trafficOn(handle: MapHandle, look: Look): TrafficOnMap {
  const layer = massLayer({ look, isLite: handle.isLite });
  const removeLayer = handle.addLayer(layer);
  let stopAsking: (() => void) | undefined;
  let shown: { readonly mass: Mass; readonly fromMs: number } | undefined;
  let clockMs = Number.NaN;
  const window = (): TimeWindow | undefined => {
    if (!shown || Number.isNaN(clockMs)) return undefined;
    const toS = (clockMs - shown.fromMs) / 1000;
    return { fromS: toS - TRAIL_S, toS };
  };
  const forget = () => {
    stopAsking?.();
    shown = undefined;
    void layer.setMass(undefined);
    traffic.value = { state: "none" };
  };
  const show = async ({ mass, head, end }: ReadyAnswer) => {
    shown = { mass, fromMs: head.fromMs };
    layer.setWindow(window());
    const { aircraft } = mass;
    const drawnCount = mass.vertices.length / 4;
    const ready = { state: "ready", head, end, aircraft, drawnCount } as const;
    traffic.value = { ...ready, isDrawn: false };
    await layer.setMass(mass);
    if (shown?.mass === mass) traffic.value = { ...ready, isDrawn: true };
  };
  return {
    ask(query, omit) {
      forget();
      if (query === undefined) return;
      const max = handle.isLite ? DRAWN_MAX_LITE : DRAWN_MAX;
      const url = new URL(`/api/positions.bin?${query}&max=${max}`, location.href).href;
      stopAsking = askInThread({ url, omit }, (answer) => void show(answer));
    },
    setClock(timeMs) {
      clockMs = timeMs;
      layer.setWindow(window());
    },
    setLook: (next) => layer.setLook(next),
    find: (place) => shown && foundAt(shown, place, window()),
    stop() {
      forget();
      removeLayer();
    },
  };
}

type ReadyAnswer = MassAnswer & { readonly kind: "ready" };

/** @returns what ends the thread; its request ends with it, and so does the server's work for it */
function askInThread(wish: MassWish, onReady: (answer: ReadyAnswer) => void): () => void {
  const worker = new Worker(workerUrl, { type: "module" });
  let isOver = false;
  const stop = () => {
    isOver = true;
    worker.terminate();
  };
  traffic.value = { state: "asking", positionCount: 0 };
  const fail = (detail: string) => {
    stop();
    traffic.value = { state: "failed", detail };
  };
  worker.addEventListener("error", () => fail("the thread that lays them out did not start"));
  worker.addEventListener("message", ({ data: answer }: MessageEvent<MassAnswer>) => {
    if (isOver) return;
    if (answer.kind === "failed") fail(answer.detail);
    else if (answer.kind === "progress")
      traffic.value = { state: "asking", positionCount: answer.positionCount };
    else {
      stop();
      onReady(answer);
    }
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of this page has no origin
  worker.postMessage(wish);
  return stop;
}

function foundAt(
  { mass, fromMs }: { readonly mass: Mass; readonly fromMs: number },
  { latDeg, lonDeg, radius, left, top }: Pointed,
  window: TimeWindow | undefined,
): Omit<PointedAircraft, "isPinned"> | undefined {
  const at = { x: mercatorX(lonDeg), y: mercatorY(latDeg), radius };
  const near = nearest(mass, at, window);
  if (!near) return undefined;
  const { aircraft, timeS, altitudeFt } = near;
  return {
    aircraft: mass.aircraft[aircraft]!,
    timeMs: fromMs + timeS * 1000,
    altitudeFt: altitudeFt < 0 ? null : altitudeFt,
    onGround: altitudeFt === VERTEX_GROUND,
    ...{ left, top },
  };
}
