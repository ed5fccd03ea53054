import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import envPaths from "env-paths";
import type { Fleet } from "../aircraft/fleet.js";
import { type ParsedFleet, parseFleetCsv } from "../aircraft/fleet-csv.js";
import { builtInFleets } from "../aircraft/fleets/index.js";
import { writeFleetCsv } from "../aircraft/write-fleet-csv.js";
import { makeFolder, writeAtomically } from "../io/write-file.js";
import { WheelsdownError } from "../units/errors.js";
import { nearest, nearestWords } from "./nearest.js";
import type { Notices } from "./notices.js";
import { readText } from "./read-text.js";

/** Folder of what a user keeps by name: `WHEELSDOWN_CONFIG`, else the system's custom. */
export function configFolder(): string {
  return process.env["WHEELSDOWN_CONFIG"] || envPaths("wheelsdown", { suffix: "" }).config;
}

/** Folder of the fleets a user added. */
export function fleetFolder(): string {
  return join(configFolder(), "fleets");
}

/** @throws WheelsdownError "input-missing" or "input-invalid" */
export async function readFleetFile(
  path: string,
  name = basename(path, ".csv"),
): Promise<ParsedFleet> {
  const text = await readText(path, "the fleet file");
  try {
    return parseFleetCsv(text, name);
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    throw new WheelsdownError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}

/**
 * Every fleet known by name: built in, then added ones, which may not take a built-in name. An added file that broke
 * since is told and left out: the others stay usable.
 */
export async function knownFleets(notices: Notices): Promise<Fleet[]> {
  const names = await readdir(fleetFolder()).catch(() => []);
  const fleets = [...builtInFleets()];
  for (const name of names.filter((one) => one.endsWith(".csv")).sort()) {
    try {
      fleets.push((await readFleetFile(join(fleetFolder(), name))).fleet);
    } catch (error) {
      if (!(error instanceof WheelsdownError)) throw error;
      notices.warn(`an added fleet is left out: ${error.message}`);
    }
  }
  return fleets;
}

/**
 * Finds a fleet by name, or reads it when the word is a path.
 *
 * @throws WheelsdownError "unknown-name" with the nearest names
 */
export async function fleetByWord(word: string, notices: Notices): Promise<Fleet> {
  if (/[\\/.]/.test(word)) {
    const { fleet, issues } = await readFleetFile(word);
    for (const issue of issues) notices.warn(`${word}, line ${issue.line}: ${issue.detail}`);
    return fleet;
  }
  const fleets = await knownFleets(notices);
  const found = fleets.find(({ name }) => name === word);
  if (found) return found;
  const names = fleets.map(({ name }) => name);
  throw new WheelsdownError(
    "unknown-name",
    `no fleet "${word}"${nearestWords(nearest(word, names))}; \`wheelsdown fleet list\` shows those there are, and a CSV file is one too`,
  );
}

/** @throws WheelsdownError "usage" for a built-in name or one that is no word */
export async function addFleet(fleet: Fleet): Promise<string> {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(fleet.name)) {
    throw new WheelsdownError("usage", `"${fleet.name}" is no fleet name: use a-z, 0-9 and "-"`);
  }
  if (builtInFleets().some(({ name }) => name === fleet.name)) {
    throw new WheelsdownError("usage", `"${fleet.name}" is built in; choose another --name`);
  }
  await makeFolder(fleetFolder());
  const path = join(fleetFolder(), `${fleet.name}.csv`);
  await writeAtomically(path, writeFleetCsv(fleet));
  return path;
}
