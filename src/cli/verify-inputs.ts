import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { streamMembers } from "../io/archive.js";
import type { InputCheckJson } from "../report/verification-shape.js";
import { WheelsdownError } from "../units/errors.js";
import { listGroups } from "./file-groups.js";
import { openItem, type ReadItem } from "./read-item.js";
import type { Terminal } from "./terminal.js";
import type { OpenDossier } from "./verify-files.js";

/** The file of a dossier in which exhibits stand. */
export const MODEL_NAME = "dossier.json";

/** An input that the dossier names. */
export interface NamedInput {
  readonly file: string;
  readonly sha256: string;
  readonly inManifest: boolean;
}

/**
 * Inputs that the manifest names, and those that only an exhibit does.
 *
 * @param isWhole whether `MODEL_NAME` is as the manifest says; what it names is not looked for otherwise
 */
export async function namedInputs(
  { folder, manifest }: OpenDossier,
  isWhole: boolean,
): Promise<NamedInput[]> {
  const named = new Map<string, NamedInput>();
  for (const { file, sha256 } of manifest.inputs)
    named.set(sha256, { file, sha256, inManifest: true });
  if (isWhole) {
    for (const { file, sha256 } of exhibitsIn(await readModel(join(folder, MODEL_NAME))))
      if (!named.has(sha256)) named.set(sha256, { file, sha256, inManifest: false });
  }
  return [...named.values()];
}

async function readModel(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (cause) {
    const message = `${path}: no JSON: ${(cause as Error).message}`;
    throw new WheelsdownError("input-invalid", message, { cause });
  }
}

/** Everything in a dossier that names a file and the hash of its bytes, wherever it stands. */
function exhibitsIn(model: unknown): { file: string; sha256: string }[] {
  const found: { file: string; sha256: string }[] = [];
  // A stack instead of recursion: the file may come from anyone.
  const open = [model];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    // Inputs call their hash "sha256", exhibits "input".
    const { file, input, sha256 = input } = next as Readonly<Record<string, unknown>>;
    if (typeof file === "string" && typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256))
      found.push({ file, sha256 });
    for (const one of Object.values(next)) open.push(one);
  }
  return found;
}

/**
 * Looks for inputs among files, folders and archives, by their hash: names may have changed. Stops when all are found.
 *
 * @throws WheelsdownError "input-missing" for a path that does not exist
 */
export async function findInputs(
  wanted: readonly NamedInput[],
  paths: readonly string[],
  terminal: Terminal,
): Promise<InputCheckJson[]> {
  const { groups, broken, failed } = await listGroups(paths, { whole: false });
  for (const message of failed) terminal.warn(message);
  for (const { path, reason } of broken) terminal.warn(`${path}: ${reason}`);
  const search = new Search(wanted);
  const items = likelyFirst(
    groups.flatMap((group) => group.items),
    wanted,
  );
  const archives = groups.flatMap((group) => group.archives);
  const progress = terminal.progress("hashing", items.length);
  for (const item of items) {
    if (search.isDone) break;
    terminal.checkInterrupt();
    const sha256 = await hashOf(item, terminal);
    if (sha256 !== undefined) search.meet(item.path, sha256);
    progress.step();
  }
  progress.stop();
  for (const archive of archives) {
    if (search.isDone) break;
    for await (const member of streamMembers(archive)) {
      terminal.checkInterrupt();
      if ("input" in member) search.meet(member.input.path, await member.input.sha256());
      else if ("refused" in member) terminal.warn(member.refused.message);
      else terminal.warn(`${archive.path}: ${member.broken}`);
      if (search.isDone) break;
    }
  }
  return search.outcome();
}

/** A dossier names a few inputs of a day's fifty thousand: those with a name that it knows are hashed before the others. */
function likelyFirst(items: readonly ReadItem[], wanted: readonly NamedInput[]): ReadItem[] {
  const names = new Set(wanted.map(({ file }) => lastName(file)));
  const isLikely = ({ path }: ReadItem) => names.has(lastName(path));
  return [...items.filter(isLikely), ...items.filter((item) => !isLikely(item))];
}

function lastName(path: string): string {
  return basename(path.slice(path.lastIndexOf("!") + 1));
}

async function hashOf(item: ReadItem, terminal: Terminal): Promise<string | undefined> {
  try {
    return await (await openItem(item)).sha256();
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    terminal.warn(error.message);
    return undefined;
  }
}

/** What was met so far. */
class Search {
  readonly #wanted: readonly NamedInput[];
  readonly #missing: Set<string>;
  /** Where each hash was met first. */
  readonly #foundAs = new Map<string, string>();
  /** Names the dossier has, met with any content. */
  readonly #metNames = new Set<string>();
  readonly #names: ReadonlySet<string>;

  constructor(wanted: readonly NamedInput[]) {
    this.#wanted = wanted;
    this.#missing = new Set(wanted.map(({ sha256 }) => sha256));
    this.#names = new Set(wanted.map(({ file }) => file));
  }

  get isDone(): boolean {
    return this.#missing.size === 0;
  }

  meet(path: string, sha256: string): void {
    if (this.#names.has(path)) this.#metNames.add(path);
    if (this.#missing.delete(sha256)) this.#foundAs.set(sha256, path);
  }

  outcome(): InputCheckJson[] {
    return this.#wanted.map(({ file, sha256, inManifest }) => {
      const foundAs = this.#foundAs.get(sha256) ?? null;
      const other = this.#metNames.has(file) ? "changed" : "missing";
      return { file, sha256, state: foundAs === null ? other : "present", foundAs, inManifest };
    });
  }
}
