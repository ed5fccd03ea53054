/** A layer of the map that draws a mass with few calls: one buffer of vertices, indices for each level of detail, time as a number. */

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import { type RampName, rampColours } from "../../ramp.js";
import { MAP_TOKENS } from "../tokens.js";
import { COARSE_BELOW_ZOOM, type Mass } from "./mass.js";
import { deleteBuffers, filledBuffers, type MassBuffers } from "./mass-buffers.js";
import { headsAt, piecesIn, type TimeWindow } from "./mass-search.js";
import { fragmentShader, STOPS, vertexShader } from "./mass-shaders.js";

/** A layer, and what it is told. */
export interface MassLayer extends CustomLayerInterface {
  /** @returns when all of it is where it can be drawn from */
  readonly setMass: (mass: Mass | undefined) => Promise<void>;
  readonly setLook: (look: Look) => void;
  /** A trail that ends at `toS`, with a dot for each aircraft; undefined draws everything. */
  readonly setWindow: (window: TimeWindow | undefined) => void;
}

/** Coarser by so much where a processor draws. chosen */
const LITE_ZOOM = 1.2;
/** Lines of a mass: faint where there are many, so that they add up. chosen: by eye, dark and light */
const ALPHA_MANY = { dark: 0.16, light: 0.22 } as const;
const ALPHA_FEW = 0.65;
const FEW = 3_000;
const MANY = 300_000;
/** A trail's newest part. */
const ALPHA_TRAIL = 0.85;
const HEAD_PX = 7;
const LONE_PX = 2.5;

/** Which colours are meant. */
export interface Look {
  readonly theme: "dark" | "light";
  readonly ramp: RampName;
}

/** What a layer has at the moment. */
interface Held {
  map: MapLibre | undefined;
  gl: WebGL2RenderingContext | undefined;
  mass: Mass | undefined;
  buffers: MassBuffers | undefined;
  look: Look;
  window: TimeWindow | undefined;
  /** The dots in their buffer, and of which moment. */
  heads: { readonly timeS: number; readonly count: number } | undefined;
  readonly programs: Map<string, Program>;
}

/** @param isLite coarser lines */
export function massLayer({
  look,
  isLite,
}: {
  readonly look: Look;
  readonly isLite: boolean;
}): MassLayer {
  const held: Held = {
    ...{ map: undefined, gl: undefined, mass: undefined, buffers: undefined },
    ...{ look, window: undefined, heads: undefined, programs: new Map() },
  };
  const change = (changed: Partial<Held>) => {
    Object.assign(held, changed);
    held.map?.triggerRepaint();
  };
  // What a lost context held is gone; the mass itself is still here.
  const onRestored = () => {
    held.buffers = undefined;
    held.programs.clear();
    void fill(held);
  };
  return {
    id: "mass",
    type: "custom",
    renderingMode: "2d",
    onAdd(map, gl) {
      Object.assign(held, { map, gl });
      map.on("webglcontextrestored", onRestored);
      void fill(held);
    },
    onRemove(map, gl) {
      map.off("webglcontextrestored", onRestored);
      if (held.buffers) deleteBuffers(gl as WebGL2RenderingContext, held.buffers);
      for (const { program } of held.programs.values()) gl.deleteProgram(program);
      held.programs.clear();
      Object.assign(held, { map: undefined, gl: undefined, buffers: undefined });
    },
    async setMass(mass) {
      if (held.gl && held.buffers) deleteBuffers(held.gl, held.buffers);
      change({ mass, buffers: undefined });
      await fill(held);
    },
    setLook: (next) => change({ look: next }),
    setWindow: (window) => change({ window }),
    render(gl, args) {
      render(held, { gl: gl as WebGL2RenderingContext, args, isLite });
    },
  };
}

/** Puts the mass where it is drawn from, unless another one is wanted meanwhile. */
async function fill(held: Held): Promise<void> {
  const { gl, mass } = held;
  if (!gl || !mass) return;
  const isWanted = () => held.mass === mass && held.gl === gl;
  const buffers = await filledBuffers(gl, mass, isWanted);
  if (!isWanted()) return deleteBuffers(gl, buffers);
  Object.assign(held, { buffers, heads: undefined });
  held.map?.triggerRepaint();
}

