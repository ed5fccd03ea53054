import { createHash } from "node:crypto";
import { readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { replaceFile, type StepListener } from "./disk.js";
import { type DataFile, filesOf, type Manifest } from "./manifest.js";

/** The list of a lake's area-sorted copies, beside its manifest: what it names may be thrown away and made again. */
export const AREAS_FILE = "areas.json";
export const AREAS_FOLDER = "areas";
const AREAS_SCHEMA = "wheelsdown-areas";
/** Raise it when the order or the columns of a copy change: older copies are then stale. */
const AREA_COPY_VERSION = 1;
const AREA_FILE = /^areas\/day=\d{4}-\d\d-\d\d\/[0-9a-f]{32}\.parquet$/;

/** The points of one day once more, sorted by hour, tile, address and time. */
export interface AreaCopy {
  /** UTC, "2019-01-23". */
  readonly day: string;
  /** `stateOfDay` of the files it was made from. */
  readonly madeFrom: string;
  /** Parts of the day by hours or minutes, in order. */
  readonly files: readonly DataFile[];
}

/** The copies a lake has, by day. */
export interface AreaCopies {
  readonly copies: readonly AreaCopy[];
  /** True when the list is there and cannot be read: no copy is used then. */
  readonly isBroken: boolean;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const areasSchema = v.object({
  schema: v.literal(AREAS_SCHEMA),
  copies: v.array(
    v.object({
      day: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/)),
      madeFrom: sha256,
      files: v.array(
        v.object({
          path: v.pipe(v.string(), v.regex(AREA_FILE)),
          sha256,
          byteCount: count,
          rowCount: count,
          fromMs: v.number(),
          toMs: v.number(),
        }),
      ),
    }),
  ),
});

/** @returns the copies a lake's list names; none when there is no list */
export async function readAreaCopies(root: string): Promise<AreaCopies> {
  let text: string;
  try {
    text = await readFile(join(root, AREAS_FILE), "utf8");
  } catch (error) {
    return { copies: [], isBroken: (error as NodeJS.ErrnoException).code !== "ENOENT" };
  }
  try {
    return { copies: v.parse(areasSchema, JSON.parse(text)).copies, isBroken: false };
  } catch {
    return { copies: [], isBroken: true };
  }
}

/** Swaps the list for another, one line a day; none left removes it. */
export async function writeAreaCopies(
  root: string,
  copies: readonly AreaCopy[],
  onStep: StepListener,
): Promise<void> {
  if (copies.length === 0) {
    onStep(`remove ${AREAS_FILE}`);
    await rm(join(root, AREAS_FILE), { force: true });
    return;
  }
  const sorted = [...copies].sort((a, b) => (a.day < b.day ? -1 : 1));
  const lines = sorted.map((copy) => `\n    ${JSON.stringify(copy)}`).join(",");
  const text = `{\n  "schema": ${JSON.stringify(AREAS_SCHEMA)},\n  "copies": [${lines}\n  ]\n}\n`;
  await replaceFile(join(root, AREAS_FILE), text, onStep);
}

/** @returns the files with points of each day, days ascending, a day's in order of ingest */
export function pointFilesByDay(manifest: Manifest): Map<string, DataFile[]> {
  const days = new Map<string, DataFile[]>();
  for (const file of filesOf(manifest, "points")) {
    const day = dayOf(file);
    const list = days.get(day);
    if (list) list.push(file);
    else days.set(day, [file]);
  }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function dayOf({ path }: DataFile): string {
  return path.slice("points/day=".length, "points/day=2019-01-23".length);
}

/** @returns SHA-256 over the hashes of a day's files: another state of the day gives another one */
export function stateOfDay(files: readonly DataFile[]): string {
  const hash = createHash("sha256").update(`area copy ${AREA_COPY_VERSION}\n`);
  for (const file of files) hash.update(`${file.sha256}\n`);
  return hash.digest("hex");
}

/** @returns true when the day is as it was when the copy was made */
export function isFresh(copy: AreaCopy, days: ReadonlyMap<string, readonly DataFile[]>): boolean {
  const files = days.get(copy.day);
  return files !== undefined && stateOfDay(files) === copy.madeFrom;
}

/**
 * The files to read for positions of a period: of each day the area-sorted copy where there is a fresh and whole one,
 * else the day's own files. Both hold the same rows.
 *
 * @param period both ends included, milliseconds since 1970 UTC
 */
export async function filesForArea(
  root: string,
  manifest: Manifest,
  period: { readonly fromMs: number; readonly toMs: number },
): Promise<DataFile[]> {
  const touches = ({ fromMs, toMs }: DataFile) => fromMs! <= period.toMs && toMs! >= period.fromMs;
  const days = pointFilesByDay(manifest);
  const { copies } = await readAreaCopies(root);
  const byDay = new Map(copies.map((copy) => [copy.day, copy]));
  const chosen: DataFile[] = [];
  for (const [day, files] of days) {
    if (!files.some(touches)) continue;
    const copy = byDay.get(day);
    const isUsed = copy && isFresh(copy, days) && (await areThere(root, copy.files));
    chosen.push(...(isUsed ? copy.files : files).filter(touches));
  }
  return chosen;
}

/** A copy may be deleted by hand at any time: it is then as if it had never been made. */
async function areThere(root: string, files: readonly DataFile[]): Promise<boolean> {
  for (const { path, byteCount } of files) {
    const found = await stat(join(root, path)).catch(() => undefined);
    if (found?.size !== byteCount) return false;
  }
  return true;
}

/** Removes files of copies that the list does not name: what a killed run, or an older list, left behind. */
export async function removeAreaOrphans(
  root: string,
  copies: readonly AreaCopy[],
  onStep: StepListener,
): Promise<void> {
  const live = new Set(copies.flatMap(({ files }) => files.map(({ path }) => path)));
  const names = await readdir(join(root, AREAS_FOLDER), { recursive: true }).catch(() => []);
  for (const name of names.sort()) {
    const path = `${AREAS_FOLDER}/${name.replaceAll("\\", "/")}`;
    if (!AREA_FILE.test(path) || live.has(path)) continue;
    onStep(`remove ${path}`);
    await rm(join(root, path), { force: true });
    await rmdir(dirname(join(root, path))).catch(() => {});
  }
  await rmdir(join(root, AREAS_FOLDER)).catch(() => {});
}

/** @returns true when a file, named as `Lake.verify` names it, belongs to the copies and can be made again */
export function isOfAreaCopies(path: string): boolean {
  return path === AREAS_FILE || path.startsWith(`${AREAS_FOLDER}/`);
}
