/** Keys that move the map. */

import { addKeys } from "../keys.js";
import { adjust } from "../state.js";
import { drawing, mapHandle } from "./map-state.js";

const STEP_PX = 120;

function pan(x: number, y: number): () => void {
  return () => mapHandle.value?.panBy(x * STEP_PX, y * STEP_PX);
}

function zoom(levels: number): () => void {
  return () => mapHandle.value?.zoomBy(levels);
}

function showAll(): void {
  const { bounds } = drawing.value;
  adjust({ v: undefined });
  if (bounds) mapHandle.value?.fit(bounds);
}

const [up, left, down, right] = [pan(0, -1), pan(-1, 0), pan(0, 1), pan(1, 0)];

addKeys(
  { w: up, a: left, s: down, d: right, q: zoom(-1), e: zoom(1), h: showAll },
  {
    ArrowUp: up,
    ArrowLeft: left,
    ArrowDown: down,
    ArrowRight: right,
    "+": zoom(1),
    "-": zoom(-1),
  },
);
