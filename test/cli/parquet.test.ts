import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { askForMap } from "../../src/cli/ask-map.js";
import { putParquet } from "../support/parquet.js";
import { tarOf } from "../support/tar.js";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const folder = temporaryFolder();
const place = (name: string) => join(folder, name);
mkdirSync(place("tmp"));
/** Temporary files lie where it can be seen that none is left. */
const options = {
  cwd: folder,
  env: { TMPDIR: place("tmp"), TEMP: place("tmp"), TMP: place("tmp") },
};
const SIMULATED = { hex: "4ca7b4", registration: "EI-DEP", simulated: true };

before(async () => {
  put(folder, "in/trace_full_4ca7b3.json", landingTrace());
  put(folder, "sim/trace_full_4ca7b4.json", landingTrace(SIMULATED));
  await runWell(["ingest", "in", "--lake", "lake", "--quiet"], options);
  await runWell(["ingest", "sim", "--lake", "sim-lake", "--quiet"], options);
  const track = ["track", "--quiet", "--hex"];
  await runWell([...track, "4ca7b3", "--parquet", "points.parquet", "--lake", "lake"], options);
  await runWell([...track, "4ca7b4", "--parquet", "sim.parquet", "--lake", "sim-lake"], options);
  writeFileSync(
    place("points.csv"),
    await runWell([...track, "4ca7b3", "--csv", "--lake", "lake"], options),
  );
  // The same positions, as tools around OpenSky write them, and in a table that nobody knows.
  const points = `FROM '${place("points.parquet").replaceAll("'", "''").replace(/[*?[]/g, "[$&]")}'`;
  await putParquet(
    place("states.parquet"),
    `SELECT "time" AT TIME ZONE 'UTC' AS "timestamp", hex AS icao24, lat AS latitude, lon AS longitude,
     altitudeFt AS altitude, groundSpeedKt AS groundspeed, trackAngleDeg AS track, verticalRateFpm AS vertical_rate,
     callsign, onGround AS onground ${points}`,
    "COMPRESSION zstd",
  );
  await putParquet(
    place("own.parquet"),
    `SELECT "time" AS "When", lat AS "Y", lon AS "X", altitudeFt * 0.3048 AS "Height", hex AS "ICAO", onGround AS gnd,
     {'a': 1} AS more ${points}`,
  );
});

const MAP = "time=When,lat=Y,lon=X,alt=Height:m,hex=ICAO,ground=gnd";

/** @returns what movements are, without what names the file and what no table of positions has */
async function movements(...words: string[]): Promise<Record<string, unknown>[]> {
  return comparable(await runWell(["movements", "--json", "--quiet", ...words], options));
}

function comparable(text: string): Record<string, unknown>[] {
  const unlike = new Set(["exhibits", "registration", "type"]);
  return jsonLines(text).map((movement) =>
    Object.fromEntries(Object.entries(movement).filter(([name]) => !unlike.has(name))),
  );
}

const refusedAs = (path: string, says: RegExp) => ({ words: ["movements", path], code: 65, says });

test("positions written as Parquet, or as CSV, give the movements of what they came from", async () => {
  const wanted = await movements("in");
  assert.equal(wanted.length, 1);
  assert.deepEqual(await movements("points.parquet"), wanted);
  assert.deepEqual(await movements("points.csv"), wanted);
  const [states] = await movements("states.parquet");
  assert.deepEqual(states, wanted[0]);
});

test("simulated positions stay simulated by way of Parquet", async () => {
  const [movement] = await movements("sim.parquet");
  assert.equal(movement!["simulated"], true);
});

test("exhibits name the Parquet file, its own hash and its rows", async () => {
  const [movement] = jsonLines(
    await runWell(["movements", "--json", "--quiet", "states.parquet"], options),
  );
  const sha256 = createHash("sha256")
    .update(readFileSync(place("states.parquet")))
    .digest("hex");
  assert.deepEqual(movement!["exhibits"], [
    { input: sha256, file: "states.parquet", rowFrom: 117, rowTo: 180 },
  ]);
});

test("a lake's own files and exports of movements are told from positions", async () => {
  const points = readdirSync(place("lake/points"))[0]!;
  const name = readdirSync(place(`lake/points/${points}`))[0]!;
  await runWell(["movements", "in", "--parquet", "movements.parquet", "--quiet"], options);
  await assertFailures(
    [
      refusedAs(
        `lake/points/${points}/${name}`,
        /out of the store of a lake; ask the lake, with --lake/,
      ),
      refusedAs("movements.parquet", /what was inferred and hold no positions/),
    ],
    options,
  );
});

