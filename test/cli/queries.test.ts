import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const DAY_MS = Date.UTC(2019, 0, 23);

before(async () => {
  // Two aircraft land at Maiquetía on the same day, one of them a day later too.
  put(folder, "in/a.json", landingTrace({ hex: "4ca7b3", registration: "EI-DEO" }));
  put(
    folder,
    "in/b.json",
    landingTrace({ hex: "140001", registration: "RA-00001", callsign: "RSD1" }),
  );
  put(
    folder,
    "in/c.json",
    landingTrace({ hex: "140001", registration: "RA-00001", dayMs: DAY_MS + 86_400_000 }),
  );
  await runWell(["ingest", "in", "--lake", "lake"], options);
});

async function json(...words: string[]): Promise<Record<string, unknown>[]> {
  const text = await runWell([...words, "--json", "--quiet", "--lake", "lake"], options);
  return text === "" ? [] : jsonLines(text);
}

test("an area tells who was heard in it, how low and whether it landed", async () => {
  const found = await json("area", "--in", "VE", "--from", "2019-01-23", "--to", "2019-01-23");
  assert.deepEqual(
    found.map(({ hex, outcome, positions, simulated }) => [hex, outcome, positions, simulated]),
    [
      ["140001", "landed", 301, false],
      ["4ca7b3", "landed", 301, false],
    ],
  );
  const [visit] = found[0]!.visits as { first: { file: string; row: number }; entry: string }[];
  assert.match(visit!.first.file, /b\.json$/);
  assert.equal(visit!.first.row, 0);
  assert.equal(visit!.entry, "not-seen", "it was first heard inside");
  assert.deepEqual(await json("area", "--in", "CU"), []);
  assert.equal((await json("area", "--near", "SVMI", "--state", "RU")).length, 1);
  assert.equal((await json("area", "--near", "SVMI", "--callsign", "RSD*")).length, 1);
  assert.equal((await json("area", "--near", "SVMI", "--type", "B738")).length, 0);
});

test("an area by name, as a box in a file and across its parts gives the same aircraft", async () => {
  const ring = [
    [-68, 10],
    [-66, 10],
    [-66, 11],
    [-68, 11],
    [-68, 10],
  ];
  put(folder, "box.geojson", JSON.stringify({ type: "Polygon", coordinates: [ring] }));
  const boxed = await json("area", "--in", "box.geojson");
  assert.deepEqual(boxed, await json("area", "--in", "VE"));
  const [, both] = [boxed, await json("area", "--in", "VE", "--also", "10.6,-67", "--apart", "1h")];
  assert.equal(both.length, 2);
  assert.deepEqual((both[0]!.also as { apartS: number }).apartS, 0);
  assert.deepEqual(await json("area", "--in", "VE", "--also", "CU"), []);
});

test("corners on the command line are the area of the same polygon in a file, and order tells first from second", async () => {
  const corners = ["area", "--in", "10,-68 10,-66 11,-66 11,-68"];
  assert.deepEqual(await json(...corners), await json("area", "--in", "VE"));
  assert.equal((await json(...corners, "--altitude", "..5000")).length, 2);
  assert.deepEqual(await json(...corners, "--altitude", "60000.."), []);
  // All is heard in the wide area before it is heard in the narrow one within.
  const also = ["--also", "SVMI", "--also-near", "5km"];
  assert.equal((await json(...corners, ...also, "--order", "in-first")).length, 2);
  // One comes again a day later: its second visit to the wide area follows its first to the narrow one.
  const later = await json(...corners, ...also, "--order", "also-first");
  assert.deepEqual(
    later.map(({ hex, also: second }) => [hex, (second as { apartS: number }).apartS > 80_000]),
    [["140001", true]],
  );
  assert.deepEqual(await json(...corners, ...also, "--order", "also-first", "--apart", "1h"), []);
});

test("an area is written as CSV and as GeoJSON, and counted in words", async () => {
  const asked = ["area", "--near", "SVMI", "--within", "20km", "--lake", "lake"];
  const csv = await runWell([...asked, "--csv"], options);
  const [header, ...rows] = csv.trimEnd().split("\r\n");
  assert.match(header!, /^hex,registration,type,callsigns,outcome,from,to,entry,exit,/);
  assert.equal(rows.length, 3, "one row for each visit");
  const geo = JSON.parse(await runWell([...asked, "--geojson"], options)) as {
    simulated: boolean;
    features: { geometry: { type: string }; properties: { hex: string } }[];
  };
  assert.equal(geo.simulated, false);
  assert.equal(geo.features.length, 3);
  assert.equal(geo.features[0]!.geometry.type, "LineString");
  const empty = await runWell(["area", "--in", "CU", "--geojson", "--lake", "lake"], options);
  assert.deepEqual((JSON.parse(empty) as { features: unknown[] }).features, []);
  const text = await runWell(asked, options);
  assert.match(text, /2 aircraft were heard in .*SVMI/);
  assert.match(text, /2 landed or stood there[\s\S]*0 may have landed[\s\S]*0 passed over/);
  assert.match(text, /Nobody heard is not nobody there/);
});

