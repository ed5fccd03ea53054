import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { WheelsdownError } from "../units/errors.js";

/** Endings of the notes that say which state of a file was found whole. */
const NOTE = ".whole";
/** A write within the clock's step of the last one leaves no mark. chosen: the coarsest clock of a file system, FAT's */
const CLOCK_STEP_MS = 2_000;

/**
 * Tells one state of a file from every other: size, times of the last write and of the last change of anything, and the
 * place on the disk. Whoever writes to a file or puts another in its stead changes it.
 */
export type FileStamp = string;

interface Stats {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

function stampOf({ dev, ino, size, mtimeNs, ctimeNs }: Stats): FileStamp {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

/** @throws Error when there is no such file */
export function fileStamp(path: string): FileStamp {
  return stampOf(statSync(path, { bigint: true }));
}

/** @returns true when this very state of the file was hashed before and found as it was written */
export function isKnownWhole(path: string, stamp: FileStamp): boolean {
  try {
    return readFileSync(path + NOTE, "utf8") === stamp;
  } catch {
    return false;
  }
}

/**
 * Takes note that the file was read in this state and found as it was written. A file that was written a moment ago is
 * not noted: a second write might leave the same times. Without room for a note it is read whole again the next time.
 */
export function noteWhole(path: string, stamp: FileStamp): void {
  const draft = `${path}${NOTE}.${process.pid}.tmp`;
  try {
    const stats = statSync(path, { bigint: true });
    const changedMs = Number(
      (stats.mtimeNs > stats.ctimeNs ? stats.mtimeNs : stats.ctimeNs) / 1_000_000n,
    );
    if (stampOf(stats) !== stamp || Date.now() - changedMs < CLOCK_STEP_MS) return;
    writeFileSync(draft, stamp);
    renameSync(draft, path + NOTE);
  } catch {
    rmSync(draft, { force: true });
  }
}

/**
 * Reads a file in one go.
 *
 * @throws WheelsdownError "io-failed" when the file is not in that state any more
 */
export function readWhole(path: string, stamp: FileStamp): Buffer {
  const into = Buffer.alloc(statSync(path).size);
  readAt(path, 0, { into, stamp });
  return into;
}

/**
 * Fills an array with a file's bytes from `start` on.
 *
 * @throws WheelsdownError "io-failed" when the file is not in that state any more
 */
export function readAt(
  path: string,
  start: number,
  { into, stamp }: { readonly into: Uint8Array; readonly stamp: FileStamp },
): void {
  const file = openSync(path, "r");
  try {
    if (stampOf(fstatSync(file, { bigint: true })) === stamp) {
      let done = 0;
      while (done < into.length) {
        const count = readSync(file, into, done, into.length - done, start + done);
        if (count === 0) break;
        done += count;
      }
      if (done === into.length) return;
    }
  } finally {
    closeSync(file);
  }
  throw new WheelsdownError("io-failed", `${path} was changed while it was in use; run this again`);
}