test("a table in Parquet is read with a mapping, kept, and one reading of it is in a lake", async () => {
  const lake = ["--lake", "own-lake"];
  const ingest = ["ingest", "own.parquet", ...lake];
  await assertFailures(
    [
      refusedAs("own.parquet", /in Parquet, a table of no kind .*looks like --map/),
      { words: [...ingest, "--map", MAP], code: 65, says: /its times name no zone .*give --tz/ },
    ],
    options,
  );
  const asUtc = ["--map", MAP, "--tz", "UTC"];
  const config = { ...options, env: { ...options.env, WHEELSDOWN_CONFIG: place("config") } };
  const first = await run([...ingest, ...asUtc, "--save-map", "mine"], config);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stderr, /columns-left-out \(more \(STRUCT\(a INTEGER\)\)\)/);
  assert.match((await run([...ingest, "--map", "mine"], config)).stderr, /already/);
  const other = await run([...ingest, "--map", MAP, "--tz", "Europe/Paris"], options);
  assert.match(
    other.stderr,
    /the lake has these bytes, read as table --map .* --tz UTC, and not as/,
  );
  const [landing] = jsonLines(
    await runWell(["landings", "--in", "SVMI", ...lake, "--json", "--quiet"], options),
  );
  assert.equal((landing!["movement"] as { airport: string }).airport, "SVMI");
});

test("on a terminal a table in Parquet is shown as it would be read", async () => {
  const path = place("asked.parquet");
  await putParquet(
    path,
    `SELECT TIMESTAMPTZ '2019-01-23 12:00:00+00' AS seen_at, '4ca7b5' AS hex, 10.6 AS lat, -67.1 AS lon, 1200 AS alt_ft`,
  );
  const said: string[] = [];
  const terms = await askForMap(
    [path, place("mixed/cut.parquet")],
    {},
    {
      canAsk: true,
      say: (line) => said.push(line),
      ask: async () => "y",
    },
  );
  assert.equal(terms.map, "time=seen_at,lat=lat,lon=lon,alt=alt_ft,hex=hex");
  assert.equal(said[3]?.trim(), "4ca7b5 at 2019-01-23T12:00:00Z: 10.6, -67.1, 1200 ft");
});

