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

/** Ending of the note that says which state of a file was found whole. */
const NOTE = ".whole";
/** A write within the clock's step of the last one leaves no mark. chosen: the coarsest clock of a file system, FAT's */
const CLOCK_STEP_MS = 2_000;

/**
 * Tells one state of a file from every other: place on the disk, size, times of the last write and of the last change of
 * anything. Whoever writes to a file or puts another in its stead changes it.
 */
type FileStamp = string;

/** A file that is read in parts, in the state in which it was opened, also when another takes its name meanwhile. */
export interface StampedFile {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly size: number;
  /** Fills an array from a place on. @throws WheelsdownError "io-failed" when the file was written to meanwhile */
  read(start: number, into: Uint8Array): void;
}

interface Stats {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Nobody can say when a table is used for the last time. */
const forgotten = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/** @throws Error when there is no such file */
export function openStamped(path: string): StampedFile {
  const descriptor = openSync(path, "r");
  const stats = fstatSync(descriptor, { bigint: true });
  const file: StampedFile = {
    path,
    stamp: stampOf(stats),
    size: Number(stats.size),
    read(start, into) {
      const { size, mtimeNs } = fstatSync(descriptor, { bigint: true });
      if (size !== stats.size || mtimeNs !== stats.mtimeNs || !isFilled(descriptor, start, into))
        throw new WheelsdownError(
          "io-failed",
          `${path} was changed while it was in use; run this again`,
        );
    },
  };
  forgotten.register(file, descriptor);
  return file;
}

function isFilled(descriptor: number, start: number, into: Uint8Array): boolean {
  for (let done = 0; done < into.length; ) {
    const count = readSync(descriptor, into, done, into.length - done, start + done);
    if (count === 0) return false;
    done += count;
  }
  return true;
}

function stampOf({ dev, ino, size, mtimeNs, ctimeNs }: Stats): FileStamp {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

/** @returns true when the file was hashed before in this very state, and found as it was written */
export function isKnownWhole({ path, stamp }: StampedFile): boolean {
  try {
    return readFileSync(path + NOTE, "utf8") === stamp;
  } catch {
    return false;
  }
}

/**
 * Takes note that the file was read and found as it was written. One that was written a moment ago is not noted: a second
 * write might leave the same times. Where no note can be left, the file is read whole again the next time.
 */
export function noteWhole({ path, stamp }: StampedFile): void {
  const draft = `${path}${NOTE}.${process.pid}.tmp`;
  try {
    const stats = statSync(path, { bigint: true });
    const { mtimeNs, ctimeNs } = stats;
    const changedMs = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
    if (stampOf(stats) !== stamp || Date.now() - changedMs < CLOCK_STEP_MS) return;
    writeFileSync(draft, stamp);
    renameSync(draft, path + NOTE);
  } catch {
    rmSync(draft, { force: true });
  }
}
