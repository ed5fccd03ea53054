import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "../aircraft/address.js";
import type { TrackSource } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { type Engine, type EngineOptions, openReader, sqlFiles } from "./duckdb.js";
import type { RowQuery } from "./lake-status.js";
import {
  ALL_PARTS,
  type DataFile,
  filesOf,
  type LakePart,
  MANIFEST_FILE,
  type Manifest,
  readManifest,
} from "./manifest.js";
import type { FileKind } from "./schema.js";
import type { TraceDay } from "./trace-days.js";
import type { Withholdable } from "./withholdable.js";

/** What reading works on. */
export interface Reading {
  readonly root: string;
  readonly tmpFolder: string;
  readonly options: EngineOptions;
  engine: Promise<Engine> | undefined;
  seen: { readonly mark: string; readonly manifest: Manifest } | undefined;
  traceDays?: ForManifest<readonly TraceDay[]>;
  addresses?: ForManifest<readonly Address[]>;
  withholdable?: ForManifest<Withholdable>;
  sources?: {
    readonly manifest: Manifest;
    readonly byAddress: ReadonlyMap<Address, readonly TrackSource[]>;
  };
}

/** What was asked of one state of the lake. */
interface ForManifest<T> {
  readonly manifest: Manifest;
  readonly found: Promise<T>;
}

/** Asks again only when the lake has changed, or when asking failed. */
export async function onceForManifest<Key extends "traceDays" | "addresses" | "withholdable">(
  reading: Reading,
  key: Key,
  ask: () => NonNullable<Reading[Key]>["found"],
): Promise<Awaited<NonNullable<Reading[Key]>["found"]>> {
  const manifest = await currentManifest(reading);
  if (reading[key]?.manifest !== manifest) {
    const found = ask();
    reading[key] = { manifest, found } as Reading[Key];
    found.catch(() => delete reading[key]);
  }
  return (await reading[key]!.found) as Awaited<NonNullable<Reading[Key]>["found"]>;
}

export async function engineOf(reading: Reading): Promise<Engine> {
  reading.engine ??= openReader({ tmpFolder: reading.tmpFolder }, reading.options);
  return await reading.engine;
}

/** The manifest as it is now; it is parsed again only when it was swapped. */
export async function currentManifest(reading: Reading): Promise<Manifest> {
  const found = await stat(join(reading.root, MANIFEST_FILE)).catch(() => undefined);
  const mark = found ? `${found.ino} ${found.mtimeMs} ${found.size}` : "";
  if (!reading.seen || reading.seen.mark !== mark || mark === "")
    reading.seen = { mark, manifest: await readManifest(reading.root) };
  return reading.seen.manifest;
}

export function pathsOf(reading: Reading, files: readonly DataFile[]): string[] {
  return files.map(({ path }) => join(reading.root, path));
}

/** Rows of all files of one kind; none when there is no file. */
export async function rowsOfKind<T>(
  reading: Reading,
  { kind, parts = ALL_PARTS }: { readonly kind: FileKind; readonly parts?: readonly LakePart[] },
  query: RowQuery<T>,
): Promise<T[]> {
  const paths = pathsOf(reading, filesOf(await currentManifest(reading), kind, parts));
  if (paths.length === 0) return [];
  const engine = await engineOf(reading);
  const from = (query.from ?? String)(sqlFiles(paths));
  const sql = `SELECT ${query.select} FROM ${from} ${query.rest ?? ""}`;
  const rows = await reportingReads(reading, () => engine.rows(sql, query.parameters));
  return rows.map(query.make);
}

export async function reportingReads<T>(reading: Reading, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw readFailure(reading, error);
  }
}

export function readFailure(reading: Reading, error: unknown): unknown {
  if (error instanceof WheelsdownError || error instanceof RangeError) return error;
  const message = (error as Error).message.split("\n")[0];
  return new WheelsdownError(
    "io-failed",
    `reading the lake ${reading.root} failed: ${message}; if an ingest ended meanwhile, run this again`,
    { cause: error },
  );
}
