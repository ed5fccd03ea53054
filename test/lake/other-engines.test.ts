import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type ColumnType, FILE_TABLES, ROW_GROUP_ROWS } from "../../src/lake/schema.js";
import { runWell, temporaryFolder } from "../cli/run.js";
import { makeOddLake } from "./engines/odd-lake.js";
import {
  type FileText,
  inWordsOf,
  type LakeFile,
  lakeFiles,
  parseFileText,
  readWithDuckDb,
} from "./engines/parquet-text.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ENGINES = join(ROOT, ".engines");
const PREPARE = "`npm run engines:prepare` fetches what is missing";
const HANDBOOK = readFileSync(join(ROOT, "docs/lake.md"), "utf8");
const LAKES = ["wheelsdown-demo/lake", "events", "odd", "unfinished"];

const folder = temporaryFolder();
const python = findPython();
const java = join(ENGINES, "java/bin/java");
const hasTrino = existsSync(java) && existsSync(join(ENGINES, "trino"));

let files: LakeFile[] = [];
let wanted: FileText[] = [];

/** @returns a Python that loads pyarrow and pandas, if there is one */
function findPython(): string | undefined {
  const named = process.env["WHEELSDOWN_PYTHON"];
  const commands = named ? [named] : [join(ENGINES, "venv/bin/python"), "python3"];
  return commands.find(
    (command) => spawnSync(command, ["-c", "import pandas, pyarrow.parquet"]).status === 0,
  );
}

/** @returns true when the test cannot run; where everything was prepared that is a failure */
function isAbsent(context: TestContext, found: boolean, what: string): boolean {
  if (found) return false;
  assert.notEqual(process.env["WHEELSDOWN_REQUIRE_ENGINES"], "1", what);
  context.skip(`${what}; ${PREPARE}`);
  return true;
}

