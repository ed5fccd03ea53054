import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WheelsdownError } from "../units/errors.js";
import { hashFile, makeFolder, type StepListener, syncToDisk } from "./disk.js";
import { type Engine, type RowFeed, sqlFiles } from "./duckdb.js";
import { type DataFile, type Manifest, sameState, writeManifest } from "./manifest.js";

/** What a session works on; `manifest` is what is on disk. */
export interface Writer {
  readonly root: string;
  readonly tmpFolder: string;
  readonly engine: Engine;
  readonly onStep: StepListener;
  readonly eventsOnly: boolean;
  readonly inputs: Set<string>;
  /** Inputs whose positions are not kept, or will not be. */
  readonly eventsInputs: Set<string>;
  manifest: Manifest;
  fileNumber: number;
}

/** A data file to write. */
export interface DataFilePlan {
  readonly folder: string;
  readonly select: string;
  readonly feed: RowFeed;
  /** Times its rows speak of; "from-file" asks the written file, for movements. */
  readonly range: { readonly fromMs: number; readonly toMs: number } | "none" | "from-file";
}

/** Writes one data file under its final name; no rows give no file. */
export async function writeDataFile(writer: Writer, plan: DataFilePlan): Promise<DataFile[]> {
  const { root, engine, onStep } = writer;
  const tmpPath = join(writer.tmpFolder, `${writer.fileNumber++}.parquet`);
  onStep(`write ${plan.folder}`);
  const rowCount = await engine.copy(plan.select, tmpPath, plan.feed);
  if (rowCount === 0) {
    await rm(tmpPath, { force: true });
    return [];
  }
  await syncToDisk(tmpPath);
  const { sha256, byteCount } = await hashFile(tmpPath);
  const times = plan.range === "from-file" ? await movementTimes(engine, tmpPath) : plan.range;
  const path = `${plan.folder}/${sha256.slice(0, 32)}.parquet`;
  onStep(`place ${path}`);
  await makeFolder(root, plan.folder);
  await rename(tmpPath, join(root, path));
  const { fromMs, toMs } = times === "none" ? { fromMs: null, toMs: null } : times;
  return [{ path, sha256, byteCount, rowCount, fromMs, toMs }];
}

async function movementTimes(
  engine: Engine,
  path: string,
): Promise<{ fromMs: number; toMs: number }> {
  const [row] = await engine.rows(
    `SELECT epoch_ms(least(min(ts), min(time_from)))::DOUBLE,
            epoch_ms(greatest(max(ts), max(time_to)))::DOUBLE FROM ${sqlFiles([path])}`,
  );
  return { fromMs: Number(row?.[0]), toMs: Number(row?.[1]) };
}

/**
 * Makes the new state the lake's state. Nothing is written when nothing changed.
 *
 * @param isPart true when more commits follow that could as well be one with this: how often a run was killed must not show
 */
export async function commit(writer: Writer, next: Manifest, isPart = false): Promise<void> {
  const { root, manifest } = writer;
  if (sameState(manifest, next)) return;
  const before = new Set(manifest.files.map(({ path }) => path));
  const folders = new Set(
    next.files.filter(({ path }) => !before.has(path)).map(({ path }) => dirname(path)),
  );
  for (const folder of folders) await syncToDisk(join(root, folder));
  const committed = { ...next, generation: manifest.generation + (isPart ? 0 : 1) };
  await writeManifest(root, committed, writer.onStep);
  writer.manifest = committed;
  writer.onStep("committed");
}

/** Failures of disk and database become errors the user can act on; our own mistakes pass as they are. */
export async function reporting<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WheelsdownError || error instanceof RangeError) throw error;
    const { message } = error as Error;
    throw new WheelsdownError(
      "io-failed",
      `writing to the lake ${root} failed: ${message.split("\n")[0]}; ` +
        "the lake is as it was before, run the ingest again when the cause is removed",
      { cause: error },
    );
  }
}
