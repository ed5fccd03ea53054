import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, test } from "node:test";
import { parse } from "csv-parse/sync";
import { jsonLines, MAIN, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const MOVEMENT_KEYS =
  "schema hex registration type callsign kind timeFrom timeTo time airport airportName country candidates offAirport " +
  "lat lon runway evidence class probability basis simulated timeLocal timeZone exhibits coverage priors";
const GAP_KEYS = "schema hex from to durationS last next distanceKm averageSpeedKt simulated";
const INPUT_KEYS = "schema file sha256 format rows kept issues simulated";
const DAY_MS = 86_400_000;

const folder = temporaryFolder();
const options = { cwd: folder };

before(() => {
  const firstMs = Date.UTC(2019, 0, 23);
  put(folder, "in/trace_full_4ca7b3.json", landingTrace({ callsign: "=1+1" }));
  put(folder, "in/next/trace_full_4ca7b3.json", landingTrace({ dayMs: firstMs + DAY_MS }));
  put(folder, "in/other.json", landingTrace({ hex: "157713", registration: "RA-96019" }));
});

test("JSON lines have the keys of their schema, all of them and in order", async () => {
  const text = await runWell(["movements", "--json", "--gaps", "--inputs", "in"], options);
  const lines = jsonLines(text);
  const keys: Record<string, string> = {
    "wheelsdown/movement/1": MOVEMENT_KEYS,
    "wheelsdown/gap/1": GAP_KEYS,
    "wheelsdown/input/1": INPUT_KEYS,
  };
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const schema = String(line["schema"]);
    assert.equal(Object.keys(line).join(" "), keys[schema], schema);
    counts[schema] = (counts[schema] ?? 0) + 1;
  }
  assert.deepEqual(counts, {
    "wheelsdown/movement/1": 4,
    "wheelsdown/gap/1": 1,
    "wheelsdown/input/1": 3,
  });
  const landing = lines.find((line) => line["hex"] === "157713" && line["kind"] === "landing")!;
  assert.equal(landing["airport"], "SVMI");
  assert.equal(landing["runway"], "10");
  assert.equal(landing["class"], "G0");
  assert.match(String(landing["timeLocal"]), /^Wed 23 Jan 2019 08:/);
});

test("priors can be left out, and the answer says what that does to its probabilities", async () => {
  const { code, stdout, stderr } = await run(
    ["movements", "--no-priors", "in/other.json"],
    options,
  );
  assert.equal(code, 0);
  assert.match(stdout, /SVMI/);
  assert.match(stderr, /without priors/);
  assert.doesNotMatch(
    (await run(["movements", "in/other.json"], options)).stderr,
    /without priors/,
  );
});