test("inspect says that it is Parquet, what it holds and what to say", async () => {
  const { stdout } = await run(["inspect", "--json", "states.parquet", "own.parquet"], options);
  const told = jsonLines(stdout);
  const known = told.find(({ file }) => file === "states.parquet");
  const own = told.find(({ file }) => file === "own.parquet");
  assert.deepEqual(
    [known!["packing"], known!["format"], known!["rows"], known!["kept"]],
    ["parquet", "opensky-states", 301, 301],
  );
  assert.deepEqual([own!["outcome"], own!["needs"]], ["unknown", ["--map"]]);
  assert.match(String(own!["reason"]), /columns that no table can have: more \(STRUCT/);
  const text = await runWell(["inspect", "states.parquet"], options);
  assert.match(text, /^states\.parquet: OpenSky-style state vectors in Parquet\n/);
});

test("in an archive, in gzip and from standard input it is read too, and nothing is left behind", async () => {
  const bytes = readFileSync(place("states.parquet"));
  const wanted = await movements("states.parquet");
  const tar = tarOf([{ name: "a/states.parquet", content: bytes }]);
  put(folder, "plain.tar", tar);
  put(folder, "packed.tar.gz", gzipSync(tar));
  put(folder, "states.gz", gzipSync(bytes));
  for (const path of ["plain.tar", "packed.tar.gz", "states.gz"])
    assert.deepEqual(await movements(path), wanted, path);
  const piped = await run(["movements", "--json", "--quiet", "-"], { ...options, stdin: bytes });
  assert.equal(piped.code, 0, piped.stderr);
  assert.deepEqual(comparable(piped.stdout), wanted);
  assert.deepEqual(
    readdirSync(place("tmp")).filter((name) => !name.startsWith("wheelsdown-reference")),
    [],
  );
});

test("damaged files are told one by one and do not stop the others", async () => {
  const bytes = readFileSync(place("states.parquet"));
  put(folder, "mixed/cut.parquet", bytes.subarray(0, 3000));
  put(folder, "mixed/damaged.parquet", Buffer.from(bytes).fill(0x55, 4, 500));
  put(folder, "mixed/good.parquet", bytes);
  const { code, stdout, stderr } = await run(["movements", "--json", "mixed"], options);
  assert.equal(code, 65);
  assert.equal(jsonLines(stdout).length, 1);
  assert.match(stderr, /cut\.parquet: a Parquet file that breaks off/);
  assert.match(stderr, /damaged\.parquet: a Parquet file that cannot be read \(DuckDB: /);
});

test("a dossier rests on a Parquet file as on any other, and verify finds it", async () => {
  await runWell(["ingest", "states.parquet", "--lake", "d-lake", "--quiet"], options);
  put(folder, "fleet.csv", "hex,registration\n4ca7b3,EI-DEO\n");
  const ask = ["--in", "SVMI", "--fleet", "fleet.csv", "--lake", "d-lake", "--out", "dossier"];
  await runWell(["dossier", ...ask, "--quiet"], options);
  const verify = ["verify", "--json", "--quiet", "dossier"];
  const said = await runWell(
    [...verify, "--inputs", "states.parquet", "--lake", "d-lake"],
    options,
  );
  const { inputs } = JSON.parse(said) as { inputs: { file: string; state: string }[] };
  assert.deepEqual(
    inputs.map(({ file, state }) => [file, state]),
    [["states.parquet", "present"]],
  );
});

/** @returns a Python that loads pandas with pyarrow, if there is one */
function findPython(): string | undefined {
  const named = process.env["WHEELSDOWN_PYTHON"];
  const commands = named ? [named] : [join(ROOT, ".engines/venv/bin/python"), "python3"];
  return commands.find(
    (command) => spawnSync(command, ["-c", "import pandas, pyarrow.parquet"]).status === 0,
  );
}

const PANDAS = `
import sys, pandas
states = pandas.read_parquet(sys.argv[1])
for name, options in [("snappy", {}), ("gzip", {"compression": "gzip", "row_group_size": 37}),
                      ("zstd", {"compression": "zstd", "use_dictionary": False, "write_page_checksum": True}),
                      ("int96", {"use_deprecated_int96_timestamps": True}), ("ms", {"coerce_timestamps": "ms"}),
                      ("v1", {"version": "1.0", "data_page_version": "2.0"})]:
    states.to_parquet(f"{sys.argv[2]}/{name}.parquet", **options)
words = states.assign(icao24=states.icao24.astype("category"), callsign=states.callsign.astype("category"))
words.set_index("timestamp").to_parquet(f"{sys.argv[2]}/index.parquet")
naive = states.assign(timestamp=states.timestamp.dt.tz_convert("UTC").dt.tz_localize(None))
naive.to_parquet(f"{sys.argv[2]}/naive.parquet")
there = states.assign(timestamp=states.timestamp.dt.tz_convert("Asia/Tokyo").astype("datetime64[ns, Asia/Tokyo]"))
there.to_parquet(f"{sys.argv[2]}/tokyo.parquet")
`;

test("what pandas writes, in any way it can, is read as what it was", async (context) => {
  const python = findPython();
  if (python === undefined) {
    assert.notEqual(process.env["WHEELSDOWN_REQUIRE_ENGINES"], "1", "no Python with pyarrow");
    context.skip(
      "no Python with pyarrow and pandas; `npm run engines:prepare` fetches what is missing",
    );
    return;
  }
  mkdirSync(place("pandas"));
  const ran = spawnSync(python, ["-c", PANDAS, place("states.parquet"), place("pandas")], {
    encoding: "utf8",
  });
  assert.equal(ran.status, 0, ran.stderr);
  const wanted = await movements("states.parquet");
  const names = readdirSync(place("pandas"));
  assert.equal(names.length, 9);
  for (const name of names) assert.deepEqual(await movements(`pandas/${name}`), wanted, name);
});

test("the Parquet in the collection of samples is told what it is", async (context) => {
  const path = join(ROOT, "../shared/data/opdi-sample/example_events.parquet");
  if (!existsSync(path)) return context.skip("no collection of samples beside the repository");
  const { code, stderr } = await run(["movements", path], options);
  assert.equal(code, 65);
  assert.match(stderr, /in Parquet, a table of no kind that is known; it looks like --map/);
});
