/** What the map is to show, between screens that know and the map that draws. */

import { signal } from "@preact/signals";
import { type Drawing, drawingOf } from "./drawing.js";
import type { MapHandle, Pointed } from "./map-view.js";
import type { ShownSketch } from "./sketch-layer.js";

/** What the screen wants drawn. */
export const drawing = signal<Drawing>(drawingOf({ key: "" }));

/** The map, once it is there. */
export const mapHandle = signal<MapHandle | null>(null);

/** What a picture of the map is of; the page's title stands in where a screen says nothing. */
export const mapCaption = signal<{ readonly title: string; readonly text: string } | null>(null);

/** Why there is none; undefined as long as there may be one. */
export const mapFailure = signal<string | undefined>(undefined);

/** Who else wants to know where somebody points; says whether something is there. */
export const pointAt: {
  current: ((place: Pointed | undefined, isClick: boolean) => boolean) | undefined;
} = { current: undefined };

/** Who wants to know which place of a drawn track was clicked. */
export const trackAt: { current: ((latDeg: number, lonDeg: number) => void) | undefined } = {
  current: undefined,
};

/** Areas that a hand may draw and change, over the drawing; null on screens that have none. */
export const shownSketch = signal<ShownSketch | null>(null);

/** What the drawing is only a part of, on the map and on every picture of it; "" when it is all of it. */
export const partNote = signal("");

/** The moment a picture of the map is of; "" on screens without a clock. */
export const momentLine = signal("");

/** Forgets what a screen wanted drawn and said: the next one says what it wants. */
export function clearMap(): void {
  drawing.value = drawingOf({ key: "" });
  legendParts.value = [];
  partNote.value = "";
  momentLine.value = "";
  mapCaption.value = null;
}

/** Which explanations the legend needs. */
export const legendParts = signal<readonly LegendPart[]>([]);

/** A line of the legend. */
export type LegendPart =
  | "altitude"
  | "gap"
  | "edge"
  | "seen"
  | "inferred"
  | "possible"
  | "excluded"
  | "reach"
  | "lens"
  | "area"
  | "crossing"
  | "unheard";