/** Runs another program over all files. @returns the fields of its lines, one line a file */
function linesOf(command: string, words: readonly string[], input: string): string[][] {
  const ran = spawnSync(command, words, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  assert.equal(ran.status, 0, ran.error?.message ?? ran.stderr);
  const lines = ran.stdout.split("\n").slice(0, -1);
  assert.equal(lines.length, files.length);
  return lines.map((line) => line.split("\t"));
}

before(async () => {
  if (!python && !hasTrino) return;
  const options = { cwd: folder };
  const days = "wheelsdown-demo/traces/2019/01";
  await runWell(["demo", "--quiet"], options);
  const area = ["--layout", "area", "--day", "2019-01-22..2019-01-23"];
  await runWell(["lake", "compact", ...area, "--lake", LAKES[0]!, "--quiet"], options);
  const events = ["--events-only", "--lake", "events", "--quiet"];
  await runWell(["ingest", `${days}/22`, `${days}/23`, ...events], options);
  await makeOddLake(join(folder, "odd"));
  await makeOddLake(join(folder, "unfinished"), true);
  files = LAKES.flatMap((lake) => lakeFiles(join(folder, lake)));
  wanted = await readWithDuckDb(files);
});

test("the lakes that other programs are shown hold every kind of file", (context) => {
  const found = python !== undefined || hasTrino;
  if (isAbsent(context, found, "no other program to read a lake with")) return;
  const named = files.map(({ path }) => path.slice(folder.length + 1).replaceAll("\\", "/"));
  const kinds = named.map((name) => name.replace(/([0-9]{2,}|[0-9a-f-]{16,}).*/, ""));
  for (const kind of [
    "wheelsdown-demo/lake/points/day=",
    "wheelsdown-demo/lake/movements/month=",
    "wheelsdown-demo/lake/inputs/",
    "wheelsdown-demo/lake/identities/",
    "wheelsdown-demo/lake/areas/",
    "events/events/inputs/",
    "events/events/identities/",
    "events/events/movements/month=",
    "events/events/ends/",
    "odd/points/day=",
    "odd/areas/",
    "unfinished/staged/points/day=",
    "unfinished/staged/inputs/",
  ])
    assert.ok(
      kinds.some((name) => name.startsWith(kind)),
      `${kind}: ${[...new Set(kinds)].join(" ")}`,
    );
  assert.ok(wanted.every(({ rowCount }) => rowCount > 0));
  assert.ok(wanted.some(({ rowCount }) => rowCount > ROW_GROUP_ROWS));
});

const ARROW: Readonly<Record<ColumnType, () => string>> = {
  INTEGER: () => "int32",
  BIGINT: () => "int64",
  DOUBLE: () => "double",
  BOOLEAN: () => "bool",
  VARCHAR: () => "string",
  TIMESTAMP_MS: () => "timestamp[ms]",
};

test("pyarrow reads every value of every file as DuckDB does", (context) => {
  if (isAbsent(context, python !== undefined, "no Python with pyarrow and pandas")) return;
  const input = files.map(({ path }) => `${path}\n`).join("");
  const lines = linesOf(python!, [join(ROOT, "test/lake/read_parquet.py")], input);
  lines.forEach((fields, index) => {
    const { path } = files[index]!;
    assert.deepEqual(parseFileText(fields), inWordsOf(wanted[index]!, ARROW), path);
  });
});

const PARQUET: Readonly<Record<ColumnType, (name: string) => string>> = {
  INTEGER: (name) => `optional int32 ${name} (INTEGER(32,true))`,
  BIGINT: (name) => `optional int64 ${name} (INTEGER(64,true))`,
  DOUBLE: (name) => `optional double ${name}`,
  BOOLEAN: (name) => `optional boolean ${name}`,
  VARCHAR: (name) => `optional binary ${name} (STRING)`,
  TIMESTAMP_MS: (name) => `optional int64 ${name} (TIMESTAMP(MILLIS,false))`,
};

test("Trino's Parquet reader reads every value of every file as DuckDB does, and skips row groups", (context) => {
  if (isAbsent(context, hasTrino, "no jars of Trino's reader, or no Java 25")) return;
  const input = files.map(({ path, columns }) => {
    return `${path}\t${columns.map(({ name, type }) => `${name} ${type}`).join(",")}\n`;
  });
  const words = ["--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"];
  const program = join(ROOT, "test/lake/engines/ReadParquet.java");
  const jars = join(ENGINES, "trino", "*");
  const lines = linesOf(java, [...words, "-cp", jars, program], input.join(""));
  const isSkipping = lines.map(([rowCount, groups, ...fields], index) => {
    const { path } = files[index]!;
    const text = parseFileText([rowCount!, ...fields]);
    assert.deepEqual(text, inWordsOf(wanted[index]!, PARQUET), path);
    const [all, kept, absent] = groups!.split(" ").map(Number);
    assert.ok(kept! >= 1, `${path}: a row group with the value asked for is skipped`);
    assert.equal(absent, 0, `${path}: a value that is not there`);
    return kept! < all!;
  });
  const odd = files.findIndex(({ path }) => /odd.points.day=/.test(path));
  assert.ok(isSkipping[odd], "the second address lies in one of two row groups");
});

test("the handbook's lines of Python print what the handbook says", (context) => {
  if (isAbsent(context, python !== undefined, "no Python with pyarrow and pandas")) return;
  const [, code, printed] = /```python\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(HANDBOOK)!;
  const ran = spawnSync(python!, ["-c", code!], { cwd: folder, encoding: "utf8" });
  assert.equal(ran.status, 0, ran.stderr);
  assert.equal(ran.stdout, printed);
});

test("the handbook's tables for Trino declare the columns that the files have", () => {
  const types: Readonly<Record<ColumnType, string>> = {
    INTEGER: "integer",
    BIGINT: "bigint",
    DOUBLE: "double",
    BOOLEAN: "boolean",
    VARCHAR: "varchar",
    TIMESTAMP_MS: "timestamp(3)",
  };
  const tables = [...HANDBOOK.matchAll(/CREATE TABLE \w+\.\w+\.(\w+) \(([\s\S]*?)\n\) WITH/g)];
  assert.deepEqual(
    tables.map(([, name]) => name),
    ["points", "movements"],
  );
  const partition: Readonly<Record<string, string>> = {
    points: "day date",
    movements: "month varchar",
  };
  for (const [, name = "", body = ""] of tables) {
    const { columns } = FILE_TABLES.find(({ kind }) => kind === name)!;
    const declared = body.split(",").map((column) => column.trim().replace(/\s+/g, " "));
    const own = columns.map((column) => `${column.name} ${types[column.type]}`);
    assert.deepEqual(declared, [...own, partition[name]]);
  }
});
