import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WheelsdownError } from "../../src/units/errors.js";
import type { ProcessUsage } from "./report-usage.js";

const DIST = fileURLToPath(new URL("../../", import.meta.url));

/** The program under test, and the steps of the benchmark that run in processes of their own. */
export const PROGRAM = join(DIST, "program/cli/main.js");
export const MAKE_STEP = join(DIST, "bench/world/make-step.js");
export const READ_STEP = join(DIST, "bench/world/read-step.js");
export const QUERY_STEP = join(DIST, "bench/world/query-step.js");
export const LANDINGS_STEP = join(DIST, "bench/world/landings-step.js");

/** What a finished process printed and used. */
export interface ChildRun extends ProcessUsage {
  readonly wallMs: number;
  readonly stdout: string;
}

/**
 * Runs a script of Node's in a process of its own and measures it as a whole.
 *
 * @param folder where a small file with its usage is kept for a moment
 * @throws WheelsdownError "io-failed" with the end of its standard error when it fails
 */
export async function runNode(args: readonly string[], folder: string): Promise<ChildRun> {
  const usagePath = join(folder, `usage-${process.pid}.json`);
  rmSync(usagePath, { force: true });
  const preload = new URL("./report-usage.js", import.meta.url).href;
  const run = await runProcess(process.execPath, ["--import", preload, ...args], {
    WHEELSDOWN_BENCH_USAGE: usagePath,
  });
  if (!existsSync(usagePath))
    throw new WheelsdownError("io-failed", `node ${args.join(" ")} left no word of what it used`);
  const usage = JSON.parse(readFileSync(usagePath, "utf8")) as ProcessUsage;
  rmSync(usagePath, { force: true });
  return { ...run, ...usage };
}

/**
 * Runs any program.
 *
 * @throws WheelsdownError "io-failed" when it cannot be started or ends with another code than 0
 */
export async function runProcess(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly wallMs: number; readonly stdout: string }> {
  const startMs = performance.now();
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  const out: Buffer[] = [];
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => {
    errors = (errors + chunk).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (cause) =>
      reject(new WheelsdownError("io-failed", `cannot start ${program}`, { cause })),
    );
    child.on("close", resolve);
  });
  const wallMs = performance.now() - startMs;
  if (code !== 0)
    throw new WheelsdownError(
      "io-failed",
      `${program} ${args.join(" ")} ended with ${code}: ${errors.trim()}`,
    );
  return { wallMs, stdout: Buffer.concat(out).toString() };
}
