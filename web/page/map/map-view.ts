/** The map behind a few plain functions; loaded after the text of a screen is there. */

import "maplibre-gl/dist/maplibre-gl.css";
import airportsUrl from "@basemap/airports.json?url";
import type { FeatureCollection } from "geojson";
import * as maplibre from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Camera } from "../url.js";
import { type Bounds, collectionOf, type Drawing } from "./drawing.js";
import { type Look, paintLook } from "./paint.js";
import { keepNamesWhole } from "./rim.js";
import { addSketchLayer, type ShownSketch, type SketchLayer } from "./sketch-layer.js";
import { DRAWN, mapStyle } from "./style.js";

/** What moves while time goes by. */
export interface Moving {
  readonly now: FeatureCollection;
  readonly lens: FeatureCollection;
}

/** A map in its place. */
export interface MapHandle {
  readonly setDrawing: (drawing: Drawing, options: { readonly keepView: boolean }) => void;
  readonly setMoving: (moving: Moving) => void;
  readonly setLook: (look: Look) => void;
  /** The picture as it is, in the pixels of the screen. */
  readonly snapshot: () => Promise<HTMLCanvasElement>;
  readonly setSketch: (sketch: ShownSketch | null) => void;
  readonly setGlobe: (isGlobe: boolean) => void;
  readonly panBy: (x: number, y: number) => void;
  readonly zoomBy: (step: number) => void;
  readonly fit: (bounds: Bounds) => void;
  readonly moveTo: (latDeg: number, lonDeg: number) => void;
  readonly jumpTo: (camera: Camera) => void;
  /** Draws a layer of somebody else's below the names; the way back takes it away. */
  readonly addLayer: (layer: maplibre.CustomLayerInterface) => () => void;
  readonly isLite: boolean;
  readonly destroy: () => void;
}

/** A place on the map that somebody points at. */
export interface Pointed {
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Pixels from the map's corner. */
  readonly left: number;
  readonly top: number;
  /** How far around it still counts, as a part of the world's width in a flat map. */
  readonly radius: number;
}

/** What stands over the map at its edges, where nothing that is shown should lie. */
export interface Covered {
  readonly topPx: number;
  readonly rightPx: number;
  readonly bottomPx: number;
}

/** Nothing stands over the map. */
const NOTHING_COVERED: Covered = { topPx: 0, rightPx: 0, bottomPx: 0 };

/** How a map starts, and whom it tells. */
export interface MapOptions {
  readonly container: HTMLElement;
  readonly look: Look;
  readonly isGlobe: boolean;
  readonly isStill: boolean;
  readonly lite: boolean | undefined;
  readonly camera: Camera | undefined;
  readonly covered: () => Covered;
  readonly onMove: (camera: Camera) => void;
  readonly onOpen: (href: string) => void;
  readonly onGap: (id: string) => void;
  readonly onTrack: (latDeg: number, lonDeg: number) => void;
  /** Told of a place where nothing of the map's own is; undefined when the pointer leaves. @returns true when something is there */
  readonly onPoint: (place: Pointed | undefined, isClick: boolean) => boolean;
}

interface AirportColumns {
  readonly ident: readonly string[];
  readonly name: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly size: readonly number[];
}

maplibre.setWorkerUrl(workerUrl);

/** Marks movements that keys asked for. */
const BY_HAND = { byHand: true };

/** Pixels around what is fitted; labels need room. */
const FIT_PADDING = 64;

/** chosen: half a mark and a little air, below what covers the map */
const MARK_PX = 14;

/** @throws Error when the browser cannot draw it */
export async function createMap(options: MapOptions): Promise<MapHandle> {
  const { container, camera } = options;
  const isLite = options.lite ?? drawsInSoftware();
  const map = new maplibre.Map({
    container,
    style: mapStyle(isLite),
    center: camera ? [camera.lonDeg, camera.latDeg] : [-20, 25],
    zoom: camera?.zoom ?? 1.4,
    attributionControl: false,
    fadeDuration: isLite || options.isStill ? 0 : 200,
    canvasContextAttributes: { antialias: !isLite },
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    // A telephone's map is less wide than the world at zoom 0; where a map is higher, MapLibre itself stops sooner.
    minZoom: -0.5,
    maxZoom: 15,
    locale: { "ScaleControl.NauticalMiles": "NM" },
    // The page has keys of its own.
    keyboard: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ unit: "nautical", maxWidth: 120 }), "bottom-left");
  nameCanvas(map);
  await new Promise<void>((resolve) => {
    map.once("style.load", () => resolve());
  });
  paintLook(map, options.look);
  map.setProjection({ type: options.isGlobe ? "globe" : "mercator" });
  const sketches = addSketchLayer(map);
  listen(map, options, sketches);
  keepNamesWhole(map);
  addAirports(map).catch(() => undefined);
  return handleOf(map, { options, isLite, sketches });
}

