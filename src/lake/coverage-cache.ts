import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { CoverageBuilder } from "../coverage/builder.js";
import { Coverage } from "../coverage/coverage.js";
import { partsFromJson, partsToJson } from "../coverage/coverage-json.js";
import { COVERAGE_VERSION, type CoverageParts, mergeParts } from "../coverage/parts.js";
import { writeAtomically } from "../io/write-file.js";
import type { AirportTable } from "../place/airport.js";
import { cleanTrack } from "../track/clean.js";
import { WheelsdownError } from "../units/errors.js";
import { lakeTracks } from "./coverage-points.js";
import type { Lake } from "./lake.js";
import { MANIFEST_FILE, readManifest } from "./manifest.js";

/** What was measured from a lake, kept beside its files: packed JSON lines, the key first. It may be thrown away. */
export const COVERAGE_FILE = "coverage.json.gz";

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
  /** SHA-256 over the lake's state, the airport table and the rule: the same key, the same measurement. */
  readonly key: string;
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
  const key = await keyOf(lake, options);
  const found = await readKept(lake, key);
  if (found) return { ...found, key, kept: true };
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
  const json = partsToJson(coverage.parts);
  // An ingest that ended meanwhile makes this a mixture of two states: good to answer with, not to keep.
  if ((await keyOf(lake, options)) === key) await keep(lake, key, json, options);
  return { coverage, key, measurement: sha256Of(json), kept: false };
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

/** The manifest names every data file with its hash, so its bytes stand for the whole lake. */
async function keyOf(lake: Lake, { airportsSha256 }: LakeCoverageOptions): Promise<string> {
  const manifest = await readFile(join(lake.root, MANIFEST_FILE));
  return createHash("sha256")
    .update(`coverage ${COVERAGE_VERSION} ${airportsSha256}\n`)
    .update(manifest)
    .digest("hex");
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function readKept(
  lake: Lake,
  key: string,
): Promise<Pick<LakeCoverage, "coverage" | "measurement"> | undefined> {
  try {
    const text = gunzipSync(await readFile(join(lake.root, COVERAGE_FILE))).toString("utf8");
    const lineEnd = text.indexOf("\n");
    if (text.slice(0, lineEnd) !== key) return undefined;
    const json = text.slice(lineEnd + 1);
    return { coverage: new Coverage(partsFromJson(json)), measurement: sha256Of(json) };
  } catch {
    // Missing, broken or of another version: it is measured again.
    return undefined;
  }
}

async function keep(
  lake: Lake,
  key: string,
  json: string,
  { onNotKept }: LakeCoverageOptions,
): Promise<void> {
  const packed = gzipSync(`${key}\n${json}`, { level: 6 });
  try {
    await writeAtomically(join(lake.root, COVERAGE_FILE), packed);
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    onNotKept?.(error.message);
  }
}
