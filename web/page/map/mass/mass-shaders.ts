/** Programs of the layer of lines. Plain uniforms: blocks of them would disturb MapLibre's own. */

import { VERTEX_UNKNOWN } from "./mass.js";

/** Stops of the altitude ramp. */
/** Of the longest ramp; a shorter one ends with its last stop again. */
export const STOPS = 9;

/**
 * @param prelude of MapLibre, with `projectTile`
 * @param define of MapLibre, which says whether it is a globe
 */
export function vertexShader(prelude: string, define: string): string {
  return `#version 300 es
precision highp float;
${prelude}
${define}
in vec4 a_vertex;
uniform vec2 u_origin;
uniform float u_size;
uniform vec3 u_ramp[${STOPS}];
uniform float u_stops[${STOPS}];
uniform vec3 u_unknown;
out vec3 v_colour;
out float v_time;
void main() {
  gl_Position = projectTile(a_vertex.xy + u_origin);
  gl_PointSize = u_size;
  v_time = a_vertex.z;
  float altitude = a_vertex.w;
  v_colour = u_ramp[0];
  for (int i = 1; i < ${STOPS}; i++)
    v_colour = mix(v_colour, u_ramp[i],
      clamp((altitude - u_stops[i - 1]) / (u_stops[i] - u_stops[i - 1]), 0.0, 1.0));
  if (altitude <= ${VERTEX_UNKNOWN}.0) v_colour = u_unknown;
}`;
}

/** A trail is cut exactly where its window ends, in the middle of a line too; older parts are fainter. */
export function fragmentShader(): string {
  return `#version 300 es
precision highp float;
in vec3 v_colour;
in float v_time;
uniform vec2 u_window;
uniform float u_alpha;
uniform float u_fade;
uniform float u_size;
uniform vec3 u_halo;
out vec4 fragColor;
void main() {
  if (v_time < u_window.x || v_time > u_window.y) discard;
  float age = (u_window.y - v_time) / (u_window.y - u_window.x);
  float alpha = u_alpha * (u_fade > 0.0 ? 1.0 - 0.85 * age : 1.0);
  vec3 colour = v_colour;
  if (u_size > 1.5) {
    float radius = 2.0 * length(gl_PointCoord - 0.5);
    if (radius > 1.0) discard;
    if (u_size > 4.0 && radius > 0.62) colour = u_halo;
    alpha = max(alpha, 0.6);
  }
  fragColor = vec4(colour * alpha, alpha);
}`;
}