/** The canvas holds nothing that tables do not; it needs a name all the same. */
function nameCanvas(map: maplibre.Map): void {
  const canvas = map.getCanvas();
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "Map. Everything on it also stands in the lists beside it");
  canvas.tabIndex = 0;
}

function drawsInSoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  const named = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = gl && named ? String(gl.getParameter(named.UNMASKED_RENDERER_WEBGL)) : "";
  return /swiftshader|llvmpipe|software/i.test(renderer);
}

function source(map: maplibre.Map, name: string): maplibre.GeoJSONSource | undefined {
  return map.getSource(name);
}

function paddingOf(map: maplibre.Map, { topPx, rightPx, bottomPx }: Covered) {
  const { clientWidth, clientHeight } = map.getContainer();
  const around = Math.min(FIT_PADDING, clientWidth / 6, clientHeight / 6);
  return {
    top: Math.max(around, topPx + MARK_PX),
    left: around,
    right: around + rightPx,
    bottom: around + bottomPx,
  };
}

/** What a handle works with. */
interface HandleParts {
  readonly options: MapOptions;
  readonly isLite: boolean;
  readonly sketches: SketchLayer;
}

/** What is fitted stays so while the map's place changes its size, until somebody moves it. */
function fitterOf(map: maplibre.Map, { covered, isGlobe: beginsAsGlobe }: MapOptions) {
  let isGlobe = beginsAsGlobe;
  let fitted: Bounds | undefined;
  const fit = () => {
    if (!fitted) return;
    const [west, south, east, north] = fitted;
    map.fitBounds([west, south, east, north], {
      // Uneven edges would turn a globe until what is shown lies behind it.
      padding: paddingOf(map, isGlobe ? NOTHING_COVERED : covered()),
      maxZoom: 9,
      animate: false,
    });
  };
  map.on("resize", fit);
  map.on("movestart", ({ originalEvent }) => {
    if (originalEvent) fitted = undefined;
  });
  return {
    /** Without bounds the map stays where it is, and moves no more by itself. */
    show: (bounds: Bounds | undefined) => {
      fitted = bounds;
      fit();
    },
    setGlobe: (wanted: boolean) => {
      map.setProjection({ type: wanted ? "globe" : "mercator" });
      if (wanted === isGlobe) return;
      isGlobe = wanted;
      fit();
    },
  };
}

function handleOf(map: maplibre.Map, { options, isLite, sketches }: HandleParts): MapHandle {
  const { isStill } = options;
  const fitter = fitterOf(map, options);
  let shown = "";
  return {
    setDrawing: (drawing, { keepView }) => {
      for (const name of DRAWN)
        if (name in drawing) source(map, name)?.setData(drawing[name as never]);
      if (drawing.key !== shown) fitter.show(keepView ? undefined : drawing.bounds);
      shown = drawing.key;
    },
    setMoving: ({ now, lens }) => {
      source(map, "now")?.setData(now);
      source(map, "lens")?.setData(lens);
      // The canvas cannot be read; what it holds can.
      map.getContainer().dataset["lens"] = String(lens.features.length);
    },
    setLook: (look) => paintLook(map, look),
    snapshot: () => snapshotOf(map),
    setSketch: sketches.show,
    setGlobe: fitter.setGlobe,
    panBy: (x, y) => {
      fitter.show(undefined);
      map.panBy([x, y], { animate: !isStill }, BY_HAND);
    },
    zoomBy: (step) => {
      fitter.show(undefined);
      map.zoomTo(map.getZoom() + step, { animate: !isStill }, BY_HAND);
    },
    fit: fitter.show,
    moveTo: (latDeg, lonDeg) => {
      fitter.show(undefined);
      map.jumpTo({ center: [lonDeg, latDeg] });
    },
    jumpTo: ({ lonDeg, latDeg, zoom }) => {
      fitter.show(undefined);
      map.jumpTo({ center: [lonDeg, latDeg], zoom });
    },
    addLayer: (layer) => addBelowNames(map, layer),
    isLite,
    destroy: () => map.remove(),
  };
}

