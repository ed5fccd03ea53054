import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const folder = temporaryFolder();
const options = { cwd: folder };
const LAKE = ["--lake", "lake", "--quiet"];

before(async () => {
  const hostile = { hex: "4ca7b3", registration: '<b>"&', callsign: "🛬<>&" };
  put(folder, "in/a.json", landingTrace({ ...hostile, simulated: true }));
  const plain = { hex: "140001", registration: "RA-00001", simulated: true };
  const dayMs = Date.UTC(2019, 0, 24);
  put(folder, "in/b.json", landingTrace({ ...plain }));
  put(folder, "in/c.json", landingTrace({ ...plain, dayMs }));
  await runWell(["ingest", "in", "--lake", "lake"], options);
});

/** Rows of SQL over a Parquet file, by a DuckDB in a process of its own that knows nothing of this program. */
function query(sql: string): Record<string, unknown>[] {
  const script = `
    const { DuckDBInstance } = require("@duckdb/node-api");
    DuckDBInstance.create(":memory:").then(async (instance) => {
      const connection = await instance.connect();
      const reader = await connection.runAndReadAll(process.argv[1]);
      console.log(JSON.stringify(reader.getRowObjectsJson()));
    });`;
  const ran = spawnSync(process.execPath, ["-e", script, sql], { cwd: ROOT, encoding: "utf8" });
  assert.equal(ran.status, 0, ran.stderr);
  return JSON.parse(ran.stdout) as Record<string, unknown>[];
}

function fileSql(name: string): string {
  return `'${join(folder, name).replaceAll("'", "''").replace(/[*?[]/g, "[$&]")}'`;
}

test("positions are written as Parquet that holds what the CSV holds, with points as GeoParquet has them", async () => {
  const asked = ["track", "--hex", "140001,4ca7b3"];
  const said = await run([...asked, "--parquet", "points.parquet", "--lake", "lake"], options);
  assert.equal(said.code, 0, said.stderr);
  assert.equal(said.stdout, "");
  assert.match(said.stderr, /903 rows of positions written to points\.parquet/);
  const points = await runWell([...asked, "--json", ...LAKE], options);
  const wanted = jsonLines(points);
  const found = query(
    `SELECT hex, strftime("time", '%Y-%m-%dT%H:%M:%SZ') AS time, lat, lon, "altitudeFt", "onGround", callsign, file,
       "row"::INTEGER AS "row", input, simulated, "timeMs"::DOUBLE = epoch_ms("time")::DOUBLE AS same,
       hex(ST_AsWKB(geometry)::BLOB) AS wkb
     FROM ${fileSql("points.parquet")}`,
  );
  assert.equal(found.length, wanted.length);
  found.forEach((row, i) => {
    const { wkb, same, ...rest } = row;
    assert.equal(same, true);
    for (const [key, value] of Object.entries(rest)) assert.equal(value, wanted[i]![key], key);
    const bytes = Buffer.from(String(wkb), "hex");
    assert.deepEqual(
      [bytes[0], bytes.readUInt32LE(1), bytes.readDoubleLE(5), bytes.readDoubleLE(13)],
      [1, 1, row["lon"], row["lat"]],
    );
  });
  const gaps = query(
    `SELECT hex, "gapBeforeS"::INTEGER AS s FROM ${fileSql("points.parquet")} WHERE "gapBeforeS" IS NOT NULL`,
  );
  assert.deepEqual(gaps, [{ hex: "140001", s: 86_400 - 1500 }]);
});

test("a Parquet file says that it is GeoParquet, in UTC, by which version, and whether it was simulated", async () => {
  await runWell(["landings", "--in", "VE", "--parquet", "landings.parquet", ...LAKE], options);
  const told = query(
    `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${fileSql("landings.parquet")})`,
  );
  const values = Object.fromEntries(told.map(({ key, value }) => [key, JSON.parse(String(value))]));
  assert.deepEqual(values["geo"].columns.geometry.encoding, "WKB");
  assert.deepEqual(values["geo"].columns.geometry.geometry_types, ["Point"]);
  assert.equal(values["wheelsdown"].simulated, true);
  assert.equal(values["wheelsdown"].times, "UTC");
  assert.match(values["wheelsdown"].program, /^wheelsdown \d/);
  const rows = query(
    `SELECT hex, airport, evidence, class, typeof(timeFrom) AS t FROM ${fileSql("landings.parquet")} ORDER BY ALL`,
  );
  assert.deepEqual(rows, [
    { hex: "140001", airport: "SVMI", evidence: "seen", class: "G0", t: "TIMESTAMP" },
    { hex: "140001", airport: "SVMI", evidence: "seen", class: "G0", t: "TIMESTAMP" },
    { hex: "4ca7b3", airport: "SVMI", evidence: "seen", class: "G0", t: "TIMESTAMP" },
  ]);
  for (const words of [
    ["movements", "in"],
    ["arrivals", "SVMI", "--lake", "lake"],
  ]) {
    await runWell([...words, "--parquet", "more.parquet", "--quiet"], options);
    assert.deepEqual(
      query(`SELECT count(*)::INTEGER AS n FROM ${fileSql("more.parquet")}`).length,
      1,
    );
  }
});

test("an answer of nothing is a Parquet file of no rows, with its columns", async () => {
  await runWell(["landings", "--in", "CU", "--parquet", "none.parquet", ...LAKE], options);
  assert.deepEqual(query(`SELECT hex, "timeMs" FROM ${fileSql("none.parquet")}`), []);
});

