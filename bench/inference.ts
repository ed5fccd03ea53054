// What inference costs on top of reading and parsing, in one run, on the same files.
//
//   npm run build && node dist/bench/inference.js PATH...
import { listInputs } from "../src/io/list-inputs.js";
import { readInput } from "../src/io/read-input.js";
import { Analyst } from "../src/movement/analyse.js";
import { traitsOf } from "../src/movement/traits.js";
import { loadReference } from "../src/reference/reference.js";
import { TrackCollector } from "../src/track/collector.js";
import type { Track } from "../src/track/track.js";
import { WheelsdownError } from "../src/units/errors.js";

const ROUNDS = 5;

async function readAll(paths: readonly string[]): Promise<Track[]> {
  const collector = new TrackCollector();
  for await (const { path } of listInputs(paths)) {
    try {
      await readInput(path, collector);
    } catch (error) {
      if (!(error instanceof WheelsdownError)) throw error;
    }
  }
  return collector.take();
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const paths = process.argv.slice(2);
const { airports } = await loadReference();
const readMs: number[] = [];
const inferMs: number[] = [];
let pointCount = 0;
let movementCount = 0;
for (let round = 0; round <= ROUNDS; round++) {
  const startMs = cpuMs();
  const tracks = await readAll(paths);
  const readEndMs = cpuMs();
  const analyst = new Analyst(airports);
  movementCount = 0;
  for (const track of tracks)
    movementCount += analyst.analyse(track, traitsOf(track)).movements.length;
  const endMs = cpuMs();
  pointCount = tracks.reduce((sum, { length }) => sum + length, 0);
  // The first round warms up.
  if (round === 0) continue;
  readMs.push(readEndMs - startMs);
  inferMs.push(endMs - readEndMs);
}
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
console.log(
  `${pointCount} positions, ${movementCount} movements: reading ${median(readMs).toFixed(0)} ms CPU, inference ${median(inferMs).toFixed(0)} ms CPU, ratio ${(median(inferMs) / median(readMs)).toFixed(2)} (median of ${ROUNDS})`,
);
