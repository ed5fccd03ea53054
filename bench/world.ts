// A simulated day of the world from archive to answers: reading, a lake, questions, growth, and other ways to read.
//
//   npm run bench:world -- --aircraft 4000 --growth --work /var/tmp/world
//
// Every figure is of simulated traces; none says anything about how right an inference is.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { exitCodeOf, WheelsdownError } from "../src/units/errors.js";
import { figureLines, figuresOf } from "./world/goals.js";
import { growthSvg } from "./world/growth-picture.js";
import {
  measureLandings,
  measurePeers,
  measureQueries,
  measureSize,
  measureStart,
} from "./world/measure-world.js";
import { parseWorldOptions, type WorldBenchOptions } from "./world/world-options.js";
import type { SizeResult, WorldResult } from "./world/world-result.js";

async function measure(options: WorldBenchOptions): Promise<WorldResult> {
  const { aircraftCount, growth } = options;
  const shares = growth ? [16, 4, 1] : [1];
  const sizes: SizeResult[] = [];
  for (const share of shares) {
    const count = Math.round(aircraftCount / share);
    console.error(`${count} aircraft: archive, unpacking, lake`);
    sizes.push(await measureSize(count, options));
  }
  console.error("the same files in other ways");
  const peers = await measurePeers(options);
  console.error("questions");
  const queries = await measureQueries(options);
  const start = await measureStart(options, queries.address);
  const landings = await measureLandings(options);
  return {
    schema: "wheelsdown/bench-world/1",
    simulated: true,
    version: packageVersion(),
    node: process.version,
    processors: `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`,
    ...{ sizes, peers, queries, start, landings },
  };
}

function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function worldLines({ world, makeMs }: SizeResult): string[] {
  const { pointCount, aircraftCount, groundPointCount, sourceCounts } = world;
  const share = (count: number) => `${((100 * count) / pointCount).toFixed(1)} %`;
  const sources = Object.entries(sourceCounts).map(([name, count]) => `${name} ${share(count)}`);
  const made =
    makeMs === undefined ? "kept from before" : `made in ${(makeMs / 1000).toFixed(1)} s`;
  return [
    `SIMULATED: ${aircraftCount} aircraft, ${pointCount} points, ${(world.tarByteCount / 1e6).toFixed(1)} MB as tar, ${made}`,
    `points of a file, tenths: ${world.pointDeciles.join(" ")}; on the ground ${share(groundPointCount)}; ${sources.join(", ")}; ${world.holeCount} holes`,
  ];
}

async function main(): Promise<void> {
  const options = parseWorldOptions(process.argv.slice(2));
  if (!options) return;
  mkdirSync(options.workFolder, { recursive: true });
  const result = await measure(options);
  const { sizes, processors, node } = result;
  const path = join(options.workFolder, `result-${options.aircraftCount}-${options.seed}.json`);
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
  const last = sizes[sizes.length - 1]!;
  console.log(`${processors}, Node ${node}`);
  for (const line of worldLines(last)) console.log(line);
  for (const line of figureLines(figuresOf(result))) console.log(line);
  if (options.picturePath !== undefined) {
    const loads = sizes.map(({ loadAfter }) => loadAfter.toFixed(1)).join(", ");
    const conditions = `${processors}, Node ${node}; load of the machine after each run: ${loads}.`;
    writeFileSync(options.picturePath, growthSvg(sizes, conditions));
  }
  console.error(`all of it: ${path}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof WheelsdownError)) throw error;
  console.error(error.message);
  process.exitCode = exitCodeOf(error);
}
