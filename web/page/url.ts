/** The address of every view: what is shown stands in the URL, in words a person can read and change. */

/** The screens; each but "start" has a path of its own. */
export type ScreenName =
  | "start"
  | "map"
  | "aircraft"
  | "airport"
  | "country"
  | "gap"
  | "search"
  | "area"
  | "dossier"
  | "method";

/** What is shown. `id` is the hex address, ident, ISO code or gap; parameters are kept as written, unknown ones too. */
export interface View {
  readonly screen: ScreenName;
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
}

const ADDRESS = /^~?[0-9a-f]{6}$/i;

/** Screens whose path goes on with what they show. */
const WITH_ID = new Set<ScreenName>(["aircraft", "airport", "country", "gap"]);
const WITHOUT_ID = new Set<ScreenName>(["map", "search", "area", "dossier", "method"]);

/** The order in which known parameters are written; what is not here follows in the order it came. */
const ORDER = [
  ...["q", "ac", "in", "near", "within", "also", "also-near", "within-time", "order"],
  ...["fleet", "aircraft", "hex", "state", "operator", "type", "callsign", "military"],
  ...["altitude", "speed", "angle", "dir", "from", "to", "title", "note", "leave-out", "caption"],
  ...["t", "sel", "with", "show", "sort", "offset", "draft"],
  ...["alt", "src", "v", "proj", "layers", "ramp", "theme", "shot", "gfx", "keys"],
];

/** Values that say nothing, and so are left out. */
const DEFAULTS: Readonly<Record<string, string>> = {
  proj: "mercator",
  offset: "0",
  dir: "arrivals",
  theme: "system",
  ramp: "hues",
  show: "visits",
  sort: "time",
};

/**
 * Reads an address.
 *
 * @param path "/aircraft/1403c0"
 * @param query "?from=2019-01-23", with or without the question mark
 * @returns undefined for a path that names no screen
 */
export function readView(path: string, query: string): View | undefined {
  const params: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) if (value !== "") params[name] = value;
  const [screen = "", id = "", ...rest] = path.split("/").filter((part) => part !== "");
  if (screen === "") return { screen: "start", id: "", params };
  if (rest.length > 0) return undefined;
  const name = screen as ScreenName;
  // A registration is looked for: which address it stands for is for the lake to say.
  if (name === "aircraft" && id !== "" && !ADDRESS.test(id))
    return { screen: "search", id: "", params: { ...params, q: decoded(id) } };
  if (WITH_ID.has(name) && id !== "") return { screen: name, id: decoded(id), params };
  if (WITHOUT_ID.has(name) && id === "") return { screen: name, id: "", params };
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @returns the address of a view, path and query; known parameters in a fixed order, defaults left out */
export function writeView({ screen, id, params }: View): string {
  const path =
    screen === "start" ? "/" : `/${screen}${id === "" ? "" : `/${encodeURIComponent(id)}`}`;
  const query = queryOf(params);
  return query === "" ? path : `${path}?${query}`;
}

/** @returns "a=1&b=2" without a question mark; for addresses of the API too */
export function queryOf(params: Readonly<Record<string, string | undefined>>): string {
  const names = Object.keys(params);
  const parts: string[] = [];
  for (const name of names.sort((a, b) => placeOf(a) - placeOf(b))) {
    const value = params[name];
    if (value === undefined || value === "" || DEFAULTS[name] === value) continue;
    parts.push(`${readable(name)}=${readable(value)}`);
  }
  return parts.join("&");
}

function placeOf(name: string): number {
  return ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
}

/** Colons, commas and slashes need no escape in a query, and with one nobody can read a time. */
function readable(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%20", "+");
}

/** @returns the view with some parameters changed; "" or undefined takes one away */
export function withParams(
  view: View,
  changed: Readonly<Record<string, string | undefined>>,
): View {
  const params: Record<string, string> = { ...view.params };
  for (const [name, value] of Object.entries(changed)) {
    if (value === undefined || value === "") delete params[name];
    else params[name] = value;
  }
  return { ...view, params };
}

/** What stays as it is from one screen to the next. */
export function lasting(params: View["params"]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ["theme", "proj", "ramp", "gfx", "keys"])
    if (params[name] !== undefined) kept[name] = params[name];
  return kept;
}

/** Middle of a map, its zoom, and how it is turned. */
export interface Camera {
  readonly lonDeg: number;
  readonly latDeg: number;
  readonly zoom: number;
}

/** @returns the camera in "v=-28,18,2.1", or undefined when there is none or it makes no sense */
export function readCamera(text: string | undefined): Camera | undefined {
  const [lonDeg, latDeg, zoom] = (text ?? "")
    .split(",")
    .map((part) => (part === "" ? Number.NaN : Number(part)));
  if (lonDeg === undefined || latDeg === undefined || zoom === undefined) return undefined;
  if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 540 && zoom >= 0 && zoom <= 22))
    return undefined;
  return { lonDeg, latDeg, zoom };
}

/** @returns a camera as it stands in the address; a hundredth of a degree more as one zooms in */
export function writeCamera({ lonDeg, latDeg, zoom }: Camera): string {
  const digits = Math.max(1, Math.min(5, Math.round(zoom / 3) + 1));
  return `${rounded(lonDeg, digits)},${rounded(latDeg, digits)},${rounded(zoom, 2)}`;
}

function rounded(value: number, places: number): string {
  return String(Number(value.toFixed(places)));
}
