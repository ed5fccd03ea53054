import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Told before every step that changes the lake's folder, with a word for the step. What it throws stops the ingest
 * there. For progress lines, and for tests that stop a run at every step.
 */
export type StepListener = (step: string) => void;

/** The lake's own folder for unfinished files; everything in it may be thrown away. */
export const TMP_FOLDER = "tmp";

/** Makes sure that what was written to a file or folder survives a power cut. */
export async function syncToDisk(path: string): Promise<void> {
  // Windows cannot open folders, and needs write access to flush a file.
  const isWindows = process.platform === "win32";
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path, isWindows ? "r+" : "r");
  } catch (error) {
    if (isWindows) return;
    throw error;
  }
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a file at once: whoever opens it sees the old bytes or the new ones, also after a power cut. */
export async function replaceFile(path: string, text: string, onStep: StepListener): Promise<void> {
  const tmpPath = `${path}.tmp`;
  onStep(`write ${tmpPath}`);
  const handle = await open(tmpPath, "w");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  onStep(`swap ${path}`);
  await rename(tmpPath, path);
  await syncToDisk(dirname(path));
}

/** @returns SHA-256 and size of a file */
export async function hashFile(path: string): Promise<{ sha256: string; byteCount: number }> {
  const hash = createHash("sha256");
  let byteCount = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    byteCount += (chunk as Buffer).length;
  }
  return { sha256: hash.digest("hex"), byteCount };
}

/** Makes a folder and its parents down from `root`, each safely on disk. */
export async function makeFolder(root: string, folder: string): Promise<void> {
  const made = await mkdir(join(root, folder), { recursive: true });
  if (made === undefined) return;
  for (let path = join(root, folder); ; path = dirname(path)) {
    await syncToDisk(path);
    if (path === root || path === dirname(path)) return;
  }
}

/** The shape of the names of our own data files; nothing else in the lake's folder is ever removed. */
export const DATA_FILE =
  /^(?:(?:staged\/)?points\/day=\d{4}-\d\d-\d\d|(?:events\/)?movements\/month=\d{4}-\d\d|(?:(?:staged|events)\/)?(?:inputs|identities)|events\/ends)\/[0-9a-f]{32}\.parquet$|^events\/coverage\/[0-9a-f]{32}\.json\.gz$/;
const DATA_FOLDERS = ["points", "movements", "inputs", "identities", "staged", "events"];

/** @returns data files in the lake's folder, as paths below it with "/", sorted */
export async function listDataFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of DATA_FOLDERS) {
    const names = await readdir(join(root, folder), { recursive: true }).catch(ignoreMissing);
    for (const name of names) {
      const path = `${folder}/${name.replaceAll("\\", "/")}`;
      if (DATA_FILE.test(path)) found.push(path);
    }
  }
  return found.sort();
}

/** Removes data files that no manifest names: what a killed run, or an older state, left behind. */
export async function removeOrphans(
  root: string,
  live: ReadonlySet<string>,
  onStep: StepListener,
): Promise<void> {
  for (const path of await listDataFiles(root)) {
    if (live.has(path)) continue;
    onStep(`remove ${path}`);
    await rm(join(root, path), { force: true });
    // A day, month or part that lost its last file; a folder with anything else in it stays.
    for (let folder = dirname(path); folder.includes("/"); folder = dirname(folder))
      await rmdir(join(root, folder)).catch(() => {});
    if (/^(?:staged|events)\//.test(path))
      await rmdir(join(root, path.split("/")[0]!)).catch(() => {});
  }
}

/** Drafts beside the files they were to become; `ingest.lock.123` belongs to process 123. */
const DRAFT = /^(?:manifest|lake)\.json\.tmp$|^ingest\.lock\.(?:stale-)?(\d+)$/;

/**
 * Removes what earlier processes left unfinished: drafts, and folders `<use>-<process id>` in the lake's folder for
 * unfinished files. What belongs to a living process stays. Only for the one that holds the lake's lock.
 */
export async function removeLeftovers(
  root: string,
  isAlive: (pid: number) => boolean,
): Promise<void> {
  for (const name of await readdir(root)) {
    const match = DRAFT.exec(name);
    if (match && !(match[1] && isAlive(Number(match[1]))))
      await rm(join(root, name), { force: true });
  }
  const tmp = join(root, TMP_FOLDER);
  for (const name of await readdir(tmp).catch(ignoreMissing)) {
    const pid = Number(/-(\d+)(?:-\d+)?$/.exec(name)?.[1]);
    if (!(pid > 0) || !isAlive(pid)) await rm(join(tmp, name), { recursive: true, force: true });
  }
  await rmdir(tmp).catch(() => {});
}

/** For folders that need not exist: a missing one is an empty one. */
function ignoreMissing(error: unknown): string[] {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
  throw error;
}
