import { closeSync, fstatSync, openSync } from "node:fs";
import { WheelsdownError } from "../units/errors.js";
import { readFully } from "./input-bytes.js";
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
export function openParts(paths: readonly string[]): TarFile & { close(): void } {
  const parts: Part[] = [];
  const close = () => {
    for (const { file } of parts) closeSync(file);
  };
  let byteCount = 0;
  for (const path of paths) {
    try {
      const file = openSync(path, "r");
      const start = byteCount;
      byteCount += fstatSync(file).size;
      parts.push({ path, file, start, end: byteCount });
    } catch (cause) {
      close();
      throw new WheelsdownError("input-missing", `cannot read ${path}`, { cause });
    }
  }
  return { byteCount, close, readAt: (start, count) => readParts(parts, start, count) };
}

interface Part {
  readonly path: string;
  /** Descriptor. */
  readonly file: number;
  /** Where its bytes lie in the whole. */
  readonly start: number;
  readonly end: number;
}

function readParts(parts: readonly Part[], start: number, count: number): Buffer {
  const pieces: Buffer[] = [];
  for (const part of parts) {
    const from = Math.max(start, part.start);
    const to = Math.min(start + count, part.end);
    if (from >= to) continue;
    try {
      pieces.push(readFully(part.file, { start: from - part.start, count: to - from }));
    } catch (cause) {
      throw new WheelsdownError("io-failed", `${part.path}: reading broke off`, { cause });
    }
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}
