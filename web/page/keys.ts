/** Single keys, as far as they fit those of tar1090; they can be turned off. */

import { signal } from "@preact/signals";
import { drawing, mapHandle } from "./map/map-state.js";
import { isTypingTime } from "./parts/clock.js";
import { isFollowing, scene, stepEvent, togglePlay } from "./player.js";
import { hasTimes, togglePoint } from "./selection.js";
import { adjust, isPicture, keysOn, switchTheme, view } from "./state.js";

/** Whether the list of keys is open. */
export const isHelpOpen = signal(false);

/** Each key with what it does, as the list shows it. */
export const KEY_WORDS: readonly (readonly [string, string])[] = [
  ["/", "search"],
  ["Space", "play or pause"],
  [", .", "event before, event after"],
  ["W A S D", "move the map"],
  ["Q E", "zoom out, zoom in"],
  ["Arrows + -", "the same, while the map has the focus"],
  ["H", "show all of what is selected"],
  ["F", "follow the aircraft"],
  ["G", "globe or flat map"],
  ["L", "times and altitudes along the track"],
  ["T", "type an exact time"],
  ["V", "values and row of the position shown"],
  ["P", "the map alone, for a picture; Esc leaves"],
  ["B", "dark or light"],
  ["Esc", "close, or select nothing"],
  ["?", "this list"],
];

const STEP_PX = 120;

const ACTIONS: Readonly<Record<string, () => void>> = {
  "/": focusSearch,
  "?": () => {
    isHelpOpen.value = !isHelpOpen.value;
  },
  " ": togglePlay,
  ",": () => stepEvent(-1),
  ".": () => stepEvent(1),
  w: () => mapHandle.value?.panBy(0, -STEP_PX),
  a: () => mapHandle.value?.panBy(-STEP_PX, 0),
  s: () => mapHandle.value?.panBy(0, STEP_PX),
  d: () => mapHandle.value?.panBy(STEP_PX, 0),
  q: () => mapHandle.value?.zoomBy(-1),
  e: () => mapHandle.value?.zoomBy(1),
  h: () => {
    const { bounds } = drawing.value;
    adjust({ v: undefined });
    if (bounds) mapHandle.value?.fit(bounds);
  },
  f: () => {
    isFollowing.value = !isFollowing.value;
  },
  g: switchGlobe,
  l: switchTimes,
  t: () => {
    isTypingTime.value = scene.value !== null;
  },
  v: () => scene.value && togglePoint(view.value?.params ?? {}),
  p: switchPicture,
  b: switchTheme,
};

/** What the map does with arrows while it has the focus. */
const MAP_ACTIONS: Readonly<Record<string, () => void>> = {
  ArrowUp: () => mapHandle.value?.panBy(0, -STEP_PX),
  ArrowDown: () => mapHandle.value?.panBy(0, STEP_PX),
  ArrowLeft: () => mapHandle.value?.panBy(-STEP_PX, 0),
  ArrowRight: () => mapHandle.value?.panBy(STEP_PX, 0),
  "+": () => mapHandle.value?.zoomBy(1),
  "-": () => mapHandle.value?.zoomBy(-1),
};

/** Changes between globe and flat map. */
export function switchGlobe(): void {
  adjust({ proj: view.value?.params["proj"] === "globe" ? undefined : "globe" });
}

/** Shows times along the track, or takes them away. */
export function switchTimes(): void {
  adjust({ layers: hasTimes(view.value?.params ?? {}) ? undefined : "times" });
}

/** Shows the map alone, or everything again. */
export function switchPicture(): void {
  if (document.querySelector(".map")) adjust({ shot: isPicture.value ? undefined : "1" });
}

function focusSearch(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("[data-search]")];
  (boxes.find((box) => box.dataset["search"] === "large") ?? boxes[0])?.focus();
}

/** Keys that a focused control needs for itself. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  if (target.closest("input:not([type=range]):not([type=checkbox]), select, textarea")) return true;
  return event.key === " " && target.closest("button, a, summary, input") !== null;
}

/** Answers a key. */
export function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    if (isHelpOpen.value) isHelpOpen.value = false;
    else if (isPicture.value) switchPicture();
    else if (view.value?.params["sel"] !== undefined && !isTaken(event)) adjust({ sel: undefined });
    return;
  }
  const isOnMap = (event.target as HTMLElement).closest(".maplibregl-canvas") !== null;
  const mapAction = isOnMap ? MAP_ACTIONS[event.key] : undefined;
  if (mapAction) {
    event.preventDefault();
    mapAction();
    return;
  }
  if (!keysOn.value || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || (event.key === " " && !scene.value)) return;
  event.preventDefault();
  action();
}
