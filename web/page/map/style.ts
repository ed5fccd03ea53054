/** The map's style: a base map of the page's own files, and the layers that drawings fill. */

import bordersUrl from "@basemap/borders.json?url";
import labelsUrl from "@basemap/labels.json?url";
import lakesUrl from "@basemap/lakes.json?url";
import landUrl from "@basemap/land.json?url";
import type { FeatureCollection } from "geojson";
import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import { NOTHING } from "./drawing.js";
import { BOLD, fontFaces, SANS } from "./fonts.js";
import { SKETCHED } from "./sketch-layer.js";

/** Sources that drawings fill. */
export const DRAWN = [
  "track",
  "gaps",
  "edges",
  "times",
  "marks",
  "reach",
  "reachLine",
  "lens",
  "now",
] as const;

function file(data: string): SourceSpecification {
  return { type: "geojson", data, maxzoom: 7, tolerance: 0.3 };
}

function sources(): Record<string, SourceSpecification> {
  const all: Record<string, SourceSpecification> = {
    land: file(landUrl),
    borders: file(bordersUrl),
    lakes: file(lakesUrl),
    labels: { type: "geojson", data: labelsUrl },
    airports: { type: "geojson", data: NOTHING },
    rim: { type: "geojson", data: NOTHING },
    graticule: { type: "geojson", data: graticule(), tolerance: 0 },
  };
  for (const name of [...DRAWN, ...SKETCHED])
    all[name] = { type: "geojson", data: NOTHING, tolerance: 0.2 };
  return all;
}

/** Every 15 degrees. */
function graticule(): FeatureCollection {
  const lines: [number, number][][] = [];
  for (let lon = -180; lon < 180; lon += 15)
    lines.push(Array.from({ length: 35 }, (_, i) => [lon, -85 + i * 5]));
  for (let lat = -75; lat <= 75; lat += 15)
    lines.push(Array.from({ length: 73 }, (_, i) => [-180 + i * 5, lat]));
  const geometry = { type: "MultiLineString" as const, coordinates: lines };
  return { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry }] };
}

function baseLayers(isLite: boolean): LayerSpecification[] {
  const lines: LayerSpecification[] = isLite
    ? []
    : [
        { id: "graticule", type: "line", source: "graticule", paint: { "line-width": 1 } },
        // Land that the edge of a flat map cuts has its coast as lines beside it.
        {
          id: "coast",
          type: "line",
          source: "land",
          filter: ["!", ["has", "cut"]],
          paint: { "line-width": 0.8 },
        },
      ];
  return [
    { id: "ocean", type: "background" },
    ...lines.slice(0, 1),
    {
      id: "land",
      type: "fill",
      source: "land",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-antialias": !isLite },
    },
    { id: "lakes", type: "fill", source: "lakes", paint: { "fill-antialias": false } },
    ...lines.slice(1),
    { id: "borders", type: "line", source: "borders", paint: { "line-width": 0.8 } },
  ];
}

const COUNTRY_NAMES: LayerSpecification = {
  id: "names",
  type: "symbol",
  source: "labels",
  filter: [">=", ["get", "size"], ["step", ["zoom"], 60, 2.2, 25, 3, 8, 4, 1.5, 5, 0]],
  layout: {
    "text-field": ["upcase", ["get", "name"]],
    "text-font": SANS,
    "text-size": ["interpolate", ["linear"], ["zoom"], 1, 10, 5, 14],
    "text-letter-spacing": 0.12,
    "text-max-width": 8,
    "text-padding": 6,
    "symbol-sort-key": ["-", 0, ["get", "size"]],
  },
  paint: { "text-halo-width": 1.2 },
};

const AIRPORTS: LayerSpecification[] = [
  {
    id: "airports",
    type: "circle",
    source: "airports",
    minzoom: 5,
    paint: { "circle-radius": 2, "circle-opacity": 0.7 },
  },
  {
    id: "airport-names",
    type: "symbol",
    source: "airports",
    minzoom: 6,
    filter: [">=", ["get", "size"], ["step", ["zoom"], 2, 7.5, 1]],
    layout: {
      "text-field": ["get", "ident"],
      "text-font": SANS,
      "text-size": 10.5,
      "text-anchor": "left",
      "text-offset": [0.6, 0],
    },
    paint: { "text-halo-width": 1 },
  },
];

const AREAS: LayerSpecification[] = [
  { id: "reach", type: "fill", source: "reach", paint: { "fill-pattern": "hatch" } },
  {
    id: "reach-line",
    type: "line",
    source: "reachLine",
    paint: { "line-width": 1.2, "line-dasharray": [4, 3] },
  },
  { id: "lens", type: "fill", source: "lens", paint: { "fill-opacity": 0.28 } },
  { id: "lens-line", type: "line", source: "lens", paint: { "line-width": 1.4 } },
];

const SKETCH_AREAS: LayerSpecification[] = [
  { id: "areas", type: "fill", source: "areas", paint: { "fill-opacity": 0.07 } },
  { id: "areas-line", type: "line", source: "areas", paint: { "line-width": 1.8 } },
];

