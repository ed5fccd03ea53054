import { access, constants, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { WheelsdownError } from "../units/errors.js";

/** What Chromium and browsers made from it are called on a search path, the freest first. */
const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
  "brave-browser",
];
const NAMES_WINDOWS = ["chrome.exe", "msedge.exe", "brave.exe"];

const MAC = ["Chromium", "Google Chrome", "Microsoft Edge", "Brave Browser"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const WINDOWS = [
  "Chromium\\Application\\chrome.exe",
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

/** Names the browser to use, for scripts. */
export const BROWSER_VARIABLE = "WHEELSDOWN_CHROMIUM";

/** What is looked at to find a browser. */
export interface BrowserPlaces {
  /** A path the user gave, or a name on the search path. */
  readonly named?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/**
 * Finds a Chromium, or a browser made from it: the one named, else that of `WHEELSDOWN_CHROMIUM`, else one under a usual
 * name on the search path or in a usual place.
 *
 * @returns its path
 * @throws WheelsdownError "program-missing", saying what to install
 */
export async function findBrowser(places: BrowserPlaces): Promise<string> {
  const { named, environment, platform } = places;
  const variable = environment[BROWSER_VARIABLE] || undefined;
  const wanted = named ?? variable;
  if (wanted !== undefined) {
    const choices = /[\\/]/.test(wanted) ? [wanted] : onSearchPath([wanted], environment);
    for (const path of choices) if (await isProgram(path)) return path;
    const by = named === undefined ? BROWSER_VARIABLE : "--chromium";
    throw new WheelsdownError(
      "program-missing",
      `${by} names ${wanted}, which is no program that can be run here; give the path of a Chromium`,
    );
  }
  for (const path of usualPlaces(environment, platform)) if (await isProgram(path)) return path;
  throw new WheelsdownError(
    "program-missing",
    "a PDF needs a Chromium, and none was found on the search path or in a usual place: install chromium (or Chrome, " +
      `Edge, Brave), or name one with --chromium PATH or ${BROWSER_VARIABLE}`,
  );
}

function usualPlaces(environment: BrowserPlaces["environment"], platform: string): string[] {
  if (platform === "darwin") return [...MAC, ...onSearchPath(NAMES, environment)];
  if (platform !== "win32") return [...onSearchPath(NAMES, environment), "/snap/bin/chromium"];
  const roots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap(
    (name) => environment[name] || [],
  );
  return [
    ...roots.flatMap((root) => WINDOWS.map((path) => join(root, path))),
    ...onSearchPath(NAMES_WINDOWS, environment),
  ];
}

function onSearchPath(
  names: readonly string[],
  environment: BrowserPlaces["environment"],
): string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
