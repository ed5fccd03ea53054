// From a tar of traces to a lake with its movements, as multiples of R: R is the processor time to gunzip every member
// once, with an output buffer of exactly the right size. Each run is the program itself, in a process of its own.
//
//   npm run bench:ingest [-- --aircraft 1000,4000 --threads 1,2 --rounds 3] [TAR...]
//
// Without a TAR, archives of the simulated day of the world (docs/performance.md section 8), in as many archives as numbers of
// aircraft are given.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { findArchives, listMembers } from "../src/io/archive.js";
import { loadReference } from "../src/reference/reference.js";
import { makeWorld, worldPath } from "./world/make-world.js";

const MAIN = fileURLToPath(new URL("../program/cli/main.js", import.meta.url));
/** Of the simulated worlds. */
const SEED = 1;
/** Loaded into the program's process: tells what the kernel has counted for it when it ends. */
const TELL_USAGE = `data:text/javascript,import { writeSync } from "node:fs";
process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

/** @returns R in ms, the least of three times */
async function referenceMs(path: string): Promise<number> {
  const { archives } = await findArchives([{ path, named: true }]);
  const { members } = await listMembers(archives[0]!);
  const spentMs: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    for (const member of members) {
      const whole = (await member.open()).whole!;
      if (whole[0] !== 0x1f) continue;
      gunzipSync(whole, { chunkSize: Math.max(64, whole.readUInt32LE(whole.length - 4) + 64) });
    }
    const { user, system } = process.cpuUsage(before);
    spentMs.push((user + system) / 1000);
  }
  return Math.min(...spentMs);
}

interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

async function ingest(path: string, lake: string, threads: string): Promise<Run> {
  const startMs = performance.now();
  const words = ["--import", TELL_USAGE, MAIN, "--quiet", "ingest", path, "--lake", lake];
  const child = spawn(process.execPath, [...words, "--threads", threads], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  let said = "";
  child.stdio[3]!.on("data", (text: Buffer) => (said += text.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`the ingest ended with ${code}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(said) as NodeJS.ResourceUsage;
  return {
    wallMs: performance.now() - startMs,
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMb: maxRSS / 1024,
  };
}

async function measure(path: string, threadCounts: readonly string[], rounds: number) {
  const folder = mkdtempSync(join(tmpdir(), "wheelsdown-bench-"));
  const runs = new Map(threadCounts.map((threads) => [threads, [] as Run[]]));
  const references: number[] = [];
  try {
    // Interleaved, so that a busy moment of the machine meets all alike.
    for (let round = 0; round < rounds; round++) {
      references.push(await referenceMs(path));
      for (const [threads, found] of runs) {
        const lake = join(folder, "lake");
        found.push(await ingest(path, lake, threads));
        rmSync(lake, { recursive: true, force: true });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const reference = Math.min(...references);
  const size = (statSync(path).size / 1e6).toFixed(1);
  console.log(`${basename(path)}: ${size} MB, R ${Math.round(reference)} ms, load ${load()}`);
  for (const [threads, found] of runs) {
    const cpuMs = Math.min(...found.map((run) => run.cpuMs));
    const wallMs = Math.min(...found.map((run) => run.wallMs));
    const peakMb = Math.max(...found.map((run) => run.peakMb));
    const inR = (ms: number) => `${Math.round(ms)} ms (${(ms / reference).toFixed(2)} R)`;
    console.log(
      `  ${threads} threads: CPU ${inR(cpuMs)}, wall ${inR(wallMs)}, peak ${Math.round(peakMb)} MB`,
    );
  }
}

function load(): string {
  return loadavg()[0]!.toFixed(1);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    aircraft: { type: "string", default: "1000" },
    threads: { type: "string", default: "1,2" },
    rounds: { type: "string", default: "3" },
  },
});
// The airport table is made once per machine, and is no part of this.
const { airports } = await loadReference();
const threadCounts = values.threads.split(",");
for (const path of positionals) await measure(path, threadCounts, Number(values.rounds));
if (positionals.length === 0) {
  const folder = mkdtempSync(join(tmpdir(), "wheelsdown-bench-tar-"));
  try {
    for (const count of values.aircraft.split(",")) {
      const wish = { aircraftCount: Number(count), seed: SEED };
      await makeWorld(folder, wish, { airports: airports.airports });
      await measure(worldPath(folder, wish), threadCounts, Number(values.rounds));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