function render(
  held: Held,
  {
    gl,
    args,
    isLite,
  }: {
    readonly gl: WebGL2RenderingContext;
    readonly args: CustomRenderMethodInput;
    readonly isLite: boolean;
  },
): void {
  const { map, mass, buffers, window, look } = held;
  if (!mass || !buffers || !map) return;
  const program = programFor(gl, held.programs, args);
  gl.useProgram(program.program);
  if (window && held.heads?.timeS !== window.toS) {
    const heads = headsAt(mass, window.toS);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.heads);
    gl.bufferData(gl.ARRAY_BUFFER, heads, gl.DYNAMIC_DRAW);
    held.heads = { timeS: window.toS, count: heads.length / 4 };
  }
  const zoom = map.getZoom() - (isLite ? LITE_ZOOM : 0);
  const headCount = window ? (held.heads?.count ?? 0) : 0;
  setColours(gl, program, { look, window, count: mass.vertices.length / 4 });
  for (const turn of turnsOf(map, mass, args)) {
    setProjection(gl, program, { args, origin: mass.origin, turn });
    drawOnce(gl, program, { mass, buffers, window, zoom, headCount });
  }
  gl.bindVertexArray(null);
}

/** Which copies of the world are in sight: in a flat map as many as it shows, on a globe one. */
function turnsOf(map: MapLibre, mass: Mass, { shaderData }: CustomRenderMethodInput): number[] {
  if (shaderData.define.includes("GLOBE")) return [0];
  const bounds = map.getBounds();
  const [west, east] = [bounds.getWest() / 360 + 0.5, bounds.getEast() / 360 + 0.5];
  const turns: number[] = [];
  const first = Math.ceil(west - mass.origin[0] - mass.xRange[1]);
  for (let turn = first; turn + mass.origin[0] + mass.xRange[0] <= east; turn++) turns.push(turn);
  return turns.slice(0, 4);
}

interface Program {
  readonly program: WebGLProgram;
  readonly place: (name: string) => WebGLUniformLocation | null;
}

/** One program for each projection. @throws Error with the compiler's words */
function programFor(
  gl: WebGL2RenderingContext,
  programs: Map<string, Program>,
  { shaderData }: CustomRenderMethodInput,
): Program {
  const held = programs.get(shaderData.variantName);
  if (held) return held;
  const program = gl.createProgram();
  const add = (kind: number, text: string) => {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    return shader;
  };
  const shaders = [
    add(gl.VERTEX_SHADER, vertexShader(shaderData.vertexShaderPrelude, shaderData.define)),
    add(gl.FRAGMENT_SHADER, fragmentShader()),
  ];
  gl.bindAttribLocation(program, 0, "a_vertex");
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    const words = [
      gl.getProgramInfoLog(program),
      ...shaders.map((one) => gl.getShaderInfoLog(one)),
    ];
    throw new Error(`the layer of lines cannot be drawn: ${words.join(" ")}`);
  }
  for (const shader of shaders) gl.deleteShader(shader);
  const places = new Map<string, WebGLUniformLocation | null>();
  const place = (name: string) => {
    if (!places.has(name)) places.set(name, gl.getUniformLocation(program, name));
    return places.get(name) ?? null;
  };
  const made = { program, place };
  programs.set(shaderData.variantName, made);
  return made;
}

/** "#rrggbb" as three numbers. */
function rgbOf(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
}

