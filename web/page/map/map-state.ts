/** What the map is to show, between screens that know and the map that draws. */

import { signal } from "@preact/signals";
import { type Drawing, drawingOf } from "./drawing.js";
import type { MapHandle } from "./map-view.js";

/** What the screen wants drawn. */
export const drawing = signal<Drawing>(drawingOf({ key: "" }));

/** The map, once it is there. */
export const mapHandle = signal<MapHandle | null>(null);

/** What a picture of the map is of; the page's title stands in where a screen says nothing. */
export const mapCaption = signal<{ readonly title: string; readonly text: string } | null>(null);

/** Which explanations the legend needs. */
export const legendParts = signal<readonly LegendPart[]>([]);

/** A line of the legend. */
export type LegendPart =
  | "altitude"
  | "gap"
  | "seen"
  | "inferred"
  | "possible"
  | "excluded"
  | "reach"
  | "lens";
