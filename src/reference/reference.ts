import { join } from "node:path";
import { once } from "../place/airport-rows.js";
import { type AirportDirectory, buildAirportTable } from "../place/airport-table.js";
import { buildCountryTable, type CountryTable, type MaritimeBorders } from "../place/country.js";
import type { CountryTopology } from "../place/country-outline.js";
import {
  BUILDER_VERSION,
  type CachedAirports,
  cacheFileName,
  openCache,
  packCache,
  readCache,
  type SharedAirports,
  shareAirports,
  writeCache,
} from "./airport-cache.js";
import { cacheFolder } from "./cache-folder.js";
import { type Provenance, provenanceOf, sha256Of } from "./packages.js";
import { findSource, readSource } from "./sources.js";

/** Every reference table, with where each came from. */
export interface Reference {
  readonly airports: AirportDirectory;
  readonly countries: CountryTable;
  /** Reports print this list, so that a finding says which tables it used. */
  readonly provenance: readonly Provenance[];
  /** SHA-256 of the airport table's text. */
  readonly airportsSha256: string;
  /** One figure for all tables together: SHA-256 of `provenance` as JSON. Borders are read and hashed for it. */
  readonly sha256: string;
}

export interface ReferenceOptions {
  /** Folder of the cache; else `WHEELSDOWN_CACHE`, else the user's cache folder. */
  readonly cacheDir?: string;
  /** Build anew even if there is a cache. */
  readonly rebuild?: boolean;
  /** Lines for a person who waits, warnings included. */
  readonly onProgress?: (message: string) => void;
}

/**
 * Loads airports and countries. The first call on a machine joins two airport packages, which takes a few
 * seconds; later calls read the result from the cache. A broken cache is built again; where none can
 * be written, everything works from memory, with one warning.
 *
 * @throws WheelsdownError `input-missing` when a data package is not installed whole; for borders at their first use
 */
export async function loadReference(options: ReferenceOptions = {}): Promise<Reference> {
  const airports = await loadAirports(options);
  // Read at first use, all three: a command that only looks up an airport does without.
  const maritime = once(() => readSource("maritime"));
  const land = once(() => readSource("land"));
  const provenance = once(() => provenanceOfTables(airports, [maritime(), land()]));
  const sha256 = once(() => sha256Of(JSON.stringify(provenance())));
  const countries = once(() =>
    buildCountryTable(
      JSON.parse(maritime().bytes.toString("utf8")) as MaritimeBorders,
      () => JSON.parse(land().bytes.toString("utf8")) as CountryTopology,
    ),
  );
  return {
    airports: buildAirportTable(airports.airports),
    airportsSha256: airports.sha256,
    get countries() {
      return countries();
    },
    get provenance() {
      return provenance();
    },
    get sha256() {
      return sha256();
    },
  };
}

function provenanceOfTables(
  { sources, sha256 }: CachedAirports,
  borders: readonly ReturnType<typeof readSource>[],
): Provenance[] {
  const table: Provenance = {
    name: "wheelsdown airport table",
    version: String(BUILDER_VERSION),
    dataDate: sources.map(({ dataDate }) => dataDate).join(", "),
    licence: "ODbL-1.0 (derived from the airport packages above)",
    sha256,
  };
  return [...sources, table, ...borders.map(({ file, bytes }) => provenanceOf(file, bytes))];
}

/**
 * The airport table alone, to be shared by threads: `openSharedAirports` opens it. Makes the cache when there is none.
 *
 * @throws WheelsdownError `input-missing` when a data package is not installed whole
 */
export async function loadSharedAirports(options: ReferenceOptions = {}): Promise<SharedAirports> {
  return shareAirports(await loadAirports(options));
}

async function loadAirports(options: ReferenceOptions): Promise<CachedAirports> {
  const progress = options.onProgress ?? (() => undefined);
  const folder = cacheFolder(options.cacheDir);
  const fileName = cacheFileName([findSource("airfields"), findSource("runways")]);
  if (!options.rebuild) {
    const cached = readCache(join(folder, fileName));
    if (cached) return cached;
  }
  progress("building the airport table, once per machine");
  // Loaded only here: the SQLite reader costs every start a tenth of a second otherwise.
  const { buildAirports } = await import("./build-airports.js");
  const file = packCache(await buildAirports(progress));
  try {
    await writeCache(folder, fileName, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    progress(`warning: ${reason}; the airport table is built anew at every start`);
  }
  return openCache(file);
}
