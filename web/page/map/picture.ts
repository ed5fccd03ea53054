/** A PNG of the map as it is shown, with everything that must stand on a picture of it; loaded when one is asked for. */

import { RAMP_MAX_FT, rampColours } from "../ramp.js";
import { LEGEND_WORDS } from "../words.js";
import type { LegendPart } from "./map-state.js";
import type { Look } from "./paint.js";
import { MAP_TOKENS, type MapTokens } from "./tokens.js";

/** What is written beside a map. */
export interface PictureText {
  readonly title: string;
  readonly lines: readonly string[];
  /** What of the map is left out, and must be said on it. */
  readonly notes: readonly string[];
  readonly look: Look;
  readonly parts: readonly LegendPart[];
  readonly isSimulated: boolean;
  /** "500 NM", and how long that is on the map. */
  readonly scale: { readonly label: string; readonly widthPx: number } | undefined;
  /** Of the file, as words. */
  readonly name: string;
}

const SANS = "'IBM Plex Sans', sans-serif";
const MARGIN = 18;
const LEGEND_WIDTH = 264;
const LEGEND_LINE = 20;

interface Sheet {
  readonly pen: CanvasRenderingContext2D;
  readonly width: number;
  readonly t: MapTokens;
}

/**
 * Draws map, legend and caption, and hands the file to the browser.
 *
 * @param map in pixels of the screen
 * @throws Error when the browser makes no file of it
 */
export async function savePicture(map: HTMLCanvasElement, text: PictureText): Promise<void> {
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, mapHeight] = [map.width / ratio, map.height / ratio];
  const canvas = document.createElement("canvas");
  const t = MAP_TOKENS[text.look.theme];
  const measure = canvas.getContext("2d")!;
  const lines = captionLines(measure, text, width);
  const height = mapHeight + MARGIN * 2 + lines.reduce((sum, { size }) => sum + size * 1.45, 0);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d")!;
  // Around a globe the map is transparent.
  pen.fillStyle = t.panel;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(map, 0, 0);
  pen.scale(ratio, ratio);
  const sheet = { pen, width, t };
  drawNotes(sheet, text);
  drawLegend(sheet, text, mapHeight);
  drawScale(sheet, text, mapHeight);
  pen.fillStyle = t.panel;
  pen.fillRect(0, mapHeight, width, height - mapHeight);
  let y = mapHeight + MARGIN;
  for (const { words, size, weight, colour } of lines) {
    pen.font = `${weight} ${size}px ${SANS}`;
    pen.fillStyle = t[colour];
    y += size * 1.45;
    pen.fillText(words, MARGIN, y - size * 0.45);
  }
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
  if (!blob) throw new Error("no picture");
  hand(blob, `${text.name.trim().replace(/[^\w.-]+/g, "-")}.png`);
}

interface Line {
  readonly words: string;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly colour: "ink" | "ink2";
}

/** Words broken so that they fit the width. */
function captionLines(pen: CanvasRenderingContext2D, text: PictureText, width: number): Line[] {
  const title = `${text.title}${text.isSimulated ? " (SIMULATED: none of this took place)" : ""}`;
  const wanted: Line[] = [
    { words: title, size: 17, weight: 600, colour: "ink" },
    ...text.lines.map((words, at): Line => {
      return { words, size: at === 0 ? 14 : 12, weight: 400, colour: at === 0 ? "ink" : "ink2" };
    }),
  ];
  return wanted.flatMap((line) => {
    pen.font = `${line.weight} ${line.size}px ${SANS}`;
    return broken(pen, line.words, width - 2 * MARGIN).map((words) => ({ ...line, words }));
  });
}

