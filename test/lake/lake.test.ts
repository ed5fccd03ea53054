import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { DuckDBInstance, type Json } from "@duckdb/node-api";
import type { Address } from "../../src/aircraft/address.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import { FILE_TABLES } from "../../src/lake/schema.js";
import { buildTrack, inputOf, sourceOf } from "./build-track.js";
import { runIngest } from "./ingest-run.js";
import { contentOf, temporaryFolder } from "./temporary-folder.js";

const RUN = fileURLToPath(new URL("ingest-run.js", import.meta.url));
const POINT = { timeMs: Date.UTC(2019, 0, 23), latDeg: 1, lonDeg: 2, row: 0 };

async function emptyLake(): Promise<Lake> {
  return await openLake(temporaryFolder(), { create: true });
}

async function filledLake(): Promise<Lake> {
  const root = join(temporaryFolder(), "lake");
  await runIngest(root);
  return await openLake(root);
}

test("a folder without a lake is refused with the command that makes one", async () => {
  const root = temporaryFolder();
  await assert.rejects(openLake(root), {
    code: "input-missing",
    message: /wheelsdown ingest --lake/,
  });
  await assert.rejects(openLake(join(root, "nowhere")), { code: "input-missing" });
  assert.deepEqual(readdirSync(root), []);
});

/** What a lake tells of copies and of positions that were not kept, when there are none. */
const NOTHING_BESIDE = {
  notKept: { days: [], inputCount: 0, aircraftCount: 0 },
  isEventsOnlyUnfinished: false,
  areaCopies: { days: [], staleDays: [], byteCount: 0, isBroken: false },
};

test("an empty lake answers every question", async () => {
  const lake = await emptyLake();
  assert.deepEqual(await lake.addresses(), []);
  assert.deepEqual(await lake.inputs(), []);
  assert.deepEqual(await lake.identities(), []);
  assert.equal(await lake.track("4ca7b3" as Address), undefined);
  for await (const _ of lake.movements()) assert.fail("no movement was put in");
  assert.deepEqual(await lake.status(), {
    days: [],
    pointCount: 0,
    movementCount: 0,
    inputCount: 0,
    simulated: undefined,
    awaitingMovementCount: 0,
    byteCount: 0,
    generation: 0,
    partialInputCount: 0,
    traceDays: [],
    ...NOTHING_BESIDE,
    sources: [],
  });
  await lake.close();
  assert.deepEqual(readdirSync(lake.root).sort(), ["lake.json", "manifest.json"]);
});

test("the status says what is in the lake", async () => {
  const lake = await filledLake();
  const { byteCount, ...status } = await lake.status();
  assert.ok(byteCount > 1000);
  assert.deepEqual(status, {
    days: ["2019-01-31", "2019-02-01"],
    pointCount: 12,
    movementCount: 4,
    inputCount: 3,
    simulated: false,
    awaitingMovementCount: 0,
    generation: 4,
    partialInputCount: 0,
    ...NOTHING_BESIDE,
    traceDays: [],
    sources: [{ format: "readsb-trace", inputCount: 3, keptCount: 9 }],
  });
  await lake.close();
});

