import assert from "node:assert/strict";
import { test } from "node:test";
import { RAMP_MAX_FT, rampColours } from "../../web/page/ramp.js";

/** Relative luminance. Source: WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

const MAPS = { dark: "#18222f", light: "#f8f6f1" } as const;

test("the even ramp gets lighter all the way, in steps that can be told apart without hue", () => {
  for (const theme of ["dark", "light"] as const) {
    const light = rampColours(theme, "even").map(([, colour]) => luminance(colour));
    for (let i = 1; i < light.length; i++)
      assert.ok(
        light[i]! > light[i - 1]! * 1.1,
        `${theme} step ${i}: ${light[i - 1]} to ${light[i]}`,
      );
  }
});

test("both ramps reach from the ground to the top, and stand out from the map everywhere", () => {
  for (const theme of ["dark", "light"] as const)
    for (const name of ["hues", "even"] as const) {
      const stops = rampColours(theme, name);
      assert.deepEqual([stops[0]![0], stops.at(-1)![0]], [0, RAMP_MAX_FT]);
      for (const [altitudeFt, colour] of stops) {
        const [a, b] = [luminance(colour), luminance(MAPS[theme])];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        assert.ok(contrast > 1.9, `${theme} ${name} ${altitudeFt} ft: ${contrast.toFixed(2)}`);
      }
    }
});
