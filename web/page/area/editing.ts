/** What the reader draws: the sketch in hand, and areas of the address that it changes. */

import { signal } from "@preact/signals";
import type { Feature } from "geojson";
import { useEffect } from "preact/hooks";
import { usePlaces } from "../airport-places.js";
import { collectionOf } from "../map/drawing.js";
import { shownSketch } from "../map/map-state.js";
import { adjust, go, view } from "../state.js";
import { type View, withParams } from "../url.js";
import { areaFeatures, cornerFeatures, type ShownArea } from "./area-drawing.js";
import {
  AREA_NAMES,
  type AreaName,
  type AreaShape,
  circleRing,
  type LatLonDeg,
  metresOf,
  paramsOf,
  ringOf,
  shapeOf,
  wordsOf,
  wordsOfShape,
} from "./shape.js";
import {
  isWhole,
  movedCorner,
  type Sketch,
  type SketchKind,
  shapeOfSketch,
  withPlace,
} from "./sketch.js";

/** The shape that is being drawn; null when none is. */
export const sketching = signal<Sketch | null>(null);
/** Where the hand is meanwhile. */
const hover = signal<LatLonDeg | null>(null);

/** Begins to draw an area; what it was before stays until the new one is whole. */
export function startSketch(area: AreaName, kind: SketchKind): void {
  sketching.value = { area, kind, places: [] };
  hover.value = null;
}

/** Draws no more. */
export function cancelSketch(): void {
  sketching.value = null;
  hover.value = null;
}

/** Takes the sketch for whole, if it is one; else goes on. */
export function finishSketch(): void {
  const now = sketching.value;
  const shape = now && shapeOfSketch(now);
  if (!now || !shape) return;
  cancelSketch();
  setShape(now.area, shape);
}

/** Changes what is asked without asking it; the first change after an answer is a new entry of the history. */
function edit(changed: Readonly<Record<string, string | undefined>>): void {
  const now = view.value;
  if (!now) return;
  const next = { ...changed, draft: "1", offset: undefined };
  if (now.params["draft"] === "1") adjust(next);
  else go(withParams(now, next));
}

function setShape(name: AreaName, shape: AreaShape): void {
  edit(paramsOf(name, wordsOfShape(shape)));
}

/** Takes an area away. */
export function removeArea(name: AreaName): void {
  cancelSketch();
  edit(paramsOf(name, { word: "", beyond: "" }));
}

function place(latDeg: number, lonDeg: number): void {
  const now = sketching.value;
  if (!now) return;
  sketching.value = withPlace(now, [latDeg, lonDeg]);
  if (isWhole(sketching.value)) finishSketch();
}

function drag(id: string, latDeg: number, lonDeg: number): void {
  const [name, at] = id.split(" ") as [AreaName, string];
  const shape = shapeOf(wordsOf(view.value?.params ?? {}, name));
  if (shape) setShape(name, movedCorner(shape, Number(at), [latDeg, lonDeg]));
}

/** @returns what may be an airport's ident, else "" */
function identOf(word: string): string {
  return /^[A-Z0-9]{4}$/i.test(word) ? word.toUpperCase() : "";
}

/** Areas of the address with what they draw; airports by ident are looked up. */
export function useShownAreas(params: View["params"]): readonly ShownArea[] {
  const words = AREA_NAMES.map((name) => ({ name, words: wordsOf(params, name) }));
  const places = usePlaces(
    words.map(({ words: { word } }) => identOf(word)).filter((ident) => ident !== ""),
  );
  return words.flatMap(({ name, words: each }): ShownArea[] => {
    const shape = shapeOf(each);
    if (!shape) return [];
    const at = shape.kind === "name" ? places.get(identOf(each.word)) : undefined;
    if (!at) return [{ name, shape }];
    const radiusM = Math.max(AIRPORT_RADIUS_M, metresOf(each.beyond) ?? 0);
    return [{ name, shape, ring: circleRing(at, radiusM) }];
  });
}

/** As the server has it. */
const AIRPORT_RADIUS_M = 5_000;

/** Puts areas and sketch on the map while the screen is shown. */
export function useSketchOnMap(areas: readonly ShownArea[], key: string): void {
  const now = sketching.value;
  const at = hover.value;
  useEffect(() => {
    shownSketch.value = {
      areas: areaFeatures(areas),
      corners: cornerFeatures(areas),
      rubber: collectionOf(now ? rubber(now, at) : []),
      isDrawing: now !== null,
      onPlace: place,
      onHover: (latDeg, lonDeg) => {
        hover.value = [latDeg, lonDeg];
      },
      onDrag: drag,
    };
  }, [key, now, at]);
  useEffect(
    () => () => {
      shownSketch.value = null;
      cancelSketch();
    },
    [],
  );
}

/** The sketch as a line, as if the hand had clicked where it is. */
function rubber(now: Sketch, at: LatLonDeg | null): Feature[] {
  const ahead = at && now.places.length > 0 ? withPlace(now, at) : now;
  const shape = shapeOfSketch(ahead);
  const line =
    (shape && ringOf(shape)) ??
    ahead.places.map(([latDeg, lonDeg]): [number, number] => [lonDeg, latDeg]);
  return line.length < 2
    ? []
    : [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: line } }];
}