test("map files hold several aircraft, each by its name, and say what was simulated", async () => {
  const asked = ["track", "--hex", "140001,4ca7b3", ...LAKE];
  const kml = await runWell([...asked, "--kml"], options);
  assert.match(kml, /<name>SIMULATED Tracks<\/name>/);
  assert.match(kml, /<Folder><name>SIMULATED RA-00001<\/name>/);
  assert.match(kml, /<Folder><name>SIMULATED &lt;b&gt;&quot;&amp;<\/name>/);
  const czml = JSON.parse(await runWell([...asked, "--czml"], options)) as { id: string }[];
  assert.deepEqual(
    czml.map(({ id }) => id).filter((id) => !id.includes("/")),
    ["document", "140001", "4ca7b3"],
  );
  assert.equal((await runWell([...asked, "--gpx"], options)).match(/<trkseg>/g)?.length, 3);
  const trips = JSON.parse(await runWell([...asked, "--trips"], options)) as { features: object[] };
  assert.ok(trips.features.length >= 4);
  const journeys = ["journeys", "--hex", "140001", ...LAKE];
  assert.match(
    await runWell([...journeys, "--kml"], options),
    /<name>SIMULATED Journey 1 of RA-00001/,
  );
  assert.match(await runWell([...journeys, "--gpx"], options), /<wpt [^>]+><time>.*seen<\/name>/);
  assert.ok(JSON.parse(await runWell([...journeys, "--czml"], options)));
});

test("heights are drawn as asked", async () => {
  const asked = ["track", "--hex", "140001", "--kml", ...LAKE];
  const drawn = async (mode: string) => runWell([...asked, "--altitude-mode", mode], options);
  assert.match(await drawn("pressure"), /<altitudeMode>absolute/);
  assert.doesNotMatch(await drawn("ground"), /<altitudeMode>absolute/);
  assert.match(await drawn("sea-level"), /altitude unknown, drawn on the ground below/);
  assert.equal(await drawn("auto"), await runWell(asked, options));
});

test("the same question gives the same files, whatever the time zone, the language and the threads", async () => {
  const elsewhere = {
    ...options,
    env: {
      TZ: "Pacific/Chatham",
      LANG: "tr_TR.UTF-8",
      LC_ALL: "ar_EG.UTF-8",
      UV_THREADPOOL_SIZE: "1",
    },
  };
  const here = { ...options, env: { TZ: "UTC", LANG: "C", LC_ALL: "C" } };
  for (const words of [
    ...["csv", "geojson", "trips", "kml", "czml", "gpx"].map((format) => ["track", `--${format}`]),
    ...["csv", "geojson", "kml", "czml", "gpx"].map((format) => ["journeys", `--${format}`]),
  ]) {
    const asked = [...words, "--hex", "140001", ...LAKE];
    const [there, at] = await Promise.all([runWell(asked, elsewhere), runWell(asked, here)]);
    assert.equal(there, at, words.join(" "));
  }
  const written = async (name: string, place: typeof here) => {
    await runWell(["track", "--hex", "140001", "--parquet", name, ...LAKE], place);
    return readFileSync(join(folder, name));
  };
  assert.deepEqual(await written("one.parquet", elsewhere), await written("two.parquet", here));
});

test("a file that cannot be written is told before the question is asked, and leaves nothing behind", async () => {
  mkdirSync(join(folder, "taken.parquet"));
  const track = ["track", "--hex", "140001", ...LAKE];
  await assertFailures(
    [
      {
        words: [...track, "--parquet", "no/such/x.parquet"],
        code: 74,
        says: /cannot write no\/such\/x\.parquet: there is no folder no\/such/,
      },
      { words: [...track, "--parquet", "taken.parquet"], code: 74, says: /it is a folder/ },
      { words: [...track, "--parquet", "-"], code: 64, says: /--parquet needs the name of a file/ },
      { words: [...track, "--parquet"], code: 64, says: /argument missing/ },
      { words: [...track, "--parquet", "x", "--csv"], code: 64, says: /cannot be used with/ },
      { words: [...track, "--kml", "--czml"], code: 64, says: /cannot be used with/ },
      {
        words: [...track, "--csv", "--altitude-mode", "ground"],
        code: 64,
        says: /--altitude-mode goes with one of --trips, --kml, --czml, --gpx/,
      },
      { words: [...track, "--kml", "--altitude-mode", "high"], code: 64, says: /Allowed choices/ },
      {
        words: ["journeys", "--hex", "140001", "--altitude-mode", "ground", ...LAKE],
        code: 64,
        says: /goes with one of --kml, --czml, --gpx/,
      },
      {
        words: ["movements", "in", "--parquet", "no/such/x.parquet"],
        code: 74,
        says: /there is no folder/,
      },
    ],
    options,
  );
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".tmp")),
    [],
  );
});

test("CSV has each time as text and as a number, and the silence before a position", async () => {
  const csv = await runWell(["track", "--hex", "140001", "--csv", ...LAKE], options);
  const [head, ...rows] = csv.trimEnd().split("\r\n");
  const names = head!.split(",");
  const cells = rows.map((row) => row.split(","));
  const cellOf = (row: string[], name: string) => row[names.indexOf(name)];
  for (const row of cells) {
    const timeMs = Number(cellOf(row, "timeMs"));
    assert.equal(new Date(timeMs).toISOString().slice(0, 19), cellOf(row, "time")!.slice(0, 19));
    assert.match(cellOf(row, "input")!, /^[0-9a-f]{64}$/);
  }
  const gaps = cells.flatMap((row) => cellOf(row, "gapBeforeS") || []);
  assert.deepEqual(gaps, ["84900"]);
});
