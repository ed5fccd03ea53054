import { readdirSync, rmSync, statSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WheelsdownError } from "../../src/units/errors.js";
import { measureStarts } from "../start-times.js";
import { keptWorld, type WorldFacts, type WorldWish, worldPath } from "./make-world.js";
import type { QueryResult } from "./query-step.js";
import type { ReadResult, ReadWay } from "./read-step.js";
import {
  LANDINGS_STEP,
  MAKE_STEP,
  PROGRAM,
  QUERY_STEP,
  READ_STEP,
  runNode,
  runProcess,
} from "./run-child.js";
import type { WorldBenchOptions } from "./world-options.js";
import type { LandingsResult, PeerResult, SizeResult, StartResult } from "./world-result.js";

/** Starts of a process are short and jump about: more rounds of them than of reading. */
const STARTS_PER_ROUND = 2;
const PYTHON_STEP = fileURLToPath(new URL("../../../bench/peers/read_traces.py", import.meta.url));

/** Makes one size's archive, unless it is kept, and reads it into a lake of its own. */
export async function measureSize(
  aircraftCount: number,
  options: WorldBenchOptions,
): Promise<SizeResult> {
  const { workFolder, seed } = options;
  const wish: WorldWish = { aircraftCount, seed };
  const { world, makeMs } = await worldOf(wish, workFolder);
  const tar = worldPath(workFolder, wish);
  const lake = lakePath(options, aircraftCount);
  rmSync(lake, { recursive: true, force: true });
  const before = await readWays(tar, { every: 1, rounds: 1, ways: ["gunzip"], folder: workFolder });
  const loadBefore = loadavg()[0]!;
  const ingestWords = [PROGRAM, "ingest", "--quiet", "--lake", lake, tar];
  const ingest = await runNode(ingestWords, workFolder);
  const loadAfter = loadavg()[0]!;
  const repeat = await runNode(ingestWords, workFolder);
  // Before and after, so that a machine that grows busier meanwhile does not flatter or spoil the ratio.
  const after = await readWays(tar, { every: 1, rounds: 1, ways: ["gunzip"], folder: workFolder });
  const gunzipMs = [...before.ways[0]!.cpuMs, ...after.ways[0]!.cpuMs];
  return {
    ...{ world, makeMs, loadBefore, loadAfter },
    gunzipMs: gunzipMs.reduce((sum, each) => sum + each, 0) / gunzipMs.length,
    ...{ ingestCpuMs: ingest.cpuMs, ingestWallMs: ingest.wallMs },
    ...{ ingestPeakRssMb: ingest.peakRssMb, repeatWallMs: repeat.wallMs },
    pointFileBytes: folderBytes(join(lake, "points")),
    lakeBytes: folderBytes(lake),
  };
}

/** Where the lake of one size lies. */
export function lakePath({ workFolder, seed }: WorldBenchOptions, aircraftCount: number): string {
  return join(workFolder, `lake-${aircraftCount}-${seed}`);
}

async function worldOf(
  wish: WorldWish,
  folder: string,
): Promise<{ readonly world: WorldFacts; readonly makeMs: number | undefined }> {
  const kept = keptWorld(folder, wish);
  if (kept) return { world: kept, makeMs: undefined };
  const words = [MAKE_STEP, folder, String(wish.aircraftCount), String(wish.seed)];
  const { stdout, wallMs } = await runNode(words, folder);
  return { world: JSON.parse(stdout) as WorldFacts, makeMs: wallMs };
}

interface ReadWish {
  readonly every: number;
  readonly rounds: number;
  readonly ways: readonly ReadWay[];
  readonly folder: string;
}

async function readWays(tar: string, wish: ReadWish): Promise<ReadResult> {
  const words = [READ_STEP, tar, String(wish.every), String(wish.rounds), ...wish.ways];
  return JSON.parse((await runNode(words, wish.folder)).stdout) as ReadResult;
}

/**
 * Reads the same files in three ways, and by pandas where it is.
 *
 * @throws Error when two ways find different numbers of points or pieces: then their times mean nothing
 */
export async function measurePeers(options: WorldBenchOptions): Promise<PeerResult> {
  const { aircraftCount, workFolder, readFilesMax, rounds, python } = options;
  const tar = worldPath(workFolder, options);
  const every = Math.ceil(aircraftCount / readFilesMax);
  const ways: ReadWay[] = ["gunzip", "wheelsdown", "json-parse"];
  const read = await readWays(tar, { every, rounds, ways, folder: workFolder });
  const pandas = await readByPandas(python, tar, every);
  const [, own, parsed] = read.ways;
  for (const other of [parsed!, ...("absent" in pandas ? [] : [pandas])])
    if (other.pointCount !== own!.pointCount || other.contactCount !== own!.contactCount)
      throw new Error(
        `ways differ: ${own!.pointCount} points in ${own!.contactCount} pieces, ` +
          `${other.pointCount} in ${other.contactCount}`,
      );
  return { ...read, pandas };
}

async function readByPandas(
  python: string,
  tar: string,
  every: number,
): Promise<PeerResult["pandas"]> {
  try {
    const { stdout } = await runProcess(python, [PYTHON_STEP, tar, String(every)]);
    const answer = JSON.parse(stdout) as PeerResult["pandas"];
    return "absent" in answer ? { absent: `no ${answer.absent} for ${python}` } : answer;
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    return { absent: `${python} did not run: ${error.message.split("\n")[0]}` };
  }
}

/** Asks the largest lake. */
export async function measureQueries(options: WorldBenchOptions): Promise<QueryResult> {
  const lake = lakePath(options, options.aircraftCount);
  return JSON.parse((await runNode([QUERY_STEP, lake, "9"], options.workFolder)).stdout);
}

/** Makes a lake of landings alone and asks it; undefined when none is wanted. */
export async function measureLandings(
  options: WorldBenchOptions,
): Promise<LandingsResult | undefined> {
  const { landingCount, workFolder, aircraftCount } = options;
  if (landingCount === 0) return undefined;
  const words = [LANDINGS_STEP, lakePath(options, aircraftCount), workFolder, String(landingCount)];
  return JSON.parse((await runNode(words, workFolder)).stdout) as LandingsResult;
}

/** How long a first answer takes from nothing, beside a Node that does nothing. */
export async function measureStart(
  options: WorldBenchOptions,
  address: string,
): Promise<StartResult> {
  const lake = lakePath(options, options.aircraftCount);
  const words = {
    node: ["-e", "0"],
    help: [PROGRAM, "--help"],
    status: [PROGRAM, "lake", "status", "--lake", lake],
    landings: [PROGRAM, "landings", "--hex", address, "--no-coverage", "--lake", lake],
  };
  const times = await measureStarts(words, STARTS_PER_ROUND * options.rounds);
  return {
    nodeMs: times.node.medianMs,
    helpMs: times.help.medianMs,
    statusMs: times.status.medianMs,
    landingsMs: times.landings.medianMs,
  };
}

function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, String(name))))
    .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0);
}