test("the same files give the same bytes in any order, on any clock and in any language", async () => {
  const words = ["movements", "--json", "--gaps", "--inputs"];
  const files = ["in/trace_full_4ca7b3.json", "in/next/trace_full_4ca7b3.json", "in/other.json"];
  const first = await runWell([...words, ...files], options);
  const others = await Promise.all([
    runWell([...words, ...files.toReversed()], options),
    runWell([...words, files[1]!, files[1]!, files[2]!, files[0]!], {
      ...options,
      env: { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8", FORCE_COLOR: "3" },
    }),
    runWell([...words, "in"], options),
  ]);
  for (const other of others) assert.equal(other, first);
});

test("CSV, GeoJSON and KML are whole documents with every movement", async () => {
  const rows = parse(await runWell(["movements", "--csv", "in"], options), {
    columns: true,
  }) as Record<string, string>[];
  assert.deepEqual(rows.map(({ hex }) => hex).sort(), ["157713", "4ca7b3", "4ca7b3", "4ca7b3"]);
  const map = JSON.parse(await runWell(["movements", "--geojson", "in"], options)) as {
    type: string;
    features: { geometry: { type: string; coordinates: number[] } }[];
  };
  assert.equal(map.type, "FeatureCollection");
  assert.equal(map.features.length, 4);
  assert.ok(map.features[0]!.geometry.coordinates[0]! < -66, "longitude first");
  const kml = await runWell(["movements", "--kml", "in"], options);
  assertWholeXml(kml);
  assert.equal(kml.match(/<Placemark>/g)?.length, 4);
});

/** Every element that opens closes, in order. */
function assertWholeXml(text: string): void {
  const open: string[] = [];
  for (const [, end, name, empty] of text.matchAll(/<(\/?)([A-Za-z][\w:]*)[^<>]*?(\/?)>/g)) {
    if (end) assert.equal(open.pop(), name);
    else if (!empty) open.push(name!);
  }
  assert.deepEqual(open, []);
}

test("text for people has no colour and no progress in a pipe, whatever the terminal", async () => {
  const words = ["movements", "--gaps", "--basis", "--inputs", "in"];
  const plain = await run(words, options);
  assert.equal(plain.code, 0);
  assert.ok(!plain.stdout.includes("\u001b"));
  assert.equal(plain.stderr, "");
  assert.match(plain.stdout, /^input in\/trace_full_4ca7b3\.json: readsb-trace, 301 of 301 rows/m);
  assert.match(plain.stdout, /^ {2}2019-01-23 12:1\dZ +landing +SVMI Maiquetía.* 10 +seen G0 /m);
  assert.match(plain.stdout, /not heard 2019-01-23T12:26:00Z to 2019-01-24T12:01:00Z, 23 h 35 min/);
  const wide = await run(words, { ...options, env: { COLUMNS: "300", FORCE_COLOR: "1" } });
  assert.equal(wide.stdout, plain.stdout);
  const quiet = await run([...words, "--quiet"], { ...options, env: { NO_COLOR: "1" } });
  assert.equal(quiet.stdout, plain.stdout);
});

test("a reader that has seen enough ends the command quietly", (context) => {
  if (process.platform === "win32") return context.skip("needs a POSIX shell");
  const shell = `set -o pipefail; "$0" "$1" movements --json --gaps --inputs in | head -n 1`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", shell, process.execPath, MAIN], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  assert.equal(status, 0);
  assert.equal(jsonLines(stdout).length, 1);
});

test("output that cannot be written ends with 74", (context) => {
  if (process.platform !== "linux") return context.skip("needs /dev/full");
  const shell = `"$0" "$1" movements in > /dev/full`;
  const { status, stderr } = spawnSync("bash", ["-c", shell, process.execPath, MAIN], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.match(stderr, /error: cannot write the output: ENOSPC/);
  assert.equal(status, 74);
});

test("a bad file among good ones is told, the good ones are read, and the end is 65", async () => {
  put(folder, "page.json", "<html>404</html>");
  const words = ["movements", "--json", "page.json", "in/other.json", "--quiet"];
  const { code, stdout, stderr } = await run(words, options);
  assert.equal(jsonLines(stdout).length, 1);
  assert.match(stderr, /^warning: page.json: an HTML page.*\n$/);
  assert.equal(code, 65);
});

test("with --inputs it is told how many traces were read the slow way", async () => {
  const trace: unknown = JSON.parse(landingTrace({}));
  put(folder, "indented/trace_full_4ca7b3.json", JSON.stringify(trace, undefined, 2));
  const asked = await run(["movements", "--inputs", "indented", "in"], options);
  assert.match(asked.stderr, /1 trace is written in another form than usual/);
  const unasked = await run(["movements", "indented"], options);
  assert.doesNotMatch(unasked.stderr, /another form/);
});

test("a track without altitudes says that this is why nothing can be said of it", async () => {
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${1_548_201_600 + 10 * i},4ca7b3,${50 + i / 100},8`,
  );
  put(folder, "flat.csv", ["time,icao24,lat,lon", ...rows].join("\n"));
  const said = await runWell(["movements", "flat.csv"], options);
  assert.match(
    said,
    /nothing can be said .*: no position has an altitude or says that it is on the ground/,
  );
});
