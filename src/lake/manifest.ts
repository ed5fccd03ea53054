import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { type Address, parseAddress } from "../aircraft/address.js";
import { WheelsdownError } from "../units/errors.js";
import { DATA_FILE, replaceFile, type StepListener } from "./disk.js";
import { type FileKind, LAKE_SCHEMA, LAKE_SCHEMA_VERSION, MANIFEST_SCHEMA } from "./schema.js";

export const LAKE_FILE = "lake.json";
export const MANIFEST_FILE = "manifest.json";
/** Held by whoever writes: an ingest, or who makes copies. */
export const LOCK_FILE = "ingest.lock";

/** One live data file. */
export interface DataFile {
  /** Below the lake's folder, with "/". */
  readonly path: string;
  readonly sha256: string;
  readonly byteCount: number;
  readonly rowCount: number;
  /** Earliest and latest moment its rows speak of; null for files without times. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** The state of a lake. A change writes new files, then swaps this list for another. */
export interface Manifest {
  /** How many changes were made; movements that are replaced in parts, with others still awaited, are one. */
  readonly generation: number;
  /** A lake is simulated or observed as a whole; null while it has no input. */
  readonly simulated: boolean | null;
  /** Addresses with points newer than their movements: what a killed run still owes. Sorted. */
  readonly awaitingMovements: readonly Address[];
  /** In order of ingest. */
  readonly files: readonly DataFile[];
  /** True once movements are inferred of a run whose positions are not kept: no input can join it any more. */
  readonly isStagedInferring?: boolean | undefined;
}

/**
 * Where a file belongs: "kept" with everything, "events" of inputs whose positions were not kept, "staged" of a run that
 * will not keep them and has not ended.
 */
export type LakePart = "kept" | "events" | "staged";
export const ALL_PARTS: readonly LakePart[] = ["kept", "events", "staged"];
/** Parts of inputs whose positions no question sees. */
export const NOT_KEPT_PARTS: readonly LakePart[] = ["events", "staged"];

export const EMPTY_MANIFEST: Manifest = {
  generation: 0,
  simulated: null,
  awaitingMovements: [],
  files: [],
};

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const manifestSchema = v.object({
  schema: v.literal(MANIFEST_SCHEMA),
  generation: count,
  simulated: v.nullable(v.boolean()),
  awaitingMovements: v.array(
    v.pipe(
      v.string(),
      v.check((text) => parseAddress(text) !== undefined, "no address"),
      v.transform((text) => text as Address),
    ),
  ),
  isStagedInferring: v.optional(v.boolean()),
  files: v.array(
    v.object({
      path: v.pipe(v.string(), v.regex(DATA_FILE)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      byteCount: count,
      rowCount: count,
      fromMs: v.nullable(v.number()),
      toMs: v.nullable(v.number()),
    }),
  ),
});
const lakeSchema = v.object({
  schema: v.literal(LAKE_SCHEMA),
  schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  engineVersion: v.string(),
});

/** @returns the live files of one kind, part by part in the order given, each in order of ingest */
export function filesOf(
  manifest: Manifest,
  kind: FileKind,
  parts: readonly LakePart[] = ["kept"],
): DataFile[] {
  return parts.flatMap((part) => {
    const folder = part === "kept" ? `${kind}/` : `${part}/${kind}/`;
    return manifest.files.filter(({ path }) => path.startsWith(folder));
  });
}

/** @returns files with the first and last positions of inputs whose positions were not kept, in order of ingest */
export function endsOf(manifest: Manifest): DataFile[] {
  return manifest.files.filter(({ path }) => path.startsWith("events/ends/"));
}

/** @returns true when a change from the one to the other would change nothing */
export function sameState(a: Manifest, b: Manifest): boolean {
  return (
    a.simulated === b.simulated &&
    (a.isStagedInferring ?? false) === (b.isStagedInferring ?? false) &&
    a.files.length === b.files.length &&
    a.awaitingMovements.length === b.awaitingMovements.length &&
    a.files.every(({ path }, index) => path === b.files[index]!.path) &&
    a.awaitingMovements.every((address, index) => address === b.awaitingMovements[index])
  );
}

/**
 * Addresses of two lists, each once and sorted. Merged: a day of the world comes in a hundred batches, each of which adds to a
 * list that grows to a hundred thousand.
 *
 * @param sorted each once
 */
export function withAddresses(
  sorted: readonly Address[],
  more: readonly Address[],
): readonly Address[] {
  const added = [...more].sort();
  const all: Address[] = [];
  let next = 0;
  const push = (address: Address) => {
    if (all.at(-1) !== address) all.push(address);
  };
  for (const address of sorted) {
    while (next < added.length && added[next]! < address) push(added[next++]!);
    push(address);
  }
  while (next < added.length) push(added[next++]!);
  return all;
}

/**
 * Checks that a folder is a lake this program understands.
 *
 * @returns false when there is no lake
 * @throws WheelsdownError "lake-newer" or "input-invalid"
 */
export async function checkLakeFile(root: string): Promise<boolean> {
  const path = join(root, LAKE_FILE);
  const text = await readIfThere(path);
  if (text === undefined) return false;
  const json = parseJson(path, text);
  const version = (json as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === "number" && version > LAKE_SCHEMA_VERSION)
    throw new WheelsdownError(
      "lake-newer",
      `the lake ${root} has schema version ${version}, this program knows up to ` +
        `${LAKE_SCHEMA_VERSION}; install a newer wheelsdown`,
    );
  parseWith(lakeSchema, path, json);
  return true;
}

/**
 * Writes what makes a folder a lake. The lake's own file comes last, so that a folder is a lake or not; a manifest
 * that is already there is kept, because it names data someone may still want.
 */
export async function createLakeFiles(root: string, onStep: StepListener): Promise<void> {
  const found = await readIfThere(join(root, MANIFEST_FILE));
  if (found === undefined) await writeManifest(root, EMPTY_MANIFEST, onStep);
  else parseManifest(join(root, MANIFEST_FILE), found);
  const lake = {
    schema: LAKE_SCHEMA,
    schemaVersion: LAKE_SCHEMA_VERSION,
    engineVersion: packageVersion(),
  };
  await replaceFile(join(root, LAKE_FILE), `${JSON.stringify(lake, null, 2)}\n`, onStep);
}

/** @throws WheelsdownError "input-invalid" when the manifest is missing or broken */
export async function readManifest(root: string): Promise<Manifest> {
  const path = join(root, MANIFEST_FILE);
  const text = await readIfThere(path);
  if (text === undefined)
    throw new WheelsdownError(
      "input-invalid",
      `${path} is missing, so nobody knows which files belong to the lake; restore it or ingest into a new folder`,
    );
  return parseManifest(path, text);
}

/** One line a file, so that people can read it and a comparison of two shows what changed. */
export async function writeManifest(
  root: string,
  manifest: Manifest,
  onStep: StepListener,
): Promise<void> {
  const { generation, simulated, awaitingMovements, isStagedInferring, files } = manifest;
  const staged = isStagedInferring ? `\n  "isStagedInferring": true,` : "";
  const lines = files.map((file) => `\n    ${JSON.stringify(file)}`).join(",");
  const text = `{
  "schema": ${JSON.stringify(MANIFEST_SCHEMA)},
  "generation": ${generation},
  "simulated": ${simulated},
  "awaitingMovements": ${JSON.stringify(awaitingMovements)},${staged}
  "files": [${lines}${files.length > 0 ? "\n  " : ""}]
}
`;
  await replaceFile(join(root, MANIFEST_FILE), text, onStep);
}

function parseManifest(path: string, text: string): Manifest {
  return parseWith(manifestSchema, path, parseJson(path, text));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new WheelsdownError("io-failed", `cannot read ${path}`, { cause });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WheelsdownError("input-invalid", `${path} is broken: it is no JSON`, { cause });
  }
}

function parseWith<S extends v.GenericSchema>(
  schema: S,
  path: string,
  json: unknown,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const where = v.getDotPath(issue as v.BaseIssue<unknown>) ?? "the whole";
  throw new WheelsdownError("input-invalid", `${path} is broken: ${where}: ${issue.message}`);
}

function packageVersion(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return String((JSON.parse(text) as { version: string }).version);
}