function setColours(
  gl: WebGL2RenderingContext,
  { place }: Program,
  {
    look,
    window,
    count,
  }: {
    readonly look: Look;
    readonly window: TimeWindow | undefined;
    readonly count: number;
  },
): void {
  const { theme } = look;
  const ramp = [...rampColours(theme, look.ramp)];
  while (ramp.length < STOPS) ramp.push([ramp.at(-1)![0] + 1, ramp.at(-1)![1]]);
  gl.uniform3fv(
    place("u_ramp"),
    ramp.flatMap(([, colour]) => rgbOf(colour)),
  );
  gl.uniform1fv(
    place("u_stops"),
    ramp.map(([altitudeFt]) => altitudeFt),
  );
  gl.uniform3fv(place("u_unknown"), rgbOf(MAP_TOKENS[theme].ink2));
  gl.uniform3fv(place("u_halo"), rgbOf(MAP_TOKENS[theme].halo));
  const many = Math.min(1, Math.max(0, Math.log(count / FEW) / Math.log(MANY / FEW)));
  const alpha = ALPHA_FEW + many * (ALPHA_MANY[theme] - ALPHA_FEW);
  gl.uniform1f(place("u_alpha"), window ? ALPHA_TRAIL : alpha);
  // What never ends leaves nothing out.
  gl.uniform2f(place("u_window"), window?.fromS ?? -1e9, window?.toS ?? 1e9);
  gl.uniform1f(place("u_fade"), window ? 1 : 0);
}

/** MapLibre's own names of what its `projectTile` needs. */
function setProjection(
  gl: WebGL2RenderingContext,
  { place }: Program,
  {
    args,
    origin: [originX, originY],
    turn,
  }: {
    readonly args: CustomRenderMethodInput;
    readonly origin: Mass["origin"];
    readonly turn: number;
  },
): void {
  const { mainMatrix, fallbackMatrix, clippingPlane, projectionTransition, tileMercatorCoords } =
    args.defaultProjectionData;
  const isGlobe = args.shaderData.define.includes("GLOBE");
  // In a flat map the origin goes into the matrix, with all its digits; a globe needs whole places.
  const matrix = isGlobe ? mainMatrix : moved(mainMatrix, originX + turn, originY);
  gl.uniformMatrix4fv(place("u_projection_matrix"), false, Float32Array.from(matrix));
  gl.uniform2f(place("u_origin"), isGlobe ? originX : 0, isGlobe ? originY : 0);
  if (!isGlobe) return;
  gl.uniformMatrix4fv(
    place("u_projection_fallback_matrix"),
    false,
    Float32Array.from(fallbackMatrix),
  );
  gl.uniform4fv(place("u_projection_clipping_plane"), clippingPlane);
  gl.uniform4fv(place("u_projection_tile_mercator_coords"), tileMercatorCoords);
  gl.uniform1f(place("u_projection_transition"), projectionTransition);
}

/** A column-major matrix behind a shift by x and y. */
function moved(matrix: ArrayLike<number>, x: number, y: number): number[] {
  const out = Array.from(matrix);
  for (let row = 0; row < 4; row++)
    out[12 + row] = matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!;
  return out;
}

function drawOnce(
  gl: WebGL2RenderingContext,
  { place }: Program,
  {
    mass,
    buffers,
    window,
    zoom,
    headCount,
  }: {
    readonly mass: Mass;
    readonly buffers: MassBuffers;
    readonly window: TimeWindow | undefined;
    readonly zoom: number;
    readonly headCount: number;
  },
): void {
  const [coarse, coarsest] = COARSE_BELOW_ZOOM;
  // A trail is few lines: they can all be drawn.
  const level = window ? 0 : zoom < coarsest ? 2 : zoom < coarse ? 1 : 0;
  const { offsets } = mass.levels[level]!;
  const { start, end } = piecesIn(mass, window);
  const [first, last] = [offsets[start]!, offsets[end]!];
  gl.uniform1f(place("u_size"), 1);
  gl.bindVertexArray(buffers.lines[level]!);
  gl.drawElements(gl.LINE_STRIP, last - first, gl.UNSIGNED_INT, 4 * first);
  gl.uniform1f(place("u_size"), LONE_PX * devicePixelRatio);
  gl.bindVertexArray(buffers.points);
  gl.drawElements(gl.POINTS, mass.lone.length, gl.UNSIGNED_INT, 0);
  if (headCount === 0) return;
  gl.uniform1f(place("u_size"), HEAD_PX * devicePixelRatio);
  gl.bindVertexArray(buffers.headPoints);
  gl.drawArrays(gl.POINTS, 0, headCount);
}
