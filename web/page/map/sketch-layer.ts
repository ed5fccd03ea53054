/** Areas on the map, and the hand that draws them: places clicked, and corners dragged. */

import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, LngLat, Map as MapLibre, Point } from "maplibre-gl";
import { NOTHING } from "./drawing.js";

/** Areas to be shown, and who is told what a hand does to them. */
export interface ShownSketch {
  readonly areas: FeatureCollection;
  /** What is drawn just now. */
  readonly rubber: FeatureCollection;
  /** Points with an `id` that may be dragged. */
  readonly corners: FeatureCollection;
  /** While true every click is a place, and opens nothing. */
  readonly isDrawing: boolean;
  readonly onPlace: (latDeg: number, lonDeg: number) => void;
  readonly onHover: (latDeg: number, lonDeg: number) => void;
  readonly onDrag: (id: string, latDeg: number, lonDeg: number) => void;
}

/** Sources of the style that a sketch fills. */
export const SKETCHED = ["areas", "rubber", "corners"] as const;

/** The areas of a map. */
export interface SketchLayer {
  readonly show: (sketch: ShownSketch | null) => void;
  /** Whether the hand is busy with areas at a place, so that nothing else answers. */
  readonly cursorAt: (point: Point) => string | undefined;
}

/** chosen: a corner is smaller than a finger */
const CORNER_PX = 10;

/** Adds the hand's part to a map whose style has the layers. */
export function addSketchLayer(map: MapLibre): SketchLayer {
  let shown: ShownSketch | null = null;
  let dragged: string | undefined;
  const cornerAt = ({ x, y }: Point): string | undefined => {
    if (!shown || shown.isDrawing || shown.corners.features.length === 0) return undefined;
    const box: [[number, number], [number, number]] = [
      [x - CORNER_PX, y - CORNER_PX],
      [x + CORNER_PX, y + CORNER_PX],
    ];
    const [found] = map.queryRenderedFeatures(box, { layers: ["corners"] });
    const id: unknown = found?.properties["id"];
    return typeof id === "string" ? id : undefined;
  };
  const begin = (event: { readonly point: Point; preventDefault: () => void }) => {
    dragged = cornerAt(event.point);
    // The map would move along with the corner.
    if (dragged !== undefined) event.preventDefault();
  };
  const move = ({ lngLat }: { readonly lngLat: LngLat }) => {
    if (dragged !== undefined) shown?.onDrag(dragged, lngLat.lat, lngLat.lng);
    else if (shown?.isDrawing) shown.onHover(lngLat.lat, lngLat.lng);
  };
  const end = () => {
    dragged = undefined;
  };
  map.on("mousedown", begin);
  map.on("touchstart", (event) => event.points.length === 1 && begin(event));
  map.on("mousemove", move);
  map.on("touchmove", move);
  map.on("mouseup", end);
  map.on("touchend", end);
  map.on("click", ({ lngLat }) => {
    if (shown?.isDrawing) shown.onPlace(lngLat.lat, lngLat.lng);
  });
  return {
    show(sketch) {
      shown = sketch;
      for (const name of SKETCHED)
        map.getSource<GeoJSONSource>(name)?.setData(sketch?.[name] ?? NOTHING);
      if (sketch?.isDrawing) map.doubleClickZoom.disable();
      else map.doubleClickZoom.enable();
      // The canvas cannot be read; what it holds can.
      const { dataset } = map.getContainer();
      dataset["areas"] = String(sketch?.areas.features.length ?? 0);
      dataset["sketch"] = sketch?.isDrawing ? "drawing" : "shown";
    },
    cursorAt(point) {
      if (shown?.isDrawing) return "crosshair";
      return dragged !== undefined || cornerAt(point) !== undefined ? "move" : undefined;
    },
  };
}
