type Colour = readonly [red: number, green: number, blue: number];

/**
 * From nothing heard to all heard: dark blue over grey to yellow, each step lighter than the one before, so that the
 * order survives colour blindness and grey print. Source: after "cividis" (Nunez, Anderton and Renslow 2018), five stops.
 */
const STOPS: readonly Colour[] = [
  [0, 34, 78],
  [66, 78, 108],
  [124, 123, 120],
  [188, 174, 108],
  [254, 232, 76],
];
/** Text turns dark on ground lighter than this. chosen: contrast of at least 4.5 on either side */
const LIGHT_FROM = 0.18;

/** @returns the colour of a share 0..1, "#rrggbb" */
export function shade(share: number): string {
  return `#${colourOf(share)
    .map((part) => Math.round(part).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** @returns the colour of text that can be read on `shade(share)` */
export function textOn(share: number): string {
  return luminance(colourOf(share)) > LIGHT_FROM ? "#10151d" : "#ffffff";
}

function colourOf(share: number): Colour {
  const place = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const at = Math.min(STOPS.length - 2, Math.floor(place));
  const part = place - at;
  const [from, to] = [STOPS[at]!, STOPS[at + 1]!];
  return [0, 1, 2].map((i) => from[i]! + (to[i]! - from[i]!) * part) as unknown as Colour;
}

/** Source: relative luminance of WCAG 2.1. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
