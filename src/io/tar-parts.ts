import { open } from "node:fs/promises";
import { WheelsdownError } from "../units/errors.js";
import type { TarFile } from "./tar.js";

/** Files of one archive that was cut into parts: `x.tar.aa` and `x.tar.ab` are `x.tar`. */
export interface PartName {
  /** Name of the whole, folder included. */
  readonly whole: string;
  /** What tells the part: "aa", "01". */
  readonly part: string;
}

/** @returns undefined when the name is none that `split` gives to a part of a tar */
export function partNameOf(path: string): PartName | undefined {
  const found = /^(.+\.(?:tar|tar\.gz|tgz|tar\.zst))\.([a-z]{2,4}|\d{2,4})$/s.exec(path);
  // `x.tar.gz` is no 182nd part of `x.tar`.
  return found && !COMPRESSIONS.has(found[2]!) ? { whole: found[1]!, part: found[2]! } : undefined;
}

const COMPRESSIONS: ReadonlySet<string> = new Set(["gz", "zst", "xz", "bz", "lz", "lzma", "zip"]);

/**
 * @param parts what tells the parts there are, in any order
 * @returns the first that is missing between the first possible one and the last there is; undefined when none is
 */
export function missingPart(parts: readonly string[]): string | undefined {
  const sorted = [...new Set(parts)].sort();
  let expected = firstPart(sorted[0]!);
  for (const part of sorted) {
    if (part !== expected) return expected;
    expected = nextPart(part);
  }
  return undefined;
}

/** Numbers start at 0 or at 1, letters at "aa". */
function firstPart(part: string): string {
  if (!/^\d/.test(part)) return "a".repeat(part.length);
  return Number(part) === 1 ? part : "0".repeat(part.length);
}

function nextPart(part: string): string {
  const isNumber = /^\d/.test(part);
  const [first, last] = isNumber ? ["0", "9"] : ["a", "z"];
  const letters = [...part];
  for (let at = letters.length - 1; at >= 0; at--) {
    if (letters[at] !== last) {
      letters[at] = String.fromCharCode(letters[at]!.charCodeAt(0) + 1);
      break;
    }
    letters[at] = first!;
  }
  return letters.join("");
}

/** The parts of an archive as one file. @throws WheelsdownError "input-missing" when one cannot be read */
export async function openParts(
  paths: readonly string[],
): Promise<TarFile & { close(): Promise<void> }> {
  const files: { path: string; start: number; end: number }[] = [];
  const handles: Awaited<ReturnType<typeof open>>[] = [];
  const close = async () => {
    for (const handle of handles) await handle.close();
  };
  let byteCount = 0;
  for (const path of paths) {
    try {
      const handle = await open(path);
      handles.push(handle);
      const { size } = await handle.stat();
      files.push({ path, start: byteCount, end: byteCount + size });
      byteCount += size;
    } catch (cause) {
      await close();
      throw new WheelsdownError("input-missing", `cannot read ${path}`, { cause });
    }
  }
  const readAt = async (start: number, count: number): Promise<Buffer> => {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(count, byteCount - start)));
    let length = 0;
    for (const [i, { path, start: fileStart, end }] of files.entries()) {
      while (length < buffer.length && start + length >= fileStart && start + length < end) {
        const at = start + length - fileStart;
        const wanted = Math.min(buffer.length - length, end - start - length);
        const { bytesRead } = await handles[i]!.read(buffer, length, wanted, at).catch((cause) => {
          throw new WheelsdownError("io-failed", `${path}: reading broke off`, { cause });
        });
        if (bytesRead === 0) throw new WheelsdownError("io-failed", `${path}: shorter than before`);
        length += bytesRead;
      }
    }
    return buffer.subarray(0, length);
  };
  return { byteCount, readAt, close };
}
