// What inference costs beside reading and parsing the same files, in processor time: a ratio for each path.
//
//   npm run bench:inference -- FILE-OR-FOLDER...
//
// Every round reads the files anew and gives their tracks to an analyst that knows no airport yet. The first round is
// told by itself: it compiles the code and makes the search trees. A few more warm up and do not count; small inputs
// are read more often, until their times mean something.
import { type InputPath, listInputs } from "../src/io/list-inputs.js";
import { readInput } from "../src/io/read-input.js";
import { Analyst } from "../src/movement/analyse.js";
import { traitsOf } from "../src/movement/traits.js";
import type { AirportTable } from "../src/place/airport.js";
import { loadReference } from "../src/reference/reference.js";
import { TrackCollector } from "../src/track/collector.js";
import type { Track } from "../src/track/track.js";
import { WheelsdownError } from "../src/units/errors.js";

const WARM_UP_ROUNDS = 5;
const ROUNDS_MIN = 9;
const ROUNDS_MAX = 200;
/** Rounds go on until this much processor time is measured. */
const MEASURED_MIN_MS = 3000;

interface Round {
  readonly readMs: number;
  readonly inferMs: number;
  readonly pointCount: number;
  readonly movementCount: number;
}

async function readAll(inputs: readonly InputPath[]): Promise<Track[]> {
  const collector = new TrackCollector();
  for (const { path } of inputs) {
    try {
      await readInput(path, collector);
    } catch (error) {
      // A folder may hold a broken file; the others are read.
      if (!(error instanceof WheelsdownError)) throw error;
    }
  }
  return collector.take();
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function oneRound(inputs: readonly InputPath[], airports: AirportTable): Promise<Round> {
  const startMs = cpuMs();
  const tracks = await readAll(inputs);
  const wasReadMs = cpuMs();
  const analyst = new Analyst(airports);
  let movementCount = 0;
  let pointCount = 0;
  for (const track of tracks) {
    movementCount += analyst.analyse(track, traitsOf(track)).movements.length;
    pointCount += track.length;
  }
  return { readMs: wasReadMs - startMs, inferMs: cpuMs() - wasReadMs, pointCount, movementCount };
}

async function measure(path: string, airports: AirportTable): Promise<void> {
  const inputs: InputPath[] = [];
  for await (const input of listInputs([path])) inputs.push(input);
  const first = await oneRound(inputs, airports);
  for (let i = 0; i < WARM_UP_ROUNDS; i++) await oneRound(inputs, airports);
  const rounds: Round[] = [];
  let measuredMs = 0;
  while (
    rounds.length < ROUNDS_MIN ||
    (measuredMs < MEASURED_MIN_MS && rounds.length < ROUNDS_MAX)
  ) {
    const round = await oneRound(inputs, airports);
    rounds.push(round);
    measuredMs += round.readMs + round.inferMs;
  }
  const read = minAndMedian(rounds.map(({ readMs }) => readMs));
  const infer = minAndMedian(rounds.map(({ inferMs }) => inferMs));
  console.log(`${path}: ${first.pointCount} positions, ${first.movementCount} movements`);
  console.log(line("first round", first.readMs, first.inferMs));
  console.log(line(`minimum of ${rounds.length}`, read.minMs, infer.minMs));
  console.log(line(`median of ${rounds.length}`, read.medianMs, infer.medianMs));
}

function line(name: string, readMs: number, inferMs: number): string {
  const times = `reading ${readMs.toFixed(1)} ms, inference ${inferMs.toFixed(1)} ms`;
  return `  ${name}: ${times}, ratio ${(inferMs / readMs).toFixed(2)}`;
}

interface Spread {
  readonly minMs: number;
  readonly medianMs: number;
}

function minAndMedian(valuesMs: readonly number[]): Spread {
  const sorted = [...valuesMs].sort((a, b) => a - b);
  return { minMs: sorted[0] ?? Number.NaN, medianMs: sorted[sorted.length >> 1] ?? Number.NaN };
}

const paths = process.argv.slice(2);
if (paths.length === 0) throw new Error("give one or more files or folders with tracks");
const { airports } = await loadReference();
for (const path of paths) await measure(path, airports);
