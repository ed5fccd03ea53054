import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CoverageBuilder } from "../coverage/builder.js";
import { Coverage } from "../coverage/coverage.js";
import { partsFromJson, partsToJson } from "../coverage/coverage-json.js";
import { COVERAGE_VERSION, type CoverageParts, mergeParts } from "../coverage/parts.js";
import {
  columnsOf,
  type PartsColumns,
  type PartsHead,
  partsOfColumns,
} from "../coverage/stored-parts.js";
import { writeAtomically } from "../io/write-file.js";
import type { AirportTable } from "../place/airport.js";
import { encodeSections, readSectionFile } from "../reference/section-file.js";
import { cleanTrack } from "../track/clean.js";
import { WheelsdownError } from "../units/errors.js";
import { lakeTracks } from "./coverage-points.js";
import type { Lake } from "./lake.js";
import { MANIFEST_FILE, readManifest } from "./manifest.js";

/** What was measured from a lake, kept beside its files as columns. It may be thrown away. */
export const COVERAGE_FILE = "coverage.bin";
/** Raised whenever the file is written in another form. */
const FILE_VERSION = 1;

/** What the file says of itself. */
interface KeptHead {
  readonly version: typeof FILE_VERSION;
  readonly key: string;
  readonly measurement: string;
  readonly parts: PartsHead;
}

export interface LakeCoverageOptions {
  readonly airports: AirportTable;
  /** SHA-256 of the airport table; another table measures anew. */
  readonly airportsSha256: string;
  /** Called before each aircraft that is measured; what it throws stops the measuring. Not called when nothing is. */
  readonly onAircraft?: (done: number, total: number) => void;
  /** Told why what was measured could not be kept, for instance in a folder that may only be read. */
  readonly onNotKept?: (reason: string) => void;
}

export interface LakeCoverage {
  readonly coverage: Coverage;
  /** SHA-256 over what was measured: the same points give the same one, however they came into the lake. */
  readonly measurement: string;
  /** True when it was found in the lake as measured before. */
  readonly kept: boolean;
}

/**
 * Coverage measured from all points of a lake. It is measured once for each state of the lake and kept in its folder.
 */
export async function lakeCoverage(
  lake: Lake,
  options: LakeCoverageOptions,
): Promise<LakeCoverage> {
  const key = await coverageKey(lake, options.airportsSha256);
  const found = readKept(lake, key);
  if (found) return found;
  const builder = new CoverageBuilder();
  const total = (await lake.addresses()).length;
  let done = 0;
  for await (const track of lakeTracks(lake)) {
    options.onAircraft?.(done++, total);
    builder.add(cleanTrack(track), options.airports);
  }
  const others = await eventsParts(lake);
  const coverage =
    others.length > 0 ? new Coverage(mergeParts([builder.parts(), ...others])) : builder.build();
  const measurement = sha256Of(partsToJson(coverage.parts));
  // An ingest that ended meanwhile makes this a mixture of two states: good to answer with, not to keep.
  if ((await coverageKey(lake, options.airportsSha256)) === key)
    await keep(lake, { coverage, key, measurement }, options);
  return { coverage, measurement, kept: false };
}

/** @returns what `lakeCoverage` would find as measured before; undefined when it would have to measure */
export async function keptCoverage(
  lake: Lake,
  { airportsSha256 }: Pick<LakeCoverageOptions, "airportsSha256">,
): Promise<LakeCoverage | undefined> {
  return readKept(lake, await coverageKey(lake, airportsSha256));
}

/**
 * Measures coverage from the positions of a run that will not keep them.
 *
 * @returns what `IngestSession.endStaged` keeps instead
 */
export async function stagedCoverage(
  lake: Lake,
  { airports, onAircraft }: Pick<LakeCoverageOptions, "airports" | "onAircraft">,
): Promise<string> {
  const builder = new CoverageBuilder();
  const total = (await lake.addresses()).length;
  let done = 0;
  for await (const track of lakeTracks(lake, "staged")) {
    onAircraft?.(done++, total);
    builder.add(cleanTrack(track), airports);
  }
  return partsToJson(builder.parts());
}

/**
 * What was measured of inputs whose positions were not kept. It cannot be measured again: another version of the
 * measurement is not added to this one's.
 */
async function eventsParts(lake: Lake): Promise<CoverageParts[]> {
  const { files } = await readManifest(lake.root);
  const found: CoverageParts[] = [];
  for (const { path } of files) {
    if (!path.startsWith("events/coverage/")) continue;
    const text = gunzipSync(await readFile(join(lake.root, path))).toString("utf8");
    try {
      found.push(partsFromJson(text));
    } catch (cause) {
      throw new WheelsdownError(
        "input-invalid",
        `${path} in the lake ${lake.root} holds coverage that this version cannot add up; ingest those inputs again ` +
          "without --events-only, or ask with --no-coverage",
        { cause },
      );
    }
  }
  return found;
}

/**
 * Names what coverage is measured from: the same key, the same measurement.
 *
 * @param tablesSha256 of the airport table, or of more tables than that
 * @returns SHA-256 over the lake's state, the tables and the rule
 */
export async function coverageKey(lake: Lake, tablesSha256: string): Promise<string> {
  // It names every data file with its hash, so its bytes stand for the whole lake.
  const manifest = await readFile(join(lake.root, MANIFEST_FILE));
  return createHash("sha256")
    .update(`coverage ${COVERAGE_VERSION} ${tablesSha256}\n`)
    .update(manifest)
    .digest("hex");
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function readKept(lake: Lake, wantedKey: string): LakeCoverage | undefined {
  try {
    const { head, sections } = readSectionFile(join(lake.root, COVERAGE_FILE));
    const { version, key, measurement, parts } = head as unknown as KeptHead;
    if (version !== FILE_VERSION || key !== wantedKey) return undefined;
    const columns = sections as unknown as PartsColumns;
    return { coverage: new Coverage(partsOfColumns(parts, columns)), measurement, kept: true };
  } catch {
    // Missing, broken or of another version: it is measured again.
    return undefined;
  }
}

async function keep(
  lake: Lake,
  {
    coverage,
    key,
    measurement,
  }: Pick<LakeCoverage, "coverage" | "measurement"> & { readonly key: string },
  { onNotKept }: LakeCoverageOptions,
): Promise<void> {
  const { rows: _rows, passages: _passages, ...parts } = coverage.parts;
  const head: KeptHead = { version: FILE_VERSION, key, measurement, parts };
  const file = encodeSections(head, { ...columnsOf(coverage.parts) });
  try {
    await writeAtomically(join(lake.root, COVERAGE_FILE), file);
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    onNotKept?.(error.message);
  }
}
