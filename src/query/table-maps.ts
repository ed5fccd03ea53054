import { readdir } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { parseTableMap, tableMapText } from "../formats/table-map.js";
import { parseTimeZone, type ReadingTerms } from "../formats/terms.js";
import { makeFolder, writeAtomically } from "../io/write-file.js";
import { WheelsdownError } from "../units/errors.js";
import { configFolder } from "./fleets.js";
import { nearest, nearestWords } from "./nearest.js";
import { readText } from "./read-text.js";

/** What a mapping says of tables. */
export type TableTerms = Pick<ReadingTerms, "map" | "timeZone">;

const SCHEMA = "wheelsdown/map/1";
const KEPT = v.object({
  schema: v.literal(SCHEMA),
  map: v.string(),
  timeZone: v.optional(v.nullable(v.string())),
});

/** Folder of the mappings a user saved. */
export function tableMapFolder(): string {
  return join(configFolder(), "maps");
}

/**
 * Reads a mapping as it is given: written out, by the name it was saved under, or as the path of a file that holds one.
 *
 * @throws WheelsdownError "usage", "unknown-name" with the nearest names, "input-missing" or "input-invalid"
 */
export async function tableMapByWord(word: string): Promise<TableTerms> {
  if (word.includes("=")) return { map: tableMapText(parseTableMap(word)) };
  if (/[\\/.]/.test(word)) return await readTableMap(word);
  const names = await savedNames();
  if (names.includes(word)) return await readTableMap(join(tableMapFolder(), `${word}.json`));
  throw new WheelsdownError(
    "unknown-name",
    `--map ${word} is no saved mapping${nearestWords(nearest(word, names))}; write one out, as time=COLUMN,lat=COLUMN,lon=COLUMN,hex=COLUMN, ` +
      "and --save-map keeps it under a name",
  );
}

async function savedNames(): Promise<string[]> {
  const files = await readdir(tableMapFolder()).catch(() => []);
  return files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -5));
}

async function readTableMap(path: string): Promise<TableTerms> {
  const text = await readText(path, "the mapping");
  try {
    const { map, timeZone } = v.parse(KEPT, JSON.parse(text));
    return {
      map: tableMapText(parseTableMap(map)),
      ...(timeZone && { timeZone: parseTimeZone(timeZone) }),
    };
  } catch (cause) {
    const why = (cause as Error).message;
    throw new WheelsdownError("input-invalid", `${path}: no saved mapping: ${why}`, { cause });
  }
}

/**
 * Keeps a mapping under a name; one that was there is replaced.
 *
 * @returns the file it was written to
 * @throws WheelsdownError "usage" for what is no name, or when there is no mapping to keep
 */
export async function saveTableMap(name: string, { map, timeZone }: TableTerms): Promise<string> {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    throw new WheelsdownError("usage", `--save-map ${name} is no name: use a-z, 0-9 and "-"`);
  if (map === undefined)
    throw new WheelsdownError("usage", "--save-map keeps what --map says; give that too");
  await makeFolder(tableMapFolder());
  const path = join(tableMapFolder(), `${name}.json`);
  const kept = { schema: SCHEMA, map, timeZone: timeZone ?? null };
  await writeAtomically(path, `${JSON.stringify(kept, null, 2)}\n`);
  return path;
}
