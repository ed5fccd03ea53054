import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import * as nodeModule from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { cacheFolder } from "../reference/cache-folder.js";
import { sha256Of } from "../reference/packages.js";
import { encodeSections, readSectionFile, type Sections } from "../reference/section-file.js";

/** A command's own name, as it is in the name of a file. */
const NAME = /^[a-z]{2,16}$/;

/** What a file of compiled code says of itself. */
interface CodeHead {
  /** SHA-256 of the source of each file. */
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * Keeps the code of the bundled program compiled, in the user's cache: a fifth of a start is compiling. Node does it by
 * itself from 22.1 on; before that it is done here, in one file for each command. Code is run from the cache only when its
 * SHA-256, that of the source and the version of Node are right, and nobody else may write there. Anything that goes wrong
 * leaves the program as it is without a cache.
 *
 * @param words behind the program's name; without a command nothing is worth keeping
 */
export function useCodeCache(words: readonly string[]): void {
  const command = words.find((word) => !word.startsWith("-"));
  const { NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env;
  if (!command || !NAME.test(command) || NODE_DISABLE_COMPILE_CACHE || NODE_V8_COVERAGE) return;
  try {
    const folder = join(cacheFolder(), "code");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(folder)) return;
    const { enableCompileCache } = nodeModule as Partial<
      Record<"enableCompileCache", (folder: string) => unknown>
    >;
    if (enableCompileCache) enableCompileCache(folder);
    else keepCode(join(folder, `${command}-${process.version}-${process.arch}.bin`));
  } catch {
    // No cache can be made here.
  }
}

/** @returns true when nobody but the user may write to a folder, as far as the system tells */
function isOwn(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  if (process.getuid) return uid === process.getuid() && (mode & 0o022) === 0;
  // Windows keeps the user's folders from others; one that was named may be anywhere.
  return !process.env["WHEELSDOWN_CACHE"];
}

/** Has the files beside this one compiled from a cache, and writes what was missing in it when the program ends. */
function keepCode(path: string): void {
  const { sources, code } = readCode(path);
  const scripts = new Map<string, { readonly script: Script; readonly sha256: string }>();
  let isWhole = true;
  const here = dirname(fileURLToPath(import.meta.url));
  const { extensions } = nodeModule.createRequire(import.meta.url);
  const load = extensions[".js"]!;
  extensions[".js"] = (module, filename) => {
    if (dirname(filename) !== here) return load(module, filename);
    const name = basename(filename);
    const source = readFileSync(filename, "utf8");
    // Code that was not compiled by Node's own loader cannot import.
    if (source.includes("import(")) return load(module, filename);
    const sha256 = sha256Of(source);
    const cachedData = sources[name] === sha256 ? (code[name] as Uint8Array) : undefined;
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
      {
        filename,
        ...(cachedData && {
          cachedData: Buffer.from(cachedData.buffer, cachedData.byteOffset, cachedData.byteLength),
        }),
      },
    );
    if (!cachedData || script.cachedDataRejected) isWhole = false;
    scripts.set(name, { script, sha256 });
    const run = script.runInThisContext() as (...words: unknown[]) => void;
    const { exports } = module;
    run.call(exports, exports, nodeModule.createRequire(filename), module, filename, here);
  };
  process.once("exit", () => {
    if (isWhole) return;
    const all: { sources: Record<string, string>; code: Record<string, Sections[string]> } = {
      sources: {},
      code: {},
    };
    // Files that another question needed; those of an earlier version are gone.
    for (const name of Object.keys(sources)) {
      if (!existsSync(join(here, name))) continue;
      all.sources[name] = sources[name]!;
      all.code[name] = code[name]!;
    }
    for (const [name, { script, sha256 }] of scripts) {
      all.sources[name] = sha256;
      all.code[name] = Uint8Array.from(script.createCachedData());
    }
    writeCode(path, encodeSections({ sources: all.sources }, all.code));
  });
}

/** @returns nothing in it when there is no file, or none that is as it was written */
function readCode(path: string): CodeHead & { readonly code: Sections } {
  try {
    const { head, sections } = readSectionFile(path);
    return { sources: (head as unknown as CodeHead).sources, code: sections };
  } catch {
    return { sources: {}, code: {} };
  }
}

function writeCode(path: string, file: Uint8Array): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, file, { mode: 0o600 });
    renameSync(draft, path);
  } catch {
    rmSync(draft, { force: true });
  }
}
