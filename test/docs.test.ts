import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { buildProgram } from "../src/cli/program.js";
import { FILE_TABLES, LAKE_SCHEMA_VERSION, ROW_GROUP_ROWS } from "../src/lake/schema.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const METHOD = page("docs/method.md");

function page(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function filesUnder(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map((name) => join(folder, String(name)).replaceAll("\\", "/"))
    .filter((path) => pattern.test(path) && statSync(join(ROOT, path)).isFile())
    .sort();
}

function handbook(): string[] {
  return ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", ...filesUnder("docs", /\.md$/)];
}

const WHERE_FENCES_ARE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Command lines in code blocks, whole and as a shell would run them, without what follows a pipe. */
function commandLines(text: string): string[] {
  return [...text.matchAll(WHERE_FENCES_ARE)]
    .flatMap(([, , block = ""]) => block.split("\n"))
    .map((line) => line.trim().replace(/^\$ /, ""))
    .filter((line) => /^(?:npx )?wheelsdown [a-z]/.test(line))
    .map((line) => line.replace(/^npx /, "").replace(/\s+(?:\||>|#).*$/, ""));
}

/** Commands named inside sentences; they may leave out what they take. */
function inlineCommands(text: string): string[] {
  return [
    ...text.replace(WHERE_FENCES_ARE, "").matchAll(/`(?:npx )?(wheelsdown [a-z][^`]*)`/g),
  ].map(([, command = ""]) => command);
}

function shellWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}

/** The whole command line with nothing behind it: options and arguments are checked, no command is run. */
async function dryProgram(): Promise<Command> {
  const program = await buildProgram();
  const open = [program];
  for (let next = open.pop(); next; next = open.pop()) {
    next.configureOutput({ writeErr: () => {}, writeOut: () => {} });
    if (next.commands.length === 0) next.action(() => {});
    open.push(...next.commands);
  }
  return program;
}

/** GitHub's rule for the anchor of a heading. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}

test("every command line in the handbook is one the program takes", async () => {
  const wrong: string[] = [];
  let count = 0;
  for (const path of handbook()) {
    for (const line of commandLines(page(path))) {
      count++;
      try {
        await (await dryProgram()).parseAsync(shellWords(line).slice(1), { from: "user" });
      } catch (error) {
        wrong.push(`${path}: ${line}: ${(error as Error).message}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(count >= 10, `only ${count} command lines were found`);
});

test("every command named in a sentence exists, with its options", async () => {
  const wrong: string[] = [];
  for (const path of handbook()) {
    for (const text of inlineCommands(page(path))) {
      let command = await buildProgram();
      for (const word of shellWords(text).slice(1)) {
        const child = command.commands.find((each) => each.name() === word);
        if (child) command = child;
        const option = word.startsWith("--") ? word.split("=")[0] : undefined;
        const known = command.options.some(({ long }) => long === option);
        if (option && !known) wrong.push(`${path}: ${text}: no option ${option}`);
      }
      if (command.name() === "wheelsdown") wrong.push(`${path}: ${text}: no such command`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("every npm script named in the README exists", () => {
  const { scripts } = JSON.parse(page("package.json")) as { scripts: Record<string, string> };
  const named = [...page("README.md").matchAll(/npm run ([a-z:]+)/g)].map(([, name = ""]) => name);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !(name in scripts)),
    [],
  );
});

test("every relative link leads somewhere", () => {
  const wrong: string[] = [];
  for (const path of handbook()) {
    const text = page(path).replace(WHERE_FENCES_ARE, "");
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file = "", anchor] = target.split("#");
      const found = file === "" ? path : relative(ROOT, join(ROOT, dirname(path), file));
      if (!existsSync(join(ROOT, found))) wrong.push(`${path}: ${target}`);
      else if (anchor && !anchorsOf(page(found)).has(anchor)) wrong.push(`${path}: ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("whatever the source takes from the method is on the method's page", () => {
  const wrong: string[] = [];
  for (const path of filesUnder("src", /\.tsx?$/)) {
    const lines = page(path).split("\n");
    lines.forEach((line, index) => {
      if (!line.includes("docs/method.md") || /^\s*(source|\{ name):?/.test(line)) return;
      const where = `${path}:${index + 1}`;
      const name = declaredAfter(lines, index);
      if (!METHOD.includes(`\`${name}\``)) wrong.push(`${where}: ${name} is not on the page`);
      const topic = topicOf(line);
      if (topic && !hasTopic(topic)) wrong.push(`${where}: nothing there about ${topic}`);
    });
  }
  assert.deepEqual(wrong, []);
});

/** The first name declared at or below a comment's line. */
function declaredAfter(lines: readonly string[], index: number): string {
  for (const line of lines.slice(index, index + 12)) {
    const match =
      /^\s*(?:export )?(?:const|function|type|interface|class) (\w+)|^\s*readonly (\w+)/.exec(line);
    if (match) return match[1] ?? match[2] ?? "";
  }
  return "";
}

/** What a citation points at: "class G4", "runway alignment"; undefined for the page as a whole. */
function topicOf(line: string): string | undefined {
  return /docs\/method\.md\)?, "?([\w ]+?)"?(?:[.:;,]|\s*\*\/|$)/.exec(line)?.[1];
}

function hasTopic(topic: string): boolean {
  const places = METHOD.split("\n").filter((line) => /^#|^\| \*\*|class /i.test(line));
  return places.some((line) => line.toLowerCase().includes(topic.toLowerCase()));
}

test("the lake's page prints the schema the lake is written by", () => {
  const text = page("docs/lake.md");
  for (const { kind, pattern, columns } of FILE_TABLES) {
    assert.ok(text.includes(`### ${kind}\n\n${pattern}: `), kind);
    const rows = columns.map(
      ({ name, type, unit, meaning }) => `| \`${name}\` | ${type} | ${unit} | ${meaning} |`,
    );
    assert.ok(text.includes(`|---|---|---|---|\n${rows.join("\n")}\n\n`), `columns of ${kind}`);
  }
  assert.ok(text.includes(`the schema version is ${LAKE_SCHEMA_VERSION}`));
  assert.ok(text.includes(`row groups of ${ROW_GROUP_ROWS.toLocaleString("en-US")} rows`));
});

test("the library's example is the one that is printed, and prints what is printed", () => {
  const blocks = [...page("docs/library.md").matchAll(WHERE_FENCES_ARE)];
  const [code, shown] = blocks.map(([, , block = ""]) => block);
  assert.equal(code, page("docs/examples/landings.mjs"));
  const [command = "", ...expected] = (shown ?? "").trimEnd().split("\n");
  const [, ...words] = command.replace(/^\$ /, "").split(" ");
  const run = spawnSync(process.execPath, words, { cwd: ROOT, encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  // Where the airport table is built at this moment, the lines about it come first.
  const told = run.stderr.split("\n").filter((line) => line.includes("sha256"));
  assert.deepEqual([...told, ...run.stdout.trimEnd().split("\n")], expected);
});

test("the example trace says that it is simulated", () => {
  const trace = JSON.parse(page("docs/examples/simulated-trace.json")) as { simulated?: boolean };
  assert.equal(trace.simulated, true);
});
