/** Single keys, as far as they fit those of tar1090; they can be turned off. */

import { signal } from "@preact/signals";
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

/** What keys do, by their names; false from one that had nothing to do leaves the key to the browser. */
export type KeyActions = Readonly<Record<string, () => unknown>>;

const actions: Record<string, () => unknown> = {
  "/": focusSearch,
  "?": () => {
    isHelpOpen.value = !isHelpOpen.value;
  },
  g: switchGlobe,
  p: switchPicture,
  b: switchTheme,
};
const actionsOnMap: Record<string, () => unknown> = {};

/**
 * Parts of the page that are loaded later bring their keys.
 *
 * @param onMap what keys do while the map has the focus
 */
export function addKeys(more: KeyActions, onMap: KeyActions = {}): void {
  Object.assign(actions, more);
  Object.assign(actionsOnMap, onMap);
}

/** Changes between globe and flat map. */
export function switchGlobe(): void {
  adjust({ proj: view.value?.params["proj"] === "globe" ? undefined : "globe" });
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

function actionOf(event: KeyboardEvent): (() => unknown) | undefined {
  const isOnMap = (event.target as HTMLElement).closest(".maplibregl-canvas") !== null;
  const onMap = isOnMap ? actionsOnMap[event.key] : undefined;
  if (onMap) return onMap;
  if (!keysOn.value || event.ctrlKey || event.metaKey || event.altKey || isTaken(event))
    return undefined;
  return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

/** Answers a key. */
export function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    if (isHelpOpen.value) isHelpOpen.value = false;
    else if (isPicture.value) switchPicture();
    else if (view.value?.params["sel"] !== undefined && !isTaken(event)) adjust({ sel: undefined });
    return;
  }
  const action = actionOf(event);
  if (action && action() !== false) event.preventDefault();
}
