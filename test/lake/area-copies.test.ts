import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { BoundingBox } from "../../src/geo/box.js";
import { openReader, sqlFiles } from "../../src/lake/duckdb.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import type { Track } from "../../src/track/track.js";
import { type BuiltPoint, buildTrack, inputOf, sourceOf } from "./build-track.js";
import { runCompact } from "./compact-run.js";
import { runIngest } from "./ingest-run.js";
import { contentOf, temporaryFolder } from "./temporary-folder.js";

const RUN = fileURLToPath(new URL("compact-run.js", import.meta.url));
const DAY = "2019-01-23";
const DAY_MS = Date.UTC(2019, 0, 23);
const HOUR_MS = 3_600_000;

/** One position a ten minutes for 30 hours from noon on, going east round the world at one latitude. */
function circler(index: number): Track {
  const points: BuiltPoint[] = [];
  for (let row = 0; row < 180; row++) {
    const lonDeg = ((index * 37 + row * 4 + 180) % 360) - 180;
    const latDeg = index % 5 === 0 ? 89.5 : -60 + ((index * 13) % 120);
    points.push({ timeMs: DAY_MS + 12 * HOUR_MS + row * 600_000, latDeg, lonDeg, row });
  }
  return buildTrack((0x4c_a000 + index).toString(16), points, [sourceOf("a")]);
}

async function lakeOfCirclers(): Promise<Lake> {
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  const tracks = Array.from({ length: 40 }, (_, index) => circler(index));
  await session.addBatch({ inputs: [inputOf("a")], tracks: tracks.slice(0, 25) });
  await session.addBatch({ inputs: [inputOf("b")], tracks: tracks.slice(25) });
  await session.close();
  return lake;
}

const BOXES: readonly BoundingBox[] = [
  { southDeg: 10, northDeg: 12, westDeg: -68, eastDeg: -60 },
  { southDeg: -20, northDeg: 20, westDeg: 170, eastDeg: -170 },
  { southDeg: 88, northDeg: 90, westDeg: -180, eastDeg: 180 },
  { southDeg: -90, northDeg: 90, westDeg: -180, eastDeg: 180 },
];
const PERIODS = [
  { fromMs: DAY_MS + 22 * HOUR_MS, toMs: DAY_MS + 26 * HOUR_MS },
  { fromMs: DAY_MS, toMs: DAY_MS + 48 * HOUR_MS },
  { fromMs: DAY_MS + 14.3 * HOUR_MS, toMs: DAY_MS + 14.6 * HOUR_MS },
];

async function answers(lake: Lake): Promise<Track[][]> {
  const found: Track[][] = [];
  for (const period of PERIODS) {
    for (const boxes of [...BOXES.map((box) => [box]), BOXES.slice(0, 2)]) {
      const tracks: Track[] = [];
      for await (const track of lake.tracksNear({ boxes, ...period })) tracks.push(track);
      found.push(tracks);
    }
  }
  return found;
}

test("tracks near boxes are the same from copies, from some days' copies and without any", async () => {
  const lake = await lakeOfCirclers();
  const without = await answers(lake);
  assert.ok(without.flat().length > 100);
  const manifest = readFileSync(join(lake.root, "manifest.json"), "utf8");
  await lake.compact({ layout: "area", days: { from: DAY, to: DAY } });
  assert.deepEqual(await answers(lake), without);
  await lake.compact({ layout: "area" });
  assert.deepEqual((await lake.status()).areaCopies.days, [DAY, "2019-01-24"]);
  assert.deepEqual(await answers(lake), without);
  assert.equal(readFileSync(join(lake.root, "manifest.json"), "utf8"), manifest);
  await lake.close();
});

