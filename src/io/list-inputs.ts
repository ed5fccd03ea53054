import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { WheelsdownError } from "../units/errors.js";

/** Standard input, among paths. */
export const STDIN = "-";

/** One file to read. */
export interface InputPath {
  readonly path: string;
  /** True when the user named this very file; files met inside a folder may be anything. */
  readonly named: boolean;
}

/**
 * Walks files and folders in a fixed order: as given, then by name. `-` is standard input and passes as it is. Hidden files and folders are left out. Inside
 * folders, links to files are followed and links to folders are not, because they may lead round in a circle.
 *
 * @param onUnreadable hears of folders that cannot be listed, with the reason; the others are. Without it they are errors
 * @throws WheelsdownError "input-missing" for a path that does not exist or may not be read, "input-invalid" for a
 *   pipe, socket or device
 */
export async function* listInputs(
  paths: readonly string[],
  onUnreadable?: (message: string) => void,
): AsyncIterable<InputPath> {
  for (const path of paths) {
    if (path === STDIN) {
      yield { path, named: true };
      continue;
    }
    let found: Awaited<ReturnType<typeof stat>>;
    try {
      found = await stat(path);
    } catch (cause) {
      throw new WheelsdownError("input-missing", `cannot read ${path}: no such file or folder`, {
        cause,
      });
    }
    if (found.isDirectory()) yield* listFolder(path, onUnreadable);
    else if (found.isFile()) yield { path, named: true };
    else {
      // Every input is hashed and may be read twice, which a pipe cannot give; opening one could wait for ever.
      throw new WheelsdownError(
        "input-invalid",
        `cannot read ${path}: a pipe, socket or device, not a file; write its content to a file first`,
      );
    }
  }
}

async function* listFolder(
  root: string,
  onUnreadable: ((message: string) => void) | undefined,
): AsyncIterable<InputPath> {
  // A stack instead of recursion: a folder tree may be deeper than the call stack.
  const open = [root];
  while (open.length > 0) {
    const folder = open.pop()!;
    let entries: {
      name: string;
      isDirectory(): boolean;
      isFile(): boolean;
      isSymbolicLink(): boolean;
    }[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (cause) {
      const message = `cannot list ${folder} (${(cause as NodeJS.ErrnoException).code})`;
      if (!onUnreadable) throw new WheelsdownError("input-missing", message, { cause });
      onUnreadable(message);
      continue;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const folders: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path))))
        yield { path, named: false };
    }
    open.push(...folders.reverse());
  }
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}