/** What is drawn is kept only until the task that drew it ends: it is copied in there, and nothing has to be kept always. */
function snapshotOf(map: maplibre.Map): Promise<HTMLCanvasElement> {
  return new Promise((resolve) => {
    map.once("render", () => {
      const drawn = map.getCanvas();
      const copy = document.createElement("canvas");
      copy.width = drawn.width;
      copy.height = drawn.height;
      copy.getContext("2d")?.drawImage(drawn, 0, 0);
      resolve(copy);
    });
    map.triggerRepaint();
  });
}

function addBelowNames(map: maplibre.Map, layer: maplibre.CustomLayerInterface): () => void {
  map.addLayer(layer, "names");
  return () => {
    if (map.getLayer(layer.id)) map.removeLayer(layer.id);
  };
}

function listen(map: maplibre.Map, options: MapOptions, sketches: SketchLayer): void {
  // Only what a person did stands in the address; a fit is made anew from what is shown.
  let byHand = false;
  const noteHand = () => {
    byHand = true;
  };
  map.on("wheel", noteHand);
  map.on("dragstart", noteHand);
  map.on("touchmove", noteHand);
  map.on("movestart", (event) => {
    if ("byHand" in event || event.originalEvent !== undefined) noteHand();
  });
  map.on("moveend", () => {
    if (!byHand || map.isMoving()) return;
    byHand = false;
    const { lng, lat } = map.getCenter();
    options.onMove({ lonDeg: lng, latDeg: lat, zoom: map.getZoom() });
  });
  map.on("click", (event) => {
    if (sketches.cursorAt(event.point) === undefined) openAt(map, event, options);
  });
  map.on("mousemove", ({ point, lngLat }) => {
    const drawing = sketches.cursorAt(point);
    const isOurs = drawing !== undefined || foundAt(map, point) !== undefined;
    const isThere = options.onPoint(isOurs ? undefined : pointedAt(map, point, lngLat), false);
    map.getCanvas().style.cursor = drawing ?? (isOurs || isThere ? "pointer" : "");
  });
  map.on("mouseout", () => options.onPoint(undefined, false));
  map.on("movestart", () => options.onPoint(undefined, true));
}

/** Width of the world at zoom 0. Source: MapLibre's tile size */
const WORLD_PX = 512;

function pointedAt(
  map: maplibre.Map,
  { x, y }: maplibre.Point,
  { lat, lng }: maplibre.LngLat,
): Pointed {
  const radius = NEAR_PX / (WORLD_PX * 2 ** map.getZoom());
  return { latDeg: lat, lonDeg: lng, left: x, top: y, radius };
}

/** Layers that answer a click, what is on top first. */
const CLICKED = ["marks", "mark-names", "candidates", "track", "gap-line"] as const;
/** chosen: a line is thinner than a finger, and than a hand is steady */
const NEAR_PX = 5;

function foundAt(map: maplibre.Map, { x, y }: maplibre.Point) {
  const box: [[number, number], [number, number]] = [
    [x - NEAR_PX, y - NEAR_PX],
    [x + NEAR_PX, y + NEAR_PX],
  ];
  const found = map.queryRenderedFeatures(box, { layers: [...CLICKED] });
  return CLICKED.map((name) => found.find(({ layer }) => layer.id === name)).find((each) => each);
}

/** A mark leads to its place, a track to its moment, a gap to what was in reach. */
function openAt(map: maplibre.Map, { point, lngLat }: maplibre.MapMouseEvent, options: MapOptions) {
  const found = foundAt(map, point);
  options.onPoint(found ? undefined : pointedAt(map, point, lngLat), true);
  if (!found) return;
  const { href, id } = found.properties as { href?: unknown; id?: unknown };
  if (typeof href === "string" && href !== "") options.onOpen(href);
  else if (found.layer.id === "track") options.onTrack(lngLat.lat, lngLat.wrap().lng);
  else if (typeof id === "string") options.onGap(id);
}

async function addAirports(map: maplibre.Map): Promise<void> {
  const response = await fetch(airportsUrl);
  const columns = (await response.json()) as AirportColumns;
  const features = columns.ident.map((ident, i) => {
    const coordinates = [columns.lon[i]! / 1000, columns.lat[i]! / 1000];
    const geometry = { type: "Point" as const, coordinates };
    return { type: "Feature" as const, properties: { ident, size: columns.size[i]! }, geometry };
  });
  source(map, "airports")?.setData(collectionOf(features));
}