test("a copy holds every row of its day once, by hour, tile, address and time", async () => {
  const lake = await lakeOfCirclers();
  await lake.compact({ layout: "area" });
  const areas = JSON.parse(readFileSync(join(lake.root, "areas.json"), "utf8")) as {
    copies: { day: string; files: { path: string; rowCount: number }[] }[];
  };
  const engine = await openReader({ tmpFolder: join(lake.root, "tmp/test") }, { threads: 1 });
  const pathsOf = (list: readonly { path: string }[]) =>
    sqlFiles(list.map(({ path }) => join(lake.root, path)));
  const manifest = JSON.parse(readFileSync(join(lake.root, "manifest.json"), "utf8")) as {
    files: { path: string }[];
  };
  for (const { day, files } of areas.copies) {
    const own = pathsOf(manifest.files.filter(({ path }) => path.includes(`day=${day}`)));
    const differing = `(SELECT * FROM ${own} EXCEPT ALL SELECT * FROM ${pathsOf(files)})
      UNION ALL (SELECT * FROM ${pathsOf(files)} EXCEPT ALL SELECT * FROM ${own})`;
    assert.deepEqual(await engine.rows(differing), []);
    const keys = await engine.rows(`SELECT (epoch_ms(ts) // 3600000)::DOUBLE,
      ((lat + 90000000) // 5000000)::DOUBLE, ((lon + 180000000) // 5000000)::DOUBLE, hex::DOUBLE,
      epoch_ms(ts)::DOUBLE FROM ${pathsOf(files)}`);
    for (let i = 1; i < keys.length; i++) {
      const at = keys[i]!.findIndex((value, column) => value !== keys[i - 1]![column]);
      assert.ok(Number(keys[i]![at]) > Number(keys[i - 1]![at]), `row ${i} of ${day}`);
    }
    const types = await engine.rows(`DESCRIBE SELECT * FROM ${pathsOf(files)}`);
    assert.deepEqual(types, await engine.rows(`DESCRIBE SELECT * FROM ${own}`));
  }
  engine.close();
  await lake.close();
});

test("a day of many rows is copied in parts of hours or minutes, to the same answers", async () => {
  const lake = await lakeOfCirclers();
  const without = await answers(lake);
  const days = await lake.positionDays();
  const rowCount = days.find(({ day }) => day === DAY)!.positionCount;
  // Positions every ten minutes of the day's second half.
  for (const [minutes, fileCount] of [
    [1440, 1],
    [120, 6],
    [30, 24],
  ] as const) {
    const partRows = Math.ceil((rowCount * minutes) / 1440);
    await lake.compact({ layout: "address" });
    await lake.compact({ layout: "area", partRows });
    const files = readdirSync(join(lake.root, "areas", `day=${DAY}`));
    assert.equal(files.length, fileCount, `${minutes} minutes at once`);
    assert.deepEqual(await answers(lake), without);
  }
  await lake.close();
});

test("a copy of a day that changed since is stale, is not used, and is made anew", async () => {
  const lake = await lakeOfCirclers();
  await lake.compact({ layout: "area" });
  const session = await lake.beginIngest();
  const late = buildTrack(
    "4cafff",
    [{ timeMs: DAY_MS + 14.5 * HOUR_MS, latDeg: 11, lonDeg: -65, row: 0 }],
    [sourceOf("c")],
  );
  await session.addBatch({ inputs: [inputOf("c")], tracks: [late] });
  await session.close();
  const { areaCopies } = await lake.status();
  assert.deepEqual([areaCopies.days, areaCopies.staleDays], [["2019-01-24"], [DAY]]);
  const found = await answers(lake);
  assert.ok(found.flat().some(({ address }) => address === "4cafff"));
  const { madeDays, keptDays } = await lake.compact({ layout: "area" });
  assert.deepEqual([madeDays, keptDays], [[DAY], ["2019-01-24"]]);
  assert.deepEqual((await lake.status()).areaCopies.staleDays, []);
  assert.deepEqual(await answers(lake), found);
  await lake.close();
});

