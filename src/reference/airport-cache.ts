import { join } from "node:path";
import { makeFolder, writeAtomically } from "../io/write-file.js";
import type { Airport, AirportTable } from "../place/airport.js";
import type { AirportRows } from "../place/airport-rows.js";
import { buildAirportTable } from "../place/airport-table.js";
import {
  IN_PARTS,
  type PackedAirports,
  packAirports,
  packedAirports,
} from "../place/packed-airports.js";
import { type DataFile, type Provenance, sha256Of } from "./packages.js";
import { encodeSections, openSectionFile, openSections, type SectionFile } from "./section-file.js";

/** Raised whenever the same packages can give another table, so that old caches are not read. */
export const BUILDER_VERSION = 2;

/** Raised whenever the cache file is written in another form. */
const FILE_VERSION = 2;

/** The bytes of the cache file in memory that threads share: none of them copies it, or makes 84,000 objects of it. */
export type SharedAirports = SharedArrayBuffer;

/** What the cache file holds. */
export interface CachedAirports {
  /** Its bytes, as it lies. @throws Error when it cannot be read */
  file(): Buffer;
  readonly airports: AirportRows;
  /** The packages it was built from. */
  readonly sources: readonly Provenance[];
  /** SHA-256 of the table's text, whatever form the file has. */
  readonly sha256: string;
}

/** A table as it was built, not yet in any form to be stored. */
export interface BuiltAirports {
  readonly airports: readonly Airport[];
  readonly sources: readonly Provenance[];
}

/** @returns a file name that changes with every package version and with the builder */
export function cacheFileName(files: readonly DataFile[]): string {
  const versions = files.map(({ name, version }) => `${name}@${version}`).join(" ");
  const key = sha256Of(`${BUILDER_VERSION} ${versions}`).slice(0, 16);
  return `airports-${key}.${FILE_VERSION}.bin`;
}

/** @returns the cache file of a table */
export function packCache({ airports, sources }: BuiltAirports): Buffer {
  const head = { builder: BUILDER_VERSION, sources, sha256: hashOfTable({ airports, sources }) };
  return encodeSections(head, { ...packAirports(airports) });
}

/** @returns SHA-256 of the table as text: the same on every machine for the same packages */
export function hashOfTable({ airports, sources }: BuiltAirports): string {
  const lines = [JSON.stringify([BUILDER_VERSION, sources]), ...airports.map(lineOf)];
  return sha256Of(`${lines.join("\n")}\n`);
}

/** Value after value, so that it does not matter in which order an object got its keys; unknown numbers are null. */
function lineOf({ ident, name, kind, runways, ...airport }: Airport): string {
  const { latDeg, lonDeg, elevationFt, country, municipality } = airport;
  const { iata, aliases, scheduled, military } = airport;
  return JSON.stringify([
    ...[ident, name, kind, latDeg, lonDeg, elevationFt, country, municipality],
    ...[iata, aliases, scheduled, military],
    runways.map(({ id, lengthM, widthM, surface, closed, ends }) => [
      ...[id, lengthM, widthM, surface, closed],
      ...ends.flatMap((end) => [end.name, end.latDeg, end.lonDeg, end.headingDeg]),
    ]),
  ]);
}

/** @throws Error when the bytes, which are whole, were made by another version */
export function openCache(file: Buffer): CachedAirports {
  return cachedAirports(openSections(file), () => file);
}

function cachedAirports(
  { head, sections }: SectionFile,
  file: CachedAirports["file"],
): CachedAirports {
  const { builder, sources, sha256 } = head as unknown as Pick<
    CachedAirports,
    "sources" | "sha256"
  > & { readonly builder: number };
  if (builder !== BUILDER_VERSION) throw new Error("cache was written by another version");
  // Its name says that this form was written.
  const airports = packedAirports(sections as unknown as PackedAirports);
  return { file, airports, sources, sha256 };
}

/** @returns a copy of the cache file that threads can share */
export function shareAirports(cached: CachedAirports): SharedAirports {
  const file = cached.file();
  const shared = new SharedArrayBuffer(file.length);
  new Uint8Array(shared).set(file);
  return shared;
}

/** @returns the table, for one thread to ask; it makes airports when they are asked for */
export function openSharedAirports(shared: SharedAirports): AirportTable {
  return buildAirportTable(openCache(Buffer.from(shared)).airports);
}

/** @returns undefined when there is no cache, or none that can be trusted */
export function readCache(path: string): CachedAirports | undefined {
  try {
    const stored = openSectionFile(path, IN_PARTS);
    return cachedAirports(stored, stored.bytes);
  } catch {
    return undefined;
  }
}

/** @throws WheelsdownError "io-failed" when the folder cannot be written */
export async function writeCache(folder: string, fileName: string, file: Buffer): Promise<void> {
  await makeFolder(folder);
  await writeAtomically(join(folder, fileName), file);
}
