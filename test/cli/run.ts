import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

/** The program as it is shipped. */
export const MAIN = fileURLToPath(new URL("../../program/cli/main.js", import.meta.url));

/** A command still running after this hangs: it is ended and the test fails. */
const LIMIT_MS = 240_000;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What comes through the pipe of standard input; nothing is there without it. */
  readonly stdin?: Uint8Array;
  /** Called once the process runs, for tests that disturb it. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Called with what the process has written to stderr so far. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for one test file, removed when its tests are done. Its name holds what paths may hold. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wheelsdown it's a [cli] "));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const NO_FLEETS = join(tmpdir(), "wheelsdown-tests-have-no-fleets");

/** Runs the program with these words, as a shell would. */
export async function run(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: options.cwd,
    env: { ...process.env, WHEELSDOWN_CONFIG: NO_FLEETS, ...options.env },
    stdio: [options.stdin ? "pipe" : "ignore", "pipe", "pipe"],
  });
  // A command that ends before it has read everything closes the pipe, which is no failure of the test.
  child.stdin?.on("error", () => undefined).end(options.stdin);
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  let stdout = "";
  let stderr = "";
  child.stdout!.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    options.onStderr?.(stderr, child);
  });
  options.onStart?.(child);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on("close", (...ended) => resolve(ended)),
  );
  clearTimeout(limit);
  return { code, signal, stdout, stderr };
}

/** Runs a command that must end well. @returns what it wrote to stdout */
export async function runWell(words: readonly string[], options?: RunOptions): Promise<string> {
  const ran = await run(words, options);
  assert.equal(ran.code, 0, `wheelsdown ${words.join(" ")}: ${ran.stderr}`);
  return ran.stdout;
}

/** How a command must fail. */
export interface Failure {
  readonly words: readonly string[];
  readonly code: number;
  /** What stderr must say. */
  readonly says: RegExp;
}

/** Runs commands that must fail with a message, nothing on stdout and no stack of ours. */
export async function assertFailures(
  failures: readonly Failure[],
  options?: RunOptions,
): Promise<void> {
  // Two at a time: one would be slow, all at once would need the memory of all.
  const waiting = [...failures];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { code, stdout, stderr } = await run(next.words, options);
      const what = `wheelsdown ${next.words.join(" ")}`;
      assert.match(stderr, next.says, what);
      assert.equal(code, next.code, `${what}: ${stderr}`);
      assert.equal(stdout, "", what);
      assert.doesNotMatch(stderr, /\n\s+at |bug of wheelsdown/, what);
    }
  };
  await Promise.all([worker(), worker()]);
}

/** @returns the JSON objects of an answer of one per line */
export function jsonLines(text: string): Record<string, unknown>[] {
  const lines = text.split("\n");
  assert.equal(lines.pop(), "", "the last line ends with a line end");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
