import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { WheelsdownError } from "../units/errors.js";

/** One file to read. */
export interface InputPath {
  readonly path: string;
  /** True when the user named this very file; files met inside a folder may be anything. */
  readonly named: boolean;
}

/**
 * Walks files and folders in a fixed order: as given, then by name, a folder's files before its folders. Hidden ones
 * are left out. A link inside a folder is followed to a file but not to a folder, which might lead back up.
 *
 * @throws WheelsdownError "input-missing" for a path that does not exist or may not be read
 */
export async function* listInputs(paths: readonly string[]): AsyncIterable<InputPath> {
  for (const path of paths) {
    let found: Awaited<ReturnType<typeof stat>>;
    try {
      found = await stat(path);
    } catch (cause) {
      throw new WheelsdownError("input-missing", `cannot read ${path}: no such file or folder`, {
        cause,
      });
    }
    if (found.isDirectory()) yield* listFolder(path);
    else yield { path, named: true };
  }
}

async function* listFolder(root: string): AsyncIterable<InputPath> {
  // A stack instead of recursion: a folder tree may be deeper than the call stack.
  const open = [root];
  while (open.length > 0) {
    const folder = open.pop()!;
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (cause) {
      throw new WheelsdownError("input-missing", `cannot list ${folder}`, { cause });
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const folders: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path))))
        yield { path, named: false };
    }
    open.push(...folders.reverse());
  }
}

async function leadsToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // A link to nothing is nobody's input.
    return false;
  }
}
