import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { assertFailures, type Ran, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const DAY_MS = Date.UTC(2019, 0, 23);

/** A trace of straight lines at 36,000 ft: one position a 20 s from `startS` after midnight on, through each place. */
function cruiseTrace(hex: string, startS: number, places: readonly (readonly [number, number])[]) {
  const rows = places.flatMap(([latDeg, lonDeg], index) => {
    const next = places[index + 1];
    if (!next) return [];
    return Array.from({ length: 60 }, (_, step) => {
      const part = step / 60;
      const turn = ((next[1] - lonDeg + 540) % 360) - 180;
      const lon = ((lonDeg + turn * part + 540) % 360) - 180;
      const lat = latDeg + (next[0] - latDeg) * part;
      const seconds = startS + (index * 60 + step) * 20;
      return [seconds, Number(lat.toFixed(6)), Number(lon.toFixed(6)), 36_000, 450, 90, 0, 0, null];
    });
  });
  return JSON.stringify({
    icao: hex,
    r: `N${hex}`,
    t: "B77W",
    timestamp: DAY_MS / 1000,
    trace: rows,
  });
}

before(async () => {
  put(folder, "in/a.json", landingTrace({ hex: "4ca7b3", registration: "EI-DEO" }));
  put(folder, "in/b.json", landingTrace({ hex: "140001", dayMs: DAY_MS + 86_400_000 }));
  // Across the antimeridian, over the pole, and through midnight.
  put(
    folder,
    "in/c.json",
    cruiseTrace("a00001", 36_000, [
      [-17, 178],
      [-17, -179],
      [-16, -176],
    ]),
  );
  put(
    folder,
    "in/d.json",
    cruiseTrace("a00002", 50_000, [
      [88, 10],
      [89.8, 40],
      [88, 170],
    ]),
  );
  put(
    folder,
    "in/e.json",
    cruiseTrace("a00003", 85_500, [
      [9, -66],
      [10, -66.5],
      [12, -67],
    ]),
  );
  await runWell(["ingest", "in", "--lake", "lake"], options);
});

const box = (west: number, east: number) => {
  const ring = [
    [west, -18],
    [east, -18],
    [east, -15],
    [west, -15],
    [west, -18],
  ];
  return { type: "Polygon", coordinates: [ring] };
};

function questions(): string[][] {
  writeFileSync(
    join(folder, "fiji-two.geojson"),
    JSON.stringify({
      type: "MultiPolygon",
      coordinates: [box(177, 180).coordinates, box(-180, -177).coordinates],
    }),
  );
  const midnight = ["--from", "2019-01-23T23:30Z", "--to", "2019-01-24T00:30Z"];
  return [
    ["area", "--in", "VE"],
    ["area", "--in", "VE", ...midnight],
    ["area", "--in", "VE", "--from", "2019-01-24", "--geojson"],
    ["area", "--in", "fiji-two.geojson", "--json"],
    ["area", "--near", "-17,179.9", "--within", "200km", "--json"],
    ["area", "--near", "90,0", "--within", "200km", "--json"],
    ["area", "--near", "SVMI", "--within", "30km", "--also", "10.6,-67.2", "--json"],
    ["together", "--hex", "4ca7b3", "--json"],
    ["together", "--hex", "a00003", "--within", "400km", "--for", "1min", ...midnight],
  ];
}

/** @param only how many of the questions; each costs the start of a process */
async function answers(only = Number.POSITIVE_INFINITY): Promise<Ran[]> {
  const found: Ran[] = [];
  for (const words of questions().slice(0, only))
    found.push(await run([...words, "--lake", "lake"], options));
  return found;
}

test("areas are answered with the same bytes with copies, with some, with a stale one and without", async () => {
  const without = await answers();
  for (const { code, stderr } of without) assert.equal(code, 0, stderr);
  assert.ok(without.slice(3, 6).every(({ stdout }) => stdout.includes('"schema"')));
  const one = ["lake", "compact", "--layout", "area", "--day", "2019-01-23", "--lake", "lake"];
  assert.match(await runWell(one, options), /^1 day sorted by area: copies of /);
  assert.deepEqual(await answers(), without, "one day's copy");
  const all = ["lake", "compact", "--layout", "area", "--lake", "lake"];
  assert.match(await runWell(all, options), /^1 day sorted by area; 1 had one already: /);
  assert.deepEqual(await answers(), without, "copies of both days");
  const status = await runWell(["lake", "status", "--lake", "lake"], options);
  assert.match(status, /copies sorted by area: 2 days, /);
  assert.doesNotMatch(status, /STALE/);
  assert.match(await runWell(["lake", "verify", "--lake", "lake"], options), /as it was written/);
});

test("a day that changes makes its copy stale, until it is made again or dropped", async () => {
  put(folder, "in/f.json", landingTrace({ hex: "4caaaa" }));
  await runWell(["ingest", "in", "--lake", "lake"], options);
  const status = await runWell(["lake", "status", "--lake", "lake"], options);
  assert.match(status, /STALE, of days that have changed since, not used: 2019-01-23; make them/);
  const stale = await answers(1);
  assert.match(stale[0]!.stdout, /4caaaa|EI-DEO[\s\S]*EI-DEO/);
  await runWell(["lake", "compact", "--layout", "area", "--lake", "lake"], options);
  assert.deepEqual(await answers(1), stale);
  const path = /areas\/[^"]*parquet/.exec(
    readFileSync(join(folder, "lake/areas.json"), "utf8"),
  )![0];
  writeFileSync(join(folder, "lake", path), "no Parquet");
  assert.deepEqual(await answers(1), stale, "a copy of another size is not used");
  const verified = await run(["lake", "verify", "--lake", "lake"], options);
  assert.equal(verified.code, 65);
  assert.match(verified.stdout, /^changed: areas\/.*\n1 file of the copies sorted by area not as/);
  assert.match(
    await runWell(["lake", "compact", "--remove", "--lake", "lake"], options),
    /^2 copies of days dropped/,
  );
  assert.ok(!existsSync(join(folder, "lake/areas.json")));
  assert.deepEqual(await answers(1), stale);
});

test("what cannot be compacted says why", async () => {
  await assertFailures(
    [
      { words: ["lake", "compact", "--lake", "lake"], code: 64, says: /--layout area.*--remove/ },
      {
        words: ["lake", "compact", "--layout", "hex", "--lake", "lake"],
        code: 64,
        says: /area, add/,
      },
      {
        words: ["lake", "compact", "--layout", "area", "--day", "23.1.2019", "--lake", "lake"],
        code: 64,
        says: /write a day as 2019-01-23/,
      },
      {
        words: ["lake", "compact", "--layout", "area", "--day", "2019-02-30", "--lake", "lake"],
        code: 64,
        says: /write a day as 2019-01-23/,
      },
      {
        words: [
          "lake",
          "compact",
          "--layout",
          "area",
          "--day",
          "2018-01-01..2018-01-09",
          "--lake",
          "lake",
        ],
        code: 66,
        says: /no positions of 2018-01-01 to 2018-01-09/,
      },
      {
        words: ["lake", "compact", "--layout", "area", "--lake", "none"],
        code: 66,
        says: /no lake/,
      },
    ],
    options,
  );
});