function broken(pen: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && pen.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** The stamp, and what is not drawn. */
function drawNotes({ pen, t }: Sheet, { isSimulated, notes }: PictureText): void {
  const all = [...(isSimulated ? ["SIMULATED"] : []), ...notes];
  let y = 14;
  for (const note of all) {
    const isStamp = note === "SIMULATED";
    pen.font = `600 13px ${SANS}`;
    const width = pen.measureText(note).width + 18;
    pen.fillStyle = t.panel;
    pen.fillRect(14, y, width, 25);
    pen.strokeStyle = isStamp ? t.uncertain : t.ink2;
    pen.setLineDash(isStamp ? [4, 3] : []);
    pen.lineWidth = 1.5;
    pen.strokeRect(14, y, width, 25);
    pen.setLineDash([]);
    pen.fillStyle = isStamp ? t.uncertain : t.ink;
    pen.fillText(note, 23, y + 17);
    y += 33;
  }
}

function drawScale({ pen, t }: Sheet, { scale }: PictureText, mapHeight: number): void {
  if (!scale) return;
  const [x, y] = [16, mapHeight - 16];
  pen.strokeStyle = t.ink2;
  pen.lineWidth = 1.6;
  pen.beginPath();
  pen.moveTo(x, y - 12);
  pen.lineTo(x, y);
  pen.lineTo(x + scale.widthPx, y);
  pen.lineTo(x + scale.widthPx, y - 12);
  pen.stroke();
  pen.fillStyle = t.ink2;
  pen.font = `400 11px ${SANS}`;
  pen.fillText(scale.label, x + 7, y - 5);
}

function drawLegend({ pen, width, t }: Sheet, text: PictureText, mapHeight: number): void {
  const { parts, look } = text;
  if (parts.length === 0) return;
  const rows = parts.filter((part) => part !== "altitude");
  const hasRamp = parts.includes("altitude");
  const height = 18 + rows.length * LEGEND_LINE + (hasRamp ? 48 : 0);
  const [x, top] = [width - LEGEND_WIDTH - 14, mapHeight - height - 14];
  pen.fillStyle = t.panel;
  pen.fillRect(x, top, LEGEND_WIDTH, height);
  pen.strokeStyle = t.border;
  pen.lineWidth = 1;
  pen.strokeRect(x, top, LEGEND_WIDTH, height);
  if (hasRamp) drawRamp(pen, { x: x + 12, y: top + 10, t, look });
  let y = top + 10 + (hasRamp ? 48 : 0);
  for (const part of rows) {
    drawSample(pen, part, { x: x + 12, y: y + 8, t });
    pen.fillStyle = t.ink2;
    pen.font = `400 12px ${SANS}`;
    pen.fillText(LEGEND_WORDS[part], x + 50, y + 12);
    y += LEGEND_LINE;
  }
}

function drawRamp(
  pen: CanvasRenderingContext2D,
  {
    x,
    y,
    t,
    look,
  }: { readonly x: number; readonly y: number; readonly t: MapTokens; readonly look: Look },
): void {
  const width = LEGEND_WIDTH - 24;
  pen.font = `400 12px ${SANS}`;
  pen.fillStyle = t.ink2;
  pen.fillText("Pressure altitude, ft", x, y + 10);
  const ramp = pen.createLinearGradient(x, 0, x + width, 0);
  for (const [altitudeFt, colour] of rampColours(look.theme, look.ramp))
    ramp.addColorStop(altitudeFt / RAMP_MAX_FT, colour);
  pen.fillStyle = ramp;
  pen.fillRect(x, y + 17, width, 8);
  pen.fillStyle = t.ink2;
  pen.font = `400 10px ${SANS}`;
  for (const thousands of [0, 15, 30, 45]) {
    const label = thousands === 0 ? "0" : `${thousands}k`;
    const at = x + (thousands / 45) * width;
    pen.fillText(label, Math.min(at, x + width - pen.measureText(label).width), y + 37);
  }
}

/** Shapes as on the map and in the page's legend. */
function drawSample(
  pen: CanvasRenderingContext2D,
  part: Exclude<LegendPart, "altitude">,
  { x, y, t }: { readonly x: number; readonly y: number; readonly t: MapTokens },
): void {
  pen.strokeStyle = t.ink;
  pen.fillStyle = t.ink;
  pen.lineWidth = 1.8;
  pen.beginPath();
  if (part === "gap") {
    pen.setLineDash([6, 4.5]);
    pen.moveTo(x, y);
    pen.lineTo(x + 28, y);
    pen.stroke();
    pen.setLineDash([]);
  } else if (part === "excluded") {
    pen.moveTo(x + 11, y - 3);
    pen.lineTo(x + 17, y + 3);
    pen.moveTo(x + 17, y - 3);
    pen.lineTo(x + 11, y + 3);
    pen.stroke();
  } else if (part === "reach" || part === "lens") {
    pen.globalAlpha = 0.3;
    pen.fillStyle = t.uncertain;
    pen.fillRect(x, y - 5, 28, 10);
    pen.globalAlpha = 1;
    pen.strokeStyle = t.uncertain;
    pen.setLineDash(part === "reach" ? [3.5, 2.5] : []);
    pen.strokeRect(x, y - 5, 28, 10);
    pen.setLineDash([]);
  } else if (part === "area") {
    pen.strokeStyle = t.accent;
    pen.strokeRect(x, y - 5, 28, 10);
  } else if (part === "crossing") {
    pen.fillStyle = t.ink2;
    pen.arc(x + 14, y, 3, 0, 7);
    pen.fill();
  } else {
    const radius = part === "edge" || part === "unheard" ? 2.6 : part === "possible" ? 4 : 6;
    pen.arc(x + 14, y, radius, 0, 7);
    pen.stroke();
    pen.beginPath();
    if (part === "seen") pen.arc(x + 14, y, 3.2, 0, 7);
    if (part === "inferred") pen.arc(x + 14, y, 6, Math.PI / 2, (Math.PI * 3) / 2);
    pen.fill();
  }
}

function hand(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
