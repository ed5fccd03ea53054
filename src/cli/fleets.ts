import { mkdir, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import envPaths from "env-paths";
import { distance } from "fastest-levenshtein";
import { type Fleet, writeFleetCsv } from "../aircraft/fleet.js";
import { type ParsedFleet, parseFleetCsv } from "../aircraft/fleet-csv.js";
import { builtInFleets } from "../aircraft/fleets/index.js";
import { writeAtomically } from "../io/write-file.js";
import { WheelsdownError } from "../units/errors.js";
import type { Terminal } from "./terminal.js";

/** Folder of the fleets a user added: `WHEELSDOWN_CONFIG`, else the system's custom. */
export function fleetFolder(): string {
  const named = process.env["WHEELSDOWN_CONFIG"];
  return join(named || envPaths("wheelsdown", { suffix: "" }).config, "fleets");
}

/** @throws WheelsdownError "input-missing" or "input-invalid" */
export async function readFleetFile(
  path: string,
  name = basename(path, ".csv"),
): Promise<ParsedFleet> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new WheelsdownError("input-missing", `cannot read the fleet file ${path}`, { cause });
  }
  try {
    return parseFleetCsv(text, name);
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    throw new WheelsdownError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}

/** Every fleet known by name: built in, then added ones, which may not take a built-in name. */
export async function knownFleets(): Promise<Fleet[]> {
  const names = await readdir(fleetFolder()).catch(() => []);
  const added = await Promise.all(
    names
      .filter((name) => name.endsWith(".csv"))
      .sort()
      .map(async (name) => (await readFleetFile(join(fleetFolder(), name))).fleet),
  );
  return [...builtInFleets(), ...added];
}

/**
 * Finds a fleet by name, or reads it when the word is a path.
 *
 * @throws WheelsdownError "unknown-name" with the nearest names
 */
export async function fleetByWord(word: string, terminal: Terminal): Promise<Fleet> {
  if (/[\\/.]/.test(word)) {
    const { fleet, issues } = await readFleetFile(word);
    for (const issue of issues) terminal.warn(`${word}, line ${issue.line}: ${issue.detail}`);
    return fleet;
  }
  const fleets = await knownFleets();
  const found = fleets.find(({ name }) => name === word);
  if (found) return found;
  const nearest = fleets
    .map(({ name }) => name)
    .sort((a, b) => distance(a, word) - distance(b, word))
    .slice(0, 3);
  throw new WheelsdownError(
    "unknown-name",
    `no fleet "${word}"; there are: ${nearest.join(", ")} (or give a CSV file)`,
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
  await mkdir(fleetFolder(), { recursive: true });
  const path = join(fleetFolder(), `${fleet.name}.csv`);
  await writeAtomically(path, writeFleetCsv(fleet));
  return path;
}
