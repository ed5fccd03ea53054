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

/** "hues" as above, or "even": one way from blue to yellow, told apart by lightness alone. */
export type RampName = "hues" | "even";

/**
 * Ends of the even ramp: lightness, chroma and hue (OKLCH) at 0 and at `RAMP_MAX_FT`. Blue and yellow are what the common
 * kinds of colour blindness leave apart; the way between them leads through grey, as cividis does.
 *
 * Source: Nuñez, Anderton and Renslow 2018 (cividis) for the idea; the ends are chosen for both maps:
 * test/web/ramp.test.ts
 */
const EVEN = {
  dark: [
    [0.5, 0.12, 262],
    [0.94, 0.15, 100],
  ],
  light: [
    [0.34, 0.12, 262],
    [0.75, 0.15, 90],
  ],
} as const;
const EVEN_STEPS = 9;

/** @returns altitude and "#rrggbb" of each stop of the ramp */
export function rampColours(
  theme: "dark" | "light",
  ramp: RampName = "hues",
): readonly (readonly [altitudeFt: number, colour: string])[] {
  if (ramp === "even") return evenColours(theme);
  const [lightness, chroma] = LIGHTNESS[theme];
  return STOPS.map(([altitudeFt, hueDeg]) => [
    altitudeFt,
    hexOfOklab(lightness, ...planeOf(chroma, hueDeg)),
  ]);
}

function evenColours(theme: "dark" | "light"): readonly (readonly [number, string])[] {
  const [low, high] = EVEN[theme];
  const [a, b] = [planeOf(low[1], low[2]), planeOf(high[1], high[2])];
  return Array.from({ length: EVEN_STEPS }, (_, i) => {
    const share = i / (EVEN_STEPS - 1);
    const mixed = (from: number, to: number) => from + share * (to - from);
    return [
      share * RAMP_MAX_FT,
      hexOfOklab(mixed(low[0], high[0]), mixed(a[0], b[0]), mixed(a[1], b[1])),
    ];
  });
}

/** Chroma and hue as the two axes of OKLab. */
function planeOf(chroma: number, hueDeg: number): readonly [a: number, b: number] {
  const hue = (hueDeg * Math.PI) / 180;
  return [chroma * Math.cos(hue), chroma * Math.sin(hue)];
}

/** Source: Björn Ottosson, "A perceptual color space for image processing" (OKLab), matrices to linear sRGB. */
function hexOfOklab(lightness: number, a: number, b: number): string {
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
