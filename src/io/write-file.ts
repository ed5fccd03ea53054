import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { WheelsdownError } from "../units/errors.js";

/**
 * Writes a file so that it is there whole or not at all.
 *
 * @param draftFolder where it is written first, on the same disk; beside its place if left out
 * @throws WheelsdownError "io-failed", for instance on a full disk; what was there before stays
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  draftFolder = dirname(path),
): Promise<void> {
  const draft = draftOf(join(draftFolder, basename(path)));
  try {
    await writeDraft(draft, content);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw writeFailure(path, cause);
  }
}

/**
 * Lets another program write a file so that it is there whole or not at all.
 *
 * @param write gets the path of a draft, an empty file beside its place
 * @throws WheelsdownError "io-failed"
 */
export async function writeThrough(
  path: string,
  write: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = draftOf(path);
  try {
    await writeDraft(draft, "");
    await write(draft);
    await syncFile(draft);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    if (cause instanceof WheelsdownError) throw cause;
    throw writeFailure(path, cause);
  }
}

/**
 * For work that takes long: finds out beforehand that a file could not be written.
 *
 * @throws WheelsdownError "io-failed"
 */
export async function checkPlaceFor(path: string): Promise<void> {
  const folder = dirname(path);
  const around = await stat(folder).catch(() => undefined);
  if (!around?.isDirectory())
    throw new WheelsdownError("io-failed", `cannot write ${path}: there is no folder ${folder}`);
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory())
    throw new WheelsdownError("io-failed", `cannot write ${path}: it is a folder; name a file`);
}

/**
 * Writes files that belong together: first all as drafts, then each under its name, in the order given. When the disk
 * fills up on the way, what was in the folder before is still whole.
 *
 * @throws WheelsdownError "io-failed"
 */
export async function writeTogether(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  await makeFolder(folder);
  const drafts = new Map([...files.keys()].map((name) => [name, draftOf(join(folder, name))]));
  let writing = folder;
  try {
    for (const [name, content] of files) {
      writing = join(folder, name);
      await writeDraft(drafts.get(name)!, content);
    }
    for (const [name, draft] of drafts) {
      writing = join(folder, name);
      await rename(draft, writing);
    }
  } catch (cause) {
    for (const draft of drafts.values()) await rm(draft, { force: true }).catch(() => undefined);
    throw writeFailure(writing, cause);
  }
}

/** Makes a folder and its parents. @throws WheelsdownError "io-failed" */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new WheelsdownError("io-failed", `cannot make the folder ${folder}: ${reason(cause)}`, {
      cause,
    });
  }
}

function draftOf(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

async function writeDraft(draft: string, content: string | Uint8Array): Promise<void> {
  const file = await open(draft, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function writeFailure(path: string, cause: unknown): WheelsdownError {
  return new WheelsdownError("io-failed", `cannot write ${path}: ${reason(cause)}`, { cause });
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
      return "the disk is full; make room and run this again";
    case "EDQUOT":
      return "your quota on this disk is used up; make room and run this again";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "no permission to write there";
    case "EEXIST":
    case "ENOTDIR":
      return "a file of that name is in the way";
    case "ENAMETOOLONG":
      return "the name is too long";
    default:
      return message;
  }
}