test("dropping copies leaves the lake as it was, file by file", async () => {
  const lake = await lakeOfCirclers();
  const before = contentOf(lake.root);
  await lake.compact({ layout: "area" });
  const { droppedDays } = await lake.compact({ layout: "address", days: { from: DAY, to: DAY } });
  assert.deepEqual(droppedDays, [DAY]);
  assert.deepEqual((await lake.status()).areaCopies.days, ["2019-01-24"]);
  await lake.compact({ layout: "address" });
  assert.deepEqual(contentOf(lake.root), before);
  await lake.close();
});

test("a copy that is damaged is told by verify and mended; one that is gone, or a broken list, is not missed", async () => {
  const lake = await lakeOfCirclers();
  const without = await answers(lake);
  await lake.compact({ layout: "area" });
  const made = contentOf(lake.root);
  const paths = Object.keys(made).filter((path) => /areas\/.*parquet$/.test(path));
  assert.ok(paths.length >= 2);
  const bytes = readFileSync(join(lake.root, paths[0]!));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(join(lake.root, paths[0]!), bytes);
  rmSync(join(lake.root, paths[1]!));
  assert.deepEqual(
    (await lake.verify()).map(({ problem }) => problem),
    ["changed", "missing"],
  );
  await lake.compact({ layout: "area" });
  assert.deepEqual(await lake.verify(), []);
  assert.deepEqual(contentOf(lake.root), made);
  rmSync(join(lake.root, "areas"), { recursive: true });
  assert.deepEqual(await answers(lake), without);
  writeFileSync(join(lake.root, "areas.json"), "{");
  assert.deepEqual(await answers(lake), without);
  assert.equal((await lake.status()).areaCopies.isBroken, true);
  assert.deepEqual(await lake.verify(), [{ path: "areas.json", problem: "changed" }]);
  await lake.compact({ layout: "area" });
  assert.deepEqual(contentOf(lake.root), made);
  await lake.close();
});

test("while one writes, an ingest or a second compaction is refused", async () => {
  const lake = await lakeOfCirclers();
  const session = await lake.beginIngest();
  await assert.rejects(lake.compact({ layout: "area" }), { code: "lake-busy" });
  await session.close();
  let refused = 0;
  const isRefused = (error: { code?: string }) => {
    if (error.code === "lake-busy") refused++;
  };
  const others: Promise<unknown>[] = [];
  await lake.compact({
    layout: "area",
    onDay() {
      others.push(lake.compact({ layout: "area" }).catch(isRefused));
      others.push(lake.beginIngest().catch(isRefused));
    },
  });
  await Promise.all(others);
  assert.equal(refused, 4);
  assert.deepEqual(await lake.verify(), []);
  await lake.close();
});

test("killed or failing at any step, the copies are whole or not there, and the next run ends with the same bytes", async () => {
  const undisturbed = join(temporaryFolder(), "lake");
  await runIngest(undisturbed);
  const plain = contentOf(undisturbed);
  const steps: string[] = [];
  await runCompact(undisturbed, (step) => steps.push(step));
  const content = contentOf(undisturbed);
  assert.ok(steps.length >= 8, steps.join(", "));
  const root = join(temporaryFolder(), "lake");
  await runIngest(root);
  for (let step = 0; step < steps.length; step++) {
    if (step % 2 === 0) {
      const run = spawnSync(process.execPath, [RUN, root, String(step)], { encoding: "utf8" });
      assert.equal(run.signal, "SIGKILL", run.stderr);
    } else {
      let at = 0;
      const failing = runCompact(root, () => {
        if (at++ === step) throw new Error("ENOSPC: no space left on device");
      });
      await assert.rejects(failing, { code: "io-failed", message: /no space left/ });
    }
    const lake = await openLake(root);
    assert.deepEqual(await lake.verify(), [], steps[step]);
    assert.deepEqual((await lake.status()).areaCopies.staleDays, []);
    await lake.close();
    await runCompact(root);
    assert.deepEqual(contentOf(root), content, `stopped before: ${steps[step]}`);
    await runCompact(root, undefined, "address");
    assert.deepEqual(contentOf(root), plain);
  }
  assert.ok(!existsSync(join(root, "areas")));
});