test("a lake of a newer program is refused, a broken one named", async () => {
  const lake = await filledLake();
  await lake.close();
  const lakeFile = join(lake.root, "lake.json");
  const manifestFile = join(lake.root, "manifest.json");
  const lakeText = readFileSync(lakeFile, "utf8");
  const manifestText = readFileSync(manifestFile, "utf8");
  const opened = async (lakeJson: string, manifestJson: string | undefined) => {
    writeFileSync(lakeFile, lakeJson);
    if (manifestJson === undefined) rmSync(manifestFile);
    else writeFileSync(manifestFile, manifestJson);
    await (await openLake(lake.root)).close();
  };
  await assert.rejects(opened(lakeText.replace('"schemaVersion": 1', '"schemaVersion": 2'), ""), {
    code: "lake-newer",
    message: /schema version 2.*newer wheelsdown/,
  });
  const broken = { code: "input-invalid", message: /manifest\.json/ };
  await assert.rejects(opened("{", manifestText), { code: "input-invalid", message: /lake\.json/ });
  await assert.rejects(opened('{"schema":"other"}', manifestText), { code: "input-invalid" });
  await assert.rejects(opened(lakeText, manifestText.slice(0, -9)), broken);
  await assert.rejects(opened(lakeText, undefined), broken);
  await assert.rejects(opened(lakeText, '{"schema":"wheelsdown-manifest"}'), broken);
  const escaping = manifestText.replace(/"inputs\/\w+/, `"inputs/../../${"a".repeat(32)}`);
  await assert.rejects(opened(lakeText, escaping), broken);
  await opened(lakeText, manifestText);
});

test("a lake whose own file is lost gets it back without losing its data", async () => {
  const lake = await filledLake();
  await lake.close();
  const before = contentOf(lake.root);
  rmSync(join(lake.root, "lake.json"));
  await assert.rejects(openLake(lake.root), { code: "input-missing" });
  await (await openLake(lake.root, { create: true })).close();
  assert.deepEqual(contentOf(lake.root), before);
});

test("simulated and observed inputs never share a lake", async () => {
  const lake = await emptyLake();
  const session = await lake.beginIngest();
  const simulated = inputOf("s", { sha256: "5".repeat(64), file: "made-up.json", simulated: true });
  const refused = { code: "input-invalid", message: /made-up\.json is simulated.*another folder/ };
  await assert.rejects(
    session.addBatch({ inputs: [inputOf("a"), simulated], tracks: [] }),
    refused,
  );
  assert.equal((await lake.status()).generation, 0);
  await session.addBatch({ inputs: [inputOf("a")], tracks: [] });
  await assert.rejects(session.addBatch({ inputs: [simulated], tracks: [] }), refused);
  await session.close();
  assert.equal((await lake.status()).simulated, false);
  await lake.close();

  const other = await emptyLake();
  const second = await other.beginIngest();
  await second.addBatch({ inputs: [simulated], tracks: [] });
  await assert.rejects(second.addBatch({ inputs: [inputOf("a")], tracks: [] }), {
    message: /a\.json is observed, but the lake holds what is simulated/,
  });
  await second.close();
  assert.equal((await other.status()).simulated, true);
  await other.close();
});

test("memory is asked back behind the last batch, while the session is being closed, and after", async () => {
  const lake = await emptyLake();
  for (let round = 0; round < 10; round++) {
    const session = await lake.beginIngest();
    const input = inputOf("a", { sha256: String(round).repeat(64), file: `${round}.json` });
    // As a run does that is stopped while a batch is written: who wrote it goes on when the closing has begun.
    const writing = session.addBatch({ inputs: [input], tracks: [] }).then(() => session.trim());
    await Promise.all([writing, session.close()]);
    await session.trim();
  }
  assert.equal((await lake.inputs()).length, 10);
  await lake.close();
});

test("malformed batches are refused before anything is written", async () => {
  const lake = await emptyLake();
  const session = await lake.beginIngest();
  const before = contentOf(lake.root);
  const unsorted = [{ ...POINT, timeMs: POINT.timeMs + 1 }, POINT];
  for (const track of [
    buildTrack("4ca7b3", unsorted, [sourceOf("a")]),
    buildTrack("4ca7b3", [{ ...POINT, timeMs: Number.NaN }], [sourceOf("a")]),
    buildTrack("4ca7b3", [{ ...POINT, timeMs: 8e15 }], [sourceOf("a")]),
    buildTrack("4ca7b3", [POINT], [sourceOf("b")]),
    buildTrack("4ca7b3", [POINT], [sourceOf("a", { simulated: true })]),
  ])
    await assert.rejects(session.addBatch({ inputs: [inputOf("a")], tracks: [track] }), RangeError);
  assert.deepEqual(contentOf(lake.root), before);
  await session.close();
  await lake.close();
});

test("the same bytes under two names in one batch count once", async () => {
  const lake = await emptyLake();
  const session = await lake.beginIngest();
  const copy = { file: "copy.json" };
  const sources = [sourceOf("a"), sourceOf("a", copy)];
  const track = buildTrack("4ca7b3", [POINT, { ...POINT, source: 1 }], sources);
  await session.addBatch({ inputs: [inputOf("a"), inputOf("a", copy)], tracks: [track] });
  await session.close();
  assert.equal((await lake.track(track.address))!.length, 1);
  assert.deepEqual(
    (await lake.inputs()).map(({ file }) => file),
    ["a.json"],
  );
  await lake.close();
});

test("one ingest at a time, and the next when it is over", async () => {
  const lake = await emptyLake();
  const session = await lake.beginIngest();
  await assert.rejects(lake.beginIngest(), {
    code: "lake-busy",
    message: new RegExp(`process ${process.pid} .*ingest\\.lock`),
  });
  const child = spawnSync(process.execPath, [RUN, lake.root], { encoding: "utf8" });
  assert.match(child.stderr, /lake-busy/);
  await session.close();
  await session.close();
  await (await lake.beginIngest()).close();
  await lake.close();
});

test("the lock of a process that is gone is taken over, that of another machine is not", async () => {
  const lake = await emptyLake();
  const lockFile = join(lake.root, "ingest.lock");
  const gone = spawnSync(process.execPath, ["-e", ""]).pid;
  const host = hostname();
  for (const stale of [
    "",
    "{",
    '{"pid":-1}',
    JSON.stringify({ pid: gone, host }),
    // Our own number, as containers give it again and again, but no lock of ours.
    JSON.stringify({ pid: process.pid, host }),
    // A living process that began at another time than the one that took the lock.
    ...(process.platform === "linux" ? [JSON.stringify({ pid: 1, host, began: "before:1" })] : []),
  ]) {
    writeFileSync(lockFile, stale);
    await (await lake.beginIngest()).close();
    assert.deepEqual(readdirSync(lake.root).sort(), ["lake.json", "manifest.json"], stale);
  }
  writeFileSync(lockFile, JSON.stringify({ pid: gone, host: "elsewhere", began: "" }));
  await assert.rejects(lake.beginIngest(), { code: "lake-busy", message: /on elsewhere/ });
  await lake.close();
});

test("left-over files of ours are removed, a user's own files never", async () => {
  const lake = await filledLake();
  const before = contentOf(lake.root);
  const leftOver = [
    `inputs/${"0".repeat(32)}.parquet`,
    "manifest.json.tmp",
    "ingest.lock.999999999",
  ];
  const own = ["inputs/notes.txt", "points/day=2019-01-31/mine.parquet", "README"];
  for (const name of [...leftOver, ...own]) writeFileSync(join(lake.root, name), name);
  await (await lake.beginIngest()).close();
  const after = Object.keys(contentOf(lake.root));
  assert.deepEqual(after, [...Object.keys(before), ...own].sort());
  await lake.close();
});

test("a changed or missing data file is found by verify", async () => {
  const lake = await filledLake();
  assert.deepEqual(await lake.verify(), []);
  const [first, second] = Object.keys(contentOf(lake.root)).filter((name) =>
    name.endsWith(".parquet"),
  );
  writeFileSync(join(lake.root, first!), "PAR1");
  rmSync(join(lake.root, second!));
  const broken = await lake.verify();
  assert.deepEqual(
    broken.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    [
      { path: first, problem: "changed" },
      { path: second, problem: "missing" },
    ],
  );
  await assert.rejects(lake.addresses(), { code: "io-failed" });
  await lake.close();
});

test("an open lake sees what an ingest added meanwhile", async () => {
  const lake = await emptyLake();
  assert.deepEqual(await lake.addresses(), []);
  await runIngest(lake.root);
  assert.deepEqual(await lake.addresses(), ["4ca7b3", "~00000a"]);
  await lake.close();
});

async function plainSql(sql: string): Promise<Record<string, Json>[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const rows = await (await connection.run(sql)).getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

test("any engine reads the files as they are: names, types, partitions", async () => {
  const root = join(temporaryFolder("wheelsdown-"), "plain");
  await runIngest(root);
  const duck = { TIMESTAMP_MS: "TIMESTAMP", DATE: "DATE" } as Record<string, string>;
  const physical: Record<string, string> = {
    INTEGER: "INT32",
    BIGINT: "INT64",
    DOUBLE: "DOUBLE",
    BOOLEAN: "BOOLEAN",
    VARCHAR: "BYTE_ARRAY",
    TIMESTAMP_MS: "INT64",
  };
  for (const { kind, columns } of FILE_TABLES) {
    const files = `'${root}/${kind}/**/*.parquet'`;
    const partition = { points: ["day DATE"], movements: ["month VARCHAR"] }[kind as string] ?? [];
    const described = await plainSql(`DESCRIBE SELECT * FROM read_parquet(${files})`);
    assert.deepEqual(
      described.map((row) => `${row.column_name} ${row.column_type}`),
      [...columns.map(({ name, type }) => `${name} ${duck[type] ?? type}`), ...partition],
    );
    const stored = await plainSql(`SELECT * FROM parquet_schema(${files}) WHERE type IS NOT NULL`);
    for (const row of stored) {
      const { type } = columns.find(({ name }) => name === row.name)!;
      assert.equal(row.type, physical[type], `${row.name}`);
      assert.doesNotMatch(String(row.converted_type), /UINT/);
      if (type === "TIMESTAMP_MS")
        assert.match(String(row.logical_type), /isAdjustedToUTC=0.*MILLIS=MilliSeconds/);
    }
  }
  const [seen] = await plainSql(
    `SELECT count(*) AS n, min(lat) AS lat, min(ts) AS ts FROM read_parquet('${root}/points/**/*.parquet')`,
  );
  assert.deepEqual(seen, { n: "12", lat: 10_000_000, ts: "2019-01-31 23:58:00" });
});

test("column names are lower case, told once for each table, and no words engines reserve", () => {
  const reserved =
    /^(?:date|time|timestamp|type|operator|order|user|group|table|row|rows|end|from|to)$/;
  for (const { columns } of FILE_TABLES) {
    const names = columns.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, meaning } of columns) {
      assert.match(name, /^[a-z][a-z0-9_]*$/);
      assert.doesNotMatch(name, reserved);
      assert.ok(meaning);
    }
  }
});