test("a track is written point by point with its file and row, and as lines for maps", async () => {
  const points = await json("track", "--aircraft", "RA-00001", "--to", "2019-01-23");
  assert.equal(points.length, 301);
  assert.equal(points[7]!.row, 7);
  assert.equal(points[7]!.schema, "wheelsdown/point/1");
  const asked = ["track", "--hex", "140001", "--lake", "lake"];
  const csv = (await runWell([...asked, "--csv"], options)).trimEnd().split("\r\n");
  assert.equal(csv.length, 1 + 602);
  const gpx = await runWell([...asked, "--gpx"], options);
  assert.equal(gpx.match(/<trkseg>/g)?.length, 2, "no line where nobody heard it");
  assert.match(await runWell([...asked, "--kml"], options), /<gx:Track>/);
  assert.match(await runWell([...asked, "--geojson"], options), /"kind":"gap"/);
  assert.match(await runWell(asked, options), /RA-00001.*602 positions.*2 contacts/);
});

test("arrivals stand with local time and evidence class, and never add up with possible ones", async () => {
  const arrivals = await json("arrivals", "SVMI", "--no-coverage");
  assert.deepEqual(
    arrivals.map(({ direction, at, relation }) => [direction, at, relation]),
    Array.from({ length: 3 }, () => ["arrival", "SVMI", "named"]),
  );
  const text = await runWell(["arrivals", "CCS", "--lake", "lake"], options);
  assert.match(text, /3 landings \(seen G0: 3\)/);
  assert.match(text, /Wed 23 Jan 2019 0\d:\d\d/);
  assert.match(text, /not heard/, "where it came from is not in the lake");
  const departures = await runWell(["departures", "SVMI", "--lake", "lake"], options);
  assert.match(departures, /1 take-off \(inferred G7: 1\)/);
});

test("together finds who landed while another stood there, and says that it proves nothing", async () => {
  // Each is known to have landed, not when it left: two landings at the same moment are the overlap.
  const stays = await json("together", "--hex", "4ca7b3", "--for", "5min");
  assert.deepEqual(
    stays.map(({ kind, airport }) => [kind, airport]),
    [
      ["stay", "SVMI"],
      ["air", null],
    ],
  );
  const closest = stays[1]!.closest as { distanceKm: number; heightFt: number };
  assert.deepEqual([closest.distanceKm, closest.heightFt], [0, 0]);
  const text = await runWell(["together", "--hex", "4ca7b3", "--lake", "lake"], options);
  assert.match(text, /no evidence of a connection/);
  const far = await json("together", "--hex", "4ca7b3", "--for", "2h");
  assert.equal(far.length, 1);
});

test("a question that asks nothing, or nonsense, is told what is missing", async () => {
  const lake = ["--lake", join(folder, "lake")];
  await assertFailures(
    [
      { words: ["area", ...lake], code: 64, says: /which area\? give --in PLACE/ },
      { words: ["area", "--in", "VE", "--apart", "1h", ...lake], code: 64, says: /--also PLACE/ },
      {
        words: ["area", "--in", "VE", "--also", "CU", "--apart", "1x", ...lake],
        code: 64,
        says: /"1x" is no length of time/,
      },
      { words: ["track", ...lake], code: 64, says: /which aircraft\?/ },
      {
        words: ["arrivals", "Havanna", ...lake],
        code: 64,
        says: /no airport "Havanna"; nearest: MUHA/,
      },
      { words: ["together", ...lake], code: 64, says: /together with whom\?/ },
      {
        words: ["together", "--hex", "4ca7b3", "--for", "x", ...lake],
        code: 64,
        says: /length of time/,
      },
    ],
    options,
  );
});

test("partial days are said beside what was not found", async () => {
  for (let i = 0; i < 100; i++) {
    for (const first of ["1500", "1501", "1502", "1503"]) {
      const ending = i.toString(16).padStart(2, "0");
      const hex = `${first}${ending}`;
      const trace = {
        icao: hex,
        timestamp: DAY_MS / 1000,
        trace: [[0, 10, 10, 1000, 200, 90, 0, 0, null]],
      };
      put(folder, `half/2019-01-23/traces/${ending}/trace_full_${hex}.json`, JSON.stringify(trace));
    }
  }
  await runWell(["ingest", "half", "--lake", "half-lake"], options);
  const status = await runWell(["lake", "status", "--lake", "half-lake"], options);
  assert.match(status, /PARTIAL 2019-01-23: 100 of 256 folders, 400 traces; missing 64-ff/);
  const asked = ["landings", "--in", "VE", "--hex", "1500fe", "--lake", "half-lake"];
  const text = await runWell(asked, options);
  assert.match(text, /only 100 of 256 trace folders of 2019-01-23: aircraft of the missing/);
  assert.match(text, /the folder of 1500fe is missing on 2019-01-23/);
});

test("Ctrl-C ends a question with 130, a closed pipe quietly", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  const { code, signal, stderr } = await run(["area", "--in", "VE", "--lake", "lake"], {
    ...options,
    onStart: (child) => setTimeout(() => child.kill("SIGINT"), 1_500),
  });
  // It may have answered by then, or not have begun.
  assert.ok(code === 130 || code === 0 || signal === "SIGINT", `ended with ${code}`);
  assert.doesNotMatch(stderr, /bug of wheelsdown/);
  const closed = await run(["track", "--hex", "140001", "--json", "--lake", "lake"], {
    ...options,
    onStart: (child) => child.stdout!.destroy(),
  });
  assert.equal(closed.code, 0, closed.stderr);
});
