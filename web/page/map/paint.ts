/** What changes with the theme: colours of layers, and small pictures drawn in them. */

import type { ExpressionSpecification, Map as MapLibre } from "maplibre-gl";
import { type RampName, rampColours } from "../ramp.js";
import { RIM_PX } from "./rim.js";
import { MAP_TOKENS, type MapTokens } from "./tokens.js";

type Painted = readonly [layer: string, property: string, value: unknown];

/** What the colours of a map hang on. */
export interface Look {
  readonly theme: "dark" | "light";
  readonly ramp: RampName;
}

function altitudeColour({ theme, ramp: name }: Look): ExpressionSpecification {
  const stops = rampColours(theme, name).flat();
  const ramp: unknown = ["interpolate", ["linear"], ["get", "alt"], ...stops];
  const { ink2 } = MAP_TOKENS[theme];
  return ["case", ["<", ["get", "alt"], 0], ink2, ramp as ExpressionSpecification];
}

function paints(look: Look): readonly Painted[] {
  const t = MAP_TOKENS[look.theme];
  return [
    ["ocean", "background-color", t.ocean],
    ["graticule", "line-color", t.graticule],
    ["land", "fill-color", t.land],
    ["lakes", "fill-color", t.ocean],
    ["coast", "line-color", t.coast],
    ["borders", "line-color", t.border],
    ["names", "text-color", t.label],
    ["names", "text-halo-color", t.halo],
    ["airports", "circle-color", t.label],
    ["airport-names", "text-color", t.label],
    ["airport-names", "text-halo-color", t.halo],
    ["reach-line", "line-color", t.uncertain],
    ["lens", "fill-color", t.uncertain],
    ["lens-line", "line-color", t.uncertain],
    ["gap-line", "line-color", t.ink2],
    ["gap-label", "text-color", t.ink2],
    ["gap-label", "text-halo-color", t.halo],
    ["track-casing", "line-color", t.ocean],
    ["track", "line-color", altitudeColour(look)],
    ["areas", "fill-color", t.accent],
    ["areas-line", "line-color", t.accent],
    ["areas-label", "text-color", t.accent],
    ["areas-label", "text-halo-color", t.halo],
    ["rubber", "line-color", t.accent],
    ["corners", "circle-color", t.panel],
    ["corners", "circle-stroke-color", t.accent],
    ["edges", "circle-color", t.panel],
    ["edges", "circle-stroke-color", t.ink],
    ["times", "text-color", t.ink],
    ["times", "text-halo-color", t.halo],
    ["mark-names", "text-color", t.ink],
    ["mark-names", "text-halo-color", t.halo],
  ];
}

/** Gives all layers their colours. */
export function paintLook(map: MapLibre, look: Look): void {
  drawImages(map, MAP_TOKENS[look.theme]);
  for (const [layer, property, value] of paints(look))
    if (map.getLayer(layer)) map.setPaintProperty(layer, property as never, value as never);
}

const RATIO = 2;

type Pen = CanvasRenderingContext2D;

function picture(size: number, draw: (pen: Pen) => void): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = size * RATIO;
  canvas.height = size * RATIO;
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.scale(RATIO, RATIO);
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function drawImages(map: MapLibre, t: MapTokens): void {
  const images: Record<string, ImageData> = {
    hatch: picture(12, (pen) => hatch(pen, t)),
    "mark-seen": picture(18, (pen) => ring(pen, t, "seen")),
    "mark-inferred": picture(18, (pen) => ring(pen, t, "inferred")),
    "mark-possible": picture(12, (pen) => openRing(pen, t)),
    "mark-airport": picture(10, (pen) => dot(pen, t)),
    "mark-excluded": picture(8, (pen) => cross(pen, t)),
    plane: picture(34, (pen) => plane(pen, t)),
    here: picture(30, (pen) => here(pen, t)),
    unknown: picture(30, (pen) => question(pen, t)),
    rim: picture(RIM_PX, () => undefined),
  };
  for (const [name, image] of Object.entries(images)) {
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: RATIO });
  }
}

function hatch(pen: Pen, t: MapTokens): void {
  pen.fillStyle = t.uncertain;
  pen.globalAlpha = 0.08;
  pen.fillRect(0, 0, 12, 12);
  pen.globalAlpha = 0.5;
  pen.strokeStyle = t.uncertain;
  pen.lineWidth = 1;
  for (const shift of [-12, 0, 12]) {
    pen.beginPath();
    pen.moveTo(shift - 2, 14);
    pen.lineTo(shift + 14, -2);
    pen.stroke();
  }
}

/** A full disc for what was seen, a half one for what is inferred. */
function ring(pen: Pen, t: MapTokens, shape: "seen" | "inferred"): void {
  pen.beginPath();
  pen.arc(9, 9, 7, 0, 7);
  pen.fillStyle = t.panel;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = t.ink;
  pen.stroke();
  pen.beginPath();
  if (shape === "seen") pen.arc(9, 9, 4, 0, 7);
  else pen.arc(9, 9, 7, Math.PI / 2, (Math.PI * 3) / 2);
  pen.fillStyle = t.ink;
  pen.fill();
}

function openRing(pen: Pen, t: MapTokens): void {
  pen.beginPath();
  pen.arc(6, 6, 4, 0, 7);
  pen.lineWidth = 3.2;
  pen.strokeStyle = t.halo;
  pen.stroke();
  pen.lineWidth = 1.6;
  pen.strokeStyle = t.ink;
  pen.stroke();
}

function dot(pen: Pen, t: MapTokens): void {
  pen.beginPath();
  pen.arc(5, 5, 3, 0, 7);
  pen.fillStyle = t.ink2;
  pen.fill();
}

function cross(pen: Pen, t: MapTokens): void {
  pen.globalAlpha = 0.6;
  pen.strokeStyle = t.ink2;
  pen.lineWidth = 1.3;
  pen.beginPath();
  pen.moveTo(1.5, 1.5);
  pen.lineTo(6.5, 6.5);
  pen.moveTo(6.5, 1.5);
  pen.lineTo(1.5, 6.5);
  pen.stroke();
}

function question(pen: Pen, t: MapTokens): void {
  pen.beginPath();
  pen.arc(15, 15, 12, 0, 7);
  pen.fillStyle = t.panel;
  pen.globalAlpha = 0.95;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 1.8;
  pen.setLineDash([4, 2.6]);
  pen.strokeStyle = t.ink;
  pen.stroke();
  pen.fillStyle = t.ink;
  pen.font = "600 15px 'IBM Plex Sans', sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText("?", 15, 15.8);
}

/** On the ground: around the mark of a stop, or alone. */
function here(pen: Pen, t: MapTokens): void {
  pen.fillStyle = t.accent;
  pen.strokeStyle = t.accent;
  pen.lineWidth = 2.4;
  pen.beginPath();
  pen.arc(15, 15, 12, 0, 7);
  pen.stroke();
  pen.beginPath();
  pen.arc(15, 15, 3, 0, 7);
  pen.fill();
}

/** An airliner seen from above, nose up. */
const PLANE =
  "M17 3c1.4 0 2 2 2 4v6l11 7v2.6l-11-3.2v6.4l3.4 2.6V31L17 29.6 11.6 31v-2.6l3.4-2.6v-6.4L4 22.6V20l11-7V7c0-2 .6-4 2-4z";

function plane(pen: Pen, t: MapTokens): void {
  const shape = new Path2D(PLANE);
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = t.halo;
  pen.stroke(shape);
  pen.fillStyle = t.ink;
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is no array
  pen.fill(shape);
}
