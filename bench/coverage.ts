// What measuring coverage costs beside reading the same files: time for each point, and as a share.
//
//   node dist/bench/coverage.js FILE-OR-FOLDER...
//
// The median of five runs counts; the first run warms up and does not.
import { CoverageBuilder } from "../src/coverage/builder.js";
import { partsFromJson, partsToJson } from "../src/coverage/coverage-json.js";
import { listInputs } from "../src/io/list-inputs.js";
import { readInput } from "../src/io/read-input.js";
import { loadReference } from "../src/reference/reference.js";
import { cleanTrack } from "../src/track/clean.js";
import { TrackCollector } from "../src/track/collector.js";
import type { Track } from "../src/track/track.js";

const RUNS = 5;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function read(paths: readonly string[]): Promise<Track[]> {
  const collector = new TrackCollector();
  for (const path of paths) await readInput(path, collector);
  return collector.take();
}

const paths: string[] = [];
for await (const { path } of listInputs(process.argv.slice(2))) paths.push(path);
const { airports } = await loadReference();
const times = { read: [] as number[], clean: [] as number[], cover: [] as number[] };
let pointCount = 0;
let json = "";
for (let run = 0; run <= RUNS; run++) {
  const start = performance.now();
  const tracks = await read(paths);
  const wasRead = performance.now();
  const cleans = tracks.map(cleanTrack);
  const wasCleaned = performance.now();
  const builder = new CoverageBuilder();
  for (const clean of cleans) builder.add(clean, airports);
  const wasMeasured = performance.now();
  json = partsToJson(builder.parts());
  pointCount = tracks.reduce((sum, { length }) => sum + length, 0);
  if (run === 0) continue;
  times.read.push(wasRead - start);
  times.clean.push(wasCleaned - wasRead);
  times.cover.push(wasMeasured - wasCleaned);
}
const parts = partsFromJson(json);
const each = (list: readonly number[]) => `${((median(list) * 1e6) / pointCount).toFixed(0)} ns`;
const share = (100 * median(times.cover)) / median(times.read);
console.log(`${paths.length} files, ${pointCount} points`);
console.log(
  `a point: read ${each(times.read)}, clean ${each(times.clean)}, coverage ${each(times.cover)}`,
);
console.log(`coverage beside reading: ${share.toFixed(1)} %`);
console.log(
  `kept: ${parts.rows.length} rows, ${parts.passages.length} passages, ${json.length} bytes of JSON`,
);