/** On top of all: a hand must find them. */
const SKETCH: LayerSpecification[] = [
  { id: "rubber", type: "line", source: "rubber", paint: { "line-width": 1.8 } },
  {
    id: "areas-label",
    type: "symbol",
    source: "areas",
    filter: ["has", "label"],
    layout: {
      "text-field": ["get", "label"],
      "text-font": BOLD,
      "text-size": 15,
      "text-offset": [0, -1.1],
      "text-allow-overlap": true,
    },
    paint: { "text-halo-width": 2 },
  },
  {
    id: "corners",
    type: "circle",
    source: "corners",
    paint: { "circle-radius": 5, "circle-stroke-width": 2 },
  },
];

const TRACK: LayerSpecification[] = [
  {
    id: "gap-line",
    type: "line",
    source: "gaps",
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-cap": "butt" },
    paint: {
      "line-width": ["case", ["get", "selected"], 2.4, 1.6],
      "line-dasharray": [3.4, 2.6],
    },
  },
  {
    id: "track-casing",
    type: "line",
    source: "track",
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-width": 5 },
  },
  {
    id: "track",
    type: "line",
    source: "track",
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-width": ["case", ["==", ["get", "doubtful"], 1], 1.4, 2.8] },
  },
  {
    id: "edges",
    type: "circle",
    source: "edges",
    // Smaller than the ring of a possible place: these are positions, and no stops.
    paint: { "circle-radius": 2.4, "circle-stroke-width": 1.4 },
  },
];

/** Places in reach are many, and no names stand back for them. */
const CANDIDATE: ExpressionSpecification = [
  "in",
  ["get", "shape"],
  ["literal", ["possible", "excluded"]],
];

function marksLayer(id: string): SymbolLayerSpecification {
  return {
    id,
    type: "symbol",
    source: "marks",
    layout: {
      "icon-image": ["concat", "mark-", ["get", "shape"]],
      "icon-allow-overlap": true,
      "icon-padding": 0,
      "symbol-sort-key": ["get", "rank"],
    },
  };
}

const LABELS: LayerSpecification[] = [
  {
    id: "gap-label",
    type: "symbol",
    source: "gaps",
    // Only along lines that are longer than what is written.
    filter: [
      "all",
      ["has", "label"],
      [
        ">=",
        ["get", "km"],
        ["step", ["zoom"], 9000, 1, 5000, 2, 2600, 3, 1300, 4, 650, 5, 320, 6, 0],
      ],
    ],
    layout: {
      "text-field": ["get", "label"],
      "text-font": SANS,
      "text-size": 11,
      "text-rotate": ["get", "angle"],
      "text-rotation-alignment": "map",
      "text-pitch-alignment": "viewport",
      "text-offset": [0, 1.6],
      "text-max-width": 30,
    },
    paint: { "text-halo-width": 1.6 },
  },
  {
    id: "times",
    type: "symbol",
    source: "times",
    layout: {
      "text-field": ["get", "label"],
      "text-font": SANS,
      "text-size": 10.5,
      "text-anchor": "left",
      "text-justify": "left",
      "text-offset": [0.7, 0],
      "symbol-sort-key": ["get", "rank"],
    },
    paint: { "text-halo-width": 1.6 },
  },
  // Room is given from the last layer to the first: marks, their names, then places that were in reach, then the
  // aircraft, then labels of gaps.
  {
    id: "now",
    type: "symbol",
    source: "now",
    layout: {
      "icon-image": ["get", "icon"],
      "icon-rotate": ["get", "bearing"],
      "icon-rotation-alignment": "map",
      // Labels give way to it.
      "icon-allow-overlap": true,
    },
  },
  { ...marksLayer("candidates"), filter: CANDIDATE },
  {
    id: "mark-names",
    type: "symbol",
    source: "marks",
    layout: {
      "text-field": [
        "format",
        ["get", "label"],
        { "text-font": ["literal", BOLD], "font-scale": 1 },
        ["case", ["any", ["==", ["get", "detail"], ""], ["==", ["get", "label"], ""]], "", "\n"],
        {},
        ["get", "detail"],
        { "text-font": ["literal", SANS], "font-scale": 0.84 },
      ],
      "text-font": BOLD,
      "text-size": 13,
      "text-variable-anchor": ["left", "right", "top", "bottom"],
      "text-radial-offset": 1.1,
      "text-justify": "auto",
      "symbol-sort-key": ["get", "rank"],
    },
    paint: { "text-halo-width": 1.6 },
  },
  // Apart, so that no name lies over another place's mark.
  { ...marksLayer("marks"), filter: ["!", CANDIDATE] },
];

/** Seen by no eye, given room before all others. */
const RIM: LayerSpecification = {
  id: "rim",
  type: "symbol",
  source: "rim",
  layout: { "icon-image": "rim", "icon-allow-overlap": true, "icon-padding": 0 },
};

/** @param isLite without what costs most on machines that draw without a graphics card */
export function mapStyle(isLite: boolean): StyleSpecification {
  return {
    version: 8,
    "font-faces": fontFaces(),
    sources: sources(),
    layers: [
      ...baseLayers(isLite),
      ...AIRPORTS.slice(0, 1),
      ...AREAS,
      ...SKETCH_AREAS,
      COUNTRY_NAMES,
      ...TRACK,
      // Over the lines, which would strike them through.
      ...AIRPORTS.slice(1),
      ...LABELS,
      ...SKETCH,
      RIM,
    ],
  };
}
