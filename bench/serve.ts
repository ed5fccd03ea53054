// How long answers of `wheelsdown serve` take when many ask, and whether its memory stays flat; beside a server that
// sends as many bytes out of a file, asked by the same clients in the same run.
//
//   npm run bench:serve [-- --movements 1000000 --clients 50 --minutes 10 --pause-ms 1000 --work FOLDER]
//
// The lake holds a simulated day of 4,000 aircraft, and many landings of a month. It is kept in the folder.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openLake } from "../src/lake/lake.js";
import { type Answered, askAll } from "./serve/clients.js";
import { type Asked, drawKind, QUESTIONS } from "./serve/questions.js";
import { worldPath } from "./world/make-world.js";
import { MAKE_STEP, PROGRAM, runNode } from "./world/run-child.js";

const STEP = (name: string) => fileURLToPath(new URL(`./serve/${name}-step.js`, import.meta.url));
/** Of the simulated day. */
const SEED = 1;
const AIRCRAFT_COUNT = 4000;
/** Memory is looked at so often. */
const LOOK_MS = 5_000;
/** The plain server is asked for a part of the time: it has nothing to grow. */
const PLAIN_SHARE = 0.1;

const { values } = parseArgs({
  options: {
    movements: { type: "string", default: "1000000" },
    clients: { type: "string", default: "50" },
    minutes: { type: "string", default: "10" },
    "pause-ms": { type: "string", default: "1000" },
    work: { type: "string", default: join(tmpdir(), "wheelsdown-bench-serve") },
  },
});

async function lakeIn(folder: string, movements: number): Promise<string> {
  const lake = join(folder, `lake-${AIRCRAFT_COUNT}-${movements}`);
  // Written last: what a killed run left is made again.
  const done = `${lake}.done`;
  if (existsSync(done)) return lake;
  mkdirSync(folder, { recursive: true });
  const tar = worldPath(folder, { aircraftCount: AIRCRAFT_COUNT, seed: SEED });
  if (!existsSync(tar))
    await runNode([MAKE_STEP, folder, String(AIRCRAFT_COUNT), String(SEED)], folder);
  await runNode([PROGRAM, "ingest", "--quiet", "--lake", lake, tar], folder);
  await runNode([STEP("lake"), lake, String(movements)], folder);
  writeFileSync(done, "");
  return lake;
}

async function askedAbout(dir: string): Promise<Asked & { readonly movementCount: number }> {
  const lake = await openLake(dir);
  const landed = new Set<string>();
  const airports = new Set<string>();
  for await (const { address, candidates } of lake.movements({ kinds: ["landing"] })) {
    landed.add(address);
    const [first] = candidates;
    if (first) airports.add(first.airport);
  }
  const heard = await lake.addresses();
  const { movementCount } = await lake.status();
  await lake.close();
  return { heard, landed: [...landed], airports: [...airports], movementCount };
}

/** Starts a server that prints its address. */
async function started(words: readonly string[]): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const [origin] = await new Promise<string[]>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once("line", (line) => resolve([line]));
    child.once("exit", (code) => reject(new Error(`${words.join(" ")} ended with ${code}`)));
  });
  return { child, origin: origin! };
}

/** @returns resident memory of a process in MB; unknown (NaN) where the system has no /proc */
function residentMb(pid: number): number {
  const path = `/proc/${pid}/status`;
  const kb = existsSync(path) && /VmRSS:\s*(\d+)/.exec(readFileSync(path, "utf8"))?.[1];
  return kb ? Number(kb) / 1024 : Number.NaN;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function timesOf(all: readonly Answered[]): string {
  const sorted = all.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const bytes = all.map(({ byteCount }) => byteCount).sort((a, b) => a - b);
  const ms = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share).toFixed(1).padStart(8));
  return `${String(all.length).padStart(6)} ${ms.join(" ")} ${(sorted.at(-1) ?? 0).toFixed(0).padStart(7)} ${String(percentile(bytes, 0.5)).padStart(9)}`;
}

const minutes = Number(values.minutes);
const clientCount = Number(values.clients);
const pauseMs = Number(values["pause-ms"]);
const dir = await lakeIn(values.work, Number(values.movements));
const asked = await askedAbout(dir);
console.log(
  `${asked.movementCount} movements, ${asked.heard.length} aircraft; ${clientCount} clients pause ${pauseMs} ms on average; load ${loadavg()[0]!.toFixed(1)}`,
);

const server = await started([PROGRAM, "serve", "--quiet", "--lake", dir, "--port", "0"]);
const resident: number[] = [];
const look = setInterval(() => resident.push(residentMb(server.child.pid!)), LOOK_MS);
const answered = await askAll({
  ...{ origin: server.origin, clientCount, pauseMs, lastMs: minutes * 60_000 },
  next(random) {
    const kind = drawKind(random);
    return { name: kind.name, path: kind.path(random, asked) };
  },
});
clearInterval(look);
server.child.kill("SIGTERM");

const largest = Math.max(...answered.map(({ byteCount }) => byteCount));
const file = join(values.work, "plain.bin");
writeFileSync(file, Buffer.alloc(largest, "x"));
const plain = await started([STEP("static"), file]);
const good = answered.filter(({ status }) => status === 200);
const plainAnswered = await askAll({
  ...{ origin: plain.origin, clientCount, pauseMs, lastMs: minutes * 60_000 * PLAIN_SHARE },
  next(random) {
    const { name, byteCount } = good[Math.floor(random() * good.length)]!;
    return { name, path: `/${byteCount}` };
  },
});
plain.child.kill("SIGTERM");

console.log(`${"".padEnd(42)} answers      p50      p95      p99     max     bytes`);
for (const { name } of QUESTIONS)
  console.log(`${name.padEnd(42)}${timesOf(good.filter((each) => each.name === name))}`);
console.log(`${"all".padEnd(42)}${timesOf(good)}`);
console.log(`${"as many bytes out of a file".padEnd(42)}${timesOf(plainAnswered)}`);
const refused = new Map<number, number>();
for (const { status } of answered)
  if (status !== 200) refused.set(status, (refused.get(status) ?? 0) + 1);
for (const [status, count] of refused) console.log(`${count} answered with ${status}`);
const third = Math.ceil(resident.length / 3);
const mean = (part: readonly number[]) => part.reduce((sum, each) => sum + each, 0) / part.length;
const thirds = [0, 1, 2].map((i) => mean(resident.slice(i * third, (i + 1) * third)).toFixed(0));
console.log(
  `memory, mean of each third: ${thirds.join(", ")} MB; most ${Math.max(...resident).toFixed(0)} MB`,
);
console.log(`load ${loadavg()[0]!.toFixed(1)}`);
