/** A mass in the memory that it is drawn from. */

import type { Mass } from "./mass.js";

/** Everything that is drawn, and how it is read. */
export interface MassBuffers {
  readonly vertices: WebGLBuffer;
  /** Filled anew for each moment. */
  readonly heads: WebGLBuffer;
  readonly lone: WebGLBuffer;
  readonly levels: readonly WebGLBuffer[];
  /** Lines at each level of detail. */
  readonly lines: readonly WebGLVertexArrayObject[];
  readonly points: WebGLVertexArrayObject;
  readonly headPoints: WebGLVertexArrayObject;
}

/** Bytes handed over at once: no more than some milliseconds of copying. chosen */
const SLICE_BYTES = 1 << 20;

/**
 * Copies a mass to where it is drawn from, in slices: the page answers between them.
 *
 * @param isWanted asked between slices; the rest is left out once it says no
 */
export async function filledBuffers(
  gl: WebGL2RenderingContext,
  mass: Mass,
  isWanted: () => boolean,
): Promise<MassBuffers> {
  const made = madeBuffers(gl, mass.levels.length);
  await fillBuffer(gl, made.vertices, { values: mass.vertices, isWanted });
  await fillBuffer(gl, made.lone, { values: mass.lone, isWanted });
  for (const [place, { indices }] of mass.levels.entries())
    await fillBuffer(gl, made.levels[place]!, { values: indices, isWanted });
  return made;
}

/** Gives the memory back. */
export function deleteBuffers(gl: WebGL2RenderingContext, made: MassBuffers): void {
  for (const buffer of [made.vertices, made.heads, made.lone, ...made.levels])
    gl.deleteBuffer(buffer);
  for (const array of [...made.lines, made.points, made.headPoints]) gl.deleteVertexArray(array);
}

/** Empty buffers. What MapLibre believes to be bound is bound again afterwards: this is not one of its frames. */
function madeBuffers(gl: WebGL2RenderingContext, levelCount: number): MassBuffers {
  const before = gl.getParameter(gl.VERTEX_ARRAY_BINDING) as WebGLVertexArrayObject | null;
  const beforeArray = gl.getParameter(gl.ARRAY_BUFFER_BINDING) as WebGLBuffer | null;
  const [vertices, heads, lone] = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()];
  const levels = Array.from({ length: levelCount }, () => gl.createBuffer());
  const made = {
    ...{ vertices, heads, lone, levels },
    lines: levels.map((indices) => vertexArray(gl, vertices, indices)),
    points: vertexArray(gl, vertices, lone),
    headPoints: vertexArray(gl, heads, undefined),
  };
  gl.bindVertexArray(before);
  gl.bindBuffer(gl.ARRAY_BUFFER, beforeArray);
  return made;
}

/** A buffer is for indices or for vertices once it was bound as such; only then may it be filled. */
function vertexArray(
  gl: WebGL2RenderingContext,
  vertices: WebGLBuffer,
  indices: WebGLBuffer | undefined,
): WebGLVertexArrayObject {
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, vertices);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 16, 0);
  if (indices) gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
  return array;
}

async function fillBuffer(
  gl: WebGL2RenderingContext,
  buffer: WebGLBuffer,
  {
    values,
    isWanted,
  }: { readonly values: Float32Array | Uint32Array; readonly isWanted: () => boolean },
): Promise<void> {
  // A binding that MapLibre does not use and so does not remember.
  const target = gl.COPY_WRITE_BUFFER;
  gl.bindBuffer(target, buffer);
  gl.bufferData(target, Math.max(4, values.byteLength), gl.STATIC_DRAW);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let at = 0; at < bytes.length && isWanted(); at += SLICE_BYTES) {
    gl.bindBuffer(target, buffer);
    gl.bufferSubData(target, at, bytes, at, Math.min(SLICE_BYTES, bytes.length - at));
    gl.bindBuffer(target, null);
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
}
