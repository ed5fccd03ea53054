/** Colours of pressure altitudes: the order of hues that tar1090 taught, all equally light. */

/** Altitude and hue (OKLCH); low ones begin at red, away from the amber of uncertain areas. */
const STOPS: readonly (readonly [altitudeFt: number, hueDeg: number])[] = [
  [0, 12],
  [2000, 28],
  [6000, 100],
  [10000, 140],
  [20000, 195],
  [30000, 250],
  [40000, 300],
  [45000, 340],
];
const LIGHTNESS = { dark: [0.79, 0.155], light: [0.58, 0.165] } as const;

/** The ends of the legend. */
export const RAMP_MAX_FT = 45_000;

/** @returns altitude and "#rrggbb" of each stop of the ramp */
export function rampColours(theme: "dark" | "light"): readonly (readonly [number, string])[] {
  const [lightness, chroma] = LIGHTNESS[theme];
  return STOPS.map(([altitudeFt, hueDeg]) => [altitudeFt, hexOfOklch(lightness, chroma, hueDeg)]);
}

/** Source: Björn Ottosson, "A perceptual color space for image processing" (OKLab), matrices to linear sRGB. */
function hexOfOklch(lightness: number, chroma: number, hueDeg: number): string {
  const hue = (hueDeg * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return `#${[
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
    .map(channel)
    .join("")}`;
}

function channel(linear: number): string {
  const clipped = Math.min(1, Math.max(0, linear));
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, "0");
}
