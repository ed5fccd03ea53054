/** Where no name may stand: across the map's edges and under what lies over the map. Nothing of it is seen. */

import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { collectionOf, featureOf, NOTHING } from "./drawing.js";

/** Left, top, right, bottom in pixels from the map's corner. */
export type Box = readonly [number, number, number, number];

/** Side of the squares that keep names away. chosen: less than a name is high with its halo, so that none lies between */
export const RIM_PX = 16;

/** @returns centres of squares that together cover the boxes: along one without width or height a row */
export function rimPoints(boxes: readonly Box[]): [x: number, y: number][] {
  return boxes.flatMap(([left, top, right, bottom]) => {
    const points: [number, number][] = [];
    for (let y = top; y < bottom + RIM_PX; y += RIM_PX)
      for (let x = left; x < right + RIM_PX; x += RIM_PX)
        points.push([Math.min(x, right), Math.min(y, bottom)]);
    return points;
  });
}

/** What stands over a map. */
const OVER = ".over > *, .legend, .boundaries, .maplibregl-ctrl";
/** chosen: soon enough for an eye; a map that follows an aircraft moves more often, and is left alone */
const REST_MS = 150;
/** Width of the world at zoom 0. Source: MapLibre's tile size */
const WORLD_PX = 512;

function boxesOf(map: MapLibre): Box[] {
  const place = map.getContainer();
  const { clientWidth: wide, clientHeight: high } = place;
  const from = place.getBoundingClientRect();
  const edges: Box[] = [
    [0, 0, wide, 0],
    [0, high, wide, high],
    [0, 0, 0, high],
    [wide, 0, wide, high],
  ];
  const half = RIM_PX / 2;
  for (const each of place.parentElement?.querySelectorAll(OVER) ?? []) {
    const { left, top, right, bottom } = each.getBoundingClientRect();
    edges.push([
      left - from.left + half,
      top - from.top + half,
      right - from.left - half,
      bottom - from.top - half,
    ]);
  }
  return edges;
}

function rimOf(map: MapLibre): FeatureCollection {
  // Narrower than its place, the world is there twice, and its edges lie in the middle of it.
  if (WORLD_PX * 2 ** map.getZoom() < map.getContainer().clientWidth) return NOTHING;
  return collectionOf(
    rimPoints(boxesOf(map)).flatMap(([x, y]): Feature[] => {
      const { lng, lat } = map.unproject([x, y]);
      // Beside a globe there is no place.
      if (Math.abs(map.project([lng, lat]).x - x) > 1) return [];
      return [featureOf({ type: "Point", coordinates: [lng, lat] })];
    }),
  );
}

/** Keeps names from being cut off, whenever the map rests or something over it changes its size. */
export function keepNamesWhole(map: MapLibre): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const show = (rim: FeatureCollection) => map.getSource<GeoJSONSource>("rim")?.setData(rim);
  const draw = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(rimOf(map)), REST_MS);
  };
  const watch = new ResizeObserver(draw);
  const place = map.getContainer();
  for (const each of [place, ...(place.parentElement?.querySelectorAll(".over, .legend") ?? [])])
    watch.observe(each);
  map.on("movestart", () => {
    clearTimeout(waiting);
    show(NOTHING);
  });
  map.on("moveend", draw);
  map.on("remove", () => {
    watch.disconnect();
    clearTimeout(waiting);
  });
}
