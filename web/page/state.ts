/** What the page remembers: the view (in the address), the theme and whether single keys do something. */

import { computed, effect, signal } from "@preact/signals";
import { viewOfTar1090 } from "./import-link.js";
import type { RampName } from "./ramp.js";
import { lasting, readView, type View, withParams, writeView } from "./url.js";

const START: View = { screen: "start", id: "", params: {} };

/** The view; null for an address that names none. */
export const view = signal<View | null>(viewOfAddress());

function viewOfAddress(): View | null {
  const { pathname, search } = location;
  const read = readView(pathname, search) ?? null;
  // A tar1090 address works at the root: only the host has to be changed.
  if (read?.screen !== "start") return read;
  const imported = viewOfTar1090(new URLSearchParams(search));
  if (!imported) return read;
  history.replaceState(null, "", writeView(imported));
  return imported;
}

/** Puts a view in the place of this one: the way back must not lead to what only points on. */
export function goInstead(next: View): void {
  cancelReplace();
  const full = { ...next, params: { ...lasting(view.value?.params ?? {}), ...next.params } };
  history.replaceState(null, "", writeView(full));
  view.value = full;
}

/** Goes to a view, as a new entry of the history. */
export function go(next: View): void {
  const full = { ...next, params: { ...lasting(view.value?.params ?? {}), ...next.params } };
  cancelReplace();
  if (writeView(full) !== `${location.pathname}${location.search}`)
    history.pushState(null, "", writeView(full));
  view.value = full;
}

/** chosen: browsers refuse some 100 changes in 30 s; five a second is less */
const REPLACE_EVERY_MS = 250;
let replacing: ReturnType<typeof setTimeout> | undefined;

/** Changes parameters of the view without a new entry of the history, at most four times a second. */
export function adjust(changed: Readonly<Record<string, string | undefined>>): void {
  const next = withParams(view.value ?? START, changed);
  view.value = next;
  replacing ??= setTimeout(() => {
    replacing = undefined;
    if (view.value) history.replaceState(null, "", writeView(view.value));
  }, REPLACE_EVERY_MS);
}

function layersOf({ layers = "" }: View["params"]): string[] {
  return layers.split(",").filter((each) => each !== "");
}

/** @returns whether a layer is shown: "layers=times,traffic" in the address */
export function hasLayer(params: View["params"], name: "times" | "traffic"): boolean {
  return layersOf(params).includes(name);
}

/** Shows a layer, or takes it away; other layers in the address stay. */
export function switchLayer(name: "times" | "traffic"): void {
  const shown = layersOf(view.value?.params ?? {});
  const others = shown.filter((each) => each !== name);
  adjust({ layers: (others.length < shown.length ? others : [...others, name]).join(",") });
}

function cancelReplace(): void {
  if (replacing === undefined) return;
  clearTimeout(replacing);
  replacing = undefined;
  if (view.value) history.replaceState(null, "", writeView(view.value));
}

addEventListener("popstate", () => {
  if (replacing !== undefined) clearTimeout(replacing);
  replacing = undefined;
  view.value = viewOfAddress();
});

/** Follows a link inside the page without loading it anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest("a");
  if (
    !link ||
    link.origin !== location.origin ||
    link.target !== "" ||
    link.hasAttribute("download")
  )
    return;
  const next = readView(link.pathname, link.search);
  if (!next) return;
  event.preventDefault();
  go(next);
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const isSystemDark = signal(systemDark.matches);
systemDark.addEventListener("change", () => {
  isSystemDark.value = systemDark.matches;
});

/** What the reader chose: kept in the browser, unless the address says otherwise. */
const chosenTheme = signal(localStorage.getItem("theme") ?? "system");

/** "dark" or "light": the address first, then the reader's choice, then the system. */
export const theme = computed<"dark" | "light">(() => {
  const wanted = view.value?.params["theme"] ?? chosenTheme.value;
  if (wanted === "dark" || wanted === "light") return wanted;
  return isSystemDark.value ? "dark" : "light";
});

/** Colours of altitudes: in the address alone, so that a colleague sees the same picture. */
export const ramp = computed<RampName>(() =>
  view.value?.params["ramp"] === "even" ? "even" : "hues",
);

/** Whether nothing but the map is shown, with what must stand on every picture of it. */
export const isPicture = computed(() => view.value?.params["shot"] === "1");

/** Changes to the other theme, and remembers it only where it differs from the system's. */
export function switchTheme(): void {
  const next = theme.value === "dark" ? "light" : "dark";
  chosenTheme.value = next === (isSystemDark.value ? "dark" : "light") ? "system" : next;
  localStorage.setItem("theme", chosenTheme.value);
  if (view.value?.params["theme"] !== undefined) adjust({ theme: next });
}

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});

/** Whether single keys do something; people who dictate turn them off. */
export const keysOn = signal(localStorage.getItem("keys") !== "off");

/** Turns single keys on or off. */
export function switchKeys(): void {
  keysOn.value = !keysOn.value;
  localStorage.setItem("keys", keysOn.value ? "on" : "off");
}

/** Nothing moves by itself for people who asked for that. */
export const isMotionReduced = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether the answers on the screen are simulated; every screen says so when they come. */
export const isScreenSimulated = signal(false);

/** Whether the lake holds anything simulated: then no screen is without the mark. */
export const isLakeSimulated = signal(false);

/** Whether the mark is shown. */
export const isSimulated = computed(() => isScreenSimulated.value || isLakeSimulated.value);

/** The time now, for clocks of places: renewed every half minute. */
export const clockTick = signal(Date.now());
setInterval(() => {
  clockTick.value = Date.now();
}, 30_000);
