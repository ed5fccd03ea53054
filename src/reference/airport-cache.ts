import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { makeFolder, writeAtomically } from "../io/write-file.js";
import type { Airport } from "../place/airport.js";
import { type AirportColumns, airportsOfColumns, columnsOfAirports } from "./airport-columns.js";
import { type DataFile, type Provenance, sha256Of } from "./packages.js";

/** Raised whenever the same packages can give another table, so that old caches are not read. */
export const BUILDER_VERSION = 1;

/** What the cache file holds, once unpacked. */
export interface CachedAirports {
  readonly airports: readonly Airport[];
  /** The packages it was built from. */
  readonly sources: readonly Provenance[];
  /** SHA-256 of the text before compression, which differs between zlib builds. */
  readonly sha256: string;
}

interface CacheDocument {
  readonly builder: number;
  readonly sources: readonly Provenance[];
  readonly airports: AirportColumns;
}

/** @returns a file name that changes with every package version and with the builder */
export function cacheFileName(files: readonly DataFile[]): string {
  const versions = files.map(({ name, version }) => `${name}@${version}`).join(" ");
  const key = sha256Of(`${BUILDER_VERSION} ${versions}`).slice(0, 16);
  return `airports-${key}.json.gz`;
}

/** @returns the cache's text: the same bytes on every machine for the same packages */
export function encodeAirports(
  airports: readonly Airport[],
  sources: readonly Provenance[],
): string {
  const document: CacheDocument = {
    builder: BUILDER_VERSION,
    sources,
    airports: columnsOfAirports(airports),
  };
  return `${JSON.stringify(document)}\n`;
}

/** @throws Error when the text is not what `encodeAirports` wrote */
export function decodeAirports(text: string | Buffer): CachedAirports {
  const document = JSON.parse(
    typeof text === "string" ? text : text.toString("utf8"),
  ) as CacheDocument;
  if (document.builder !== BUILDER_VERSION || !Array.isArray(document.sources))
    throw new Error("cache was written by another version");
  return {
    airports: airportsOfColumns(document.airports),
    sources: document.sources,
    sha256: sha256Of(text),
  };
}

/** @returns undefined when there is no cache, or none that can be trusted */
export async function readCache(path: string): Promise<CachedAirports | undefined> {
  try {
    // gzip carries a check sum, so a cut or changed file fails here or in the parser.
    return decodeAirports(gunzipSync(await readFile(path)));
  } catch {
    return undefined;
  }
}

/** @throws WheelsdownError "io-failed" when the folder cannot be written */
export async function writeCache(folder: string, fileName: string, text: string): Promise<void> {
  await makeFolder(folder);
  await writeAtomically(join(folder, fileName), gzipSync(text, { level: 6 }));
}
