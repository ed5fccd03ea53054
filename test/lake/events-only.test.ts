import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Address } from "../../src/aircraft/address.js";
import { partsToJson } from "../../src/coverage/coverage-json.js";
import { NO_PARTS } from "../../src/coverage/parts.js";
import { besidePositions } from "../../src/lake/events-rows.js";
import { openLake } from "../../src/lake/lake.js";
import { movementOf } from "./build-track.js";
import { runEventsOnly } from "./events-run.js";
import { runIngest } from "./ingest-run.js";
import { contentOf, temporaryFolder } from "./temporary-folder.js";

const RUN = fileURLToPath(new URL("events-run.js", import.meta.url));
const MINUTE_MS = 60_000;
const NOON_MS = Date.UTC(2019, 0, 23, 12);

async function movementsOf(root: string): Promise<unknown[]> {
  const lake = await openLake(root);
  const rows: unknown[] = [];
  for await (const row of lake.movements()) rows.push(row);
  await lake.close();
  return rows;
}

test("movements and ledger are those of a plain ingest, and positions are not there", async () => {
  const [plain, root] = [join(temporaryFolder(), "plain"), join(temporaryFolder(), "lake")];
  await runIngest(plain);
  await runEventsOnly(root);
  assert.deepEqual(await movementsOf(root), await movementsOf(plain));
  const lake = await openLake(root);
  const status = await lake.status();
  assert.equal(status.pointCount, 0);
  assert.equal(status.inputCount, 3);
  assert.equal(status.isEventsOnlyUnfinished, false);
  assert.deepEqual(status.days, []);
  assert.deepEqual(status.notKept, {
    days: ["2019-01-31", "2019-02-01"],
    inputCount: 3,
    aircraftCount: 2,
  });
  assert.equal(await lake.track("4ca7b3" as Address), undefined);
  assert.ok((await lake.inputs()).every(({ positionsKept }) => positionsKept === false));
  assert.deepEqual(await lake.notKept({ addresses: ["4caaaa" as Address] }), {
    days: [],
    inputCount: 0,
    aircraftCount: 0,
  });
  const { days } = await lake.notKept({ fromMs: Date.UTC(2019, 1, 1), toMs: Date.UTC(2019, 1, 9) });
  assert.deepEqual(days, ["2019-02-01"]);
  assert.deepEqual(await lake.verify(), []);
  await lake.close();
  const parts = Object.keys(contentOf(root)).map((path) => path.split("/")[0]);
  assert.deepEqual([...new Set(parts)], ["events", "lake.json", "manifest.json"]);
  const before = contentOf(root);
  await runEventsOnly(root);
  assert.deepEqual(contentOf(root), before, "a second run changes no byte");
});

test("killed before a step of any kind and run again, it ends with the same bytes", async () => {
  const whole = join(temporaryFolder(), "lake");
  const steps: string[] = [];
  await runEventsOnly(whole, (step) => steps.push(step));
  const content = contentOf(whole);
  assert.ok(steps.length > 30, `${steps.length} steps`);
  const root = join(temporaryFolder(), "lake");
  for (let step = 1; step < steps.length; step += 3) {
    spawnSync("rm", ["-rf", root]);
    await (await openLake(root, { create: true })).close();
    const run = spawnSync(process.execPath, [RUN, root, String(step)], { encoding: "utf8" });
    assert.equal(run.signal, "SIGKILL", `${steps[step]}: ${run.status} ${run.error} ${run.stderr}`);
    const lake = await openLake(root);
    assert.deepEqual(await lake.verify(), [], steps[step]);
    assert.equal(await lake.track("4ca7b3" as Address), undefined, "no question sees them");
    await lake.close();
    await runEventsOnly(root);
    assert.deepEqual(contentOf(root), content, `killed before: ${steps[step]}`);
  }
});

test("the same inputs without the option fill the positions in, to the files of a plain ingest", async () => {
  const [plain, root] = [join(temporaryFolder(), "plain"), join(temporaryFolder(), "lake")];
  await runIngest(plain);
  await runEventsOnly(root);
  await runIngest(root);
  const { "manifest.json": _a, ...filled } = contentOf(root);
  const { "manifest.json": _b, ...wanted } = contentOf(plain);
  assert.deepEqual(filled, wanted);
  const lake = await openLake(root);
  const { notKept, pointCount } = await lake.status();
  assert.deepEqual([notKept.days, pointCount], [[], 12]);
  assert.deepEqual(await lake.verify(), []);
  await lake.close();
});

test("an input with positions keeps them when it is given again with the option", async () => {
  const root = join(temporaryFolder(), "lake");
  await runIngest(root);
  const before = contentOf(root);
  await runEventsOnly(root);
  assert.deepEqual(contentOf(root), before);
});

test("a run that keeps positions cannot begin in the middle of one that does not", async () => {
  const root = join(temporaryFolder(), "lake");
  const steps: string[] = [];
  await runEventsOnly(join(temporaryFolder(), "other"), (step) => steps.push(step));
  await (await openLake(root, { create: true })).close();
  spawnSync(process.execPath, [RUN, root, String(steps.indexOf("committed") + 1)]);
  const lake = await openLake(root);
  assert.equal((await lake.status()).isEventsOnlyUnfinished, true);
  const session = await lake.beginIngest();
  assert.equal(session.staged(), "reading");
  const batch = { inputs: [(await lake.inputs())[0]!], tracks: [] };
  await assert.rejects(session.addBatch(batch), RangeError);
  await assert.rejects(session.endStaged(partsToJson(NO_PARTS)), RangeError);
  await session.close();
  await lake.close();
});

/** A movement from `minute` to `minute + 2` after noon. */
function at(minute: number, rest: Parameters<typeof movementOf>[1] = {}) {
  const timeMs = NOON_MS + minute * MINUTE_MS;
  const times = { timeMs, timeFromMs: timeMs, timeToMs: timeMs + 2 * MINUTE_MS };
  return movementOf("4ca7b3", { ...times, ...rest });
}
const stretch = (fromMinute: number, toMinute: number) => {
  return { fromMs: NOON_MS + fromMinute * MINUTE_MS, toMs: NOON_MS + toMinute * MINUTE_MS };
};
const inferred = { evidence: "inferred", evidenceClass: "G4" } as const;

const isOfGone = () => true;

test("the middle of a stretch whose positions are gone is no silence", () => {
  const gone = [stretch(60, 120)];
  const rows = [
    at(-30, inferred),
    at(58, inferred),
    at(76, inferred),
    at(90, inferred),
    at(119, inferred),
    at(150, inferred),
    at(90, { kind: "takeoff" }),
    at(40, { ...inferred, timeToMs: NOON_MS + 200 * MINUTE_MS }),
  ];
  const beside = { old: [], gone, there: [] };
  const found = besidePositions(rows, { ...beside, isOfGone });
  assert.deepEqual(found.rows, [rows[0], rows[1], rows[4], rows[5]]);
  const ofOthers = besidePositions(rows, { ...beside, isOfGone: () => false });
  assert.deepEqual(ofOthers.rows, [rows[0], rows[1], rows[4], rows[5], rows[6]]);
});

test("what was told is not told twice, and what an end of contact told gives way to what is known now", () => {
  const gone = [stretch(0, 60)];
  const [seen, lost, appeared] = [at(30), at(60, inferred), at(-2, inferred)];
  const old = [seen, lost, appeared];
  const [again, later] = [at(31), at(90)];
  const alone = besidePositions([again, later], { old, gone, there: [], isOfGone: () => false });
  assert.deepEqual(alone, { old, rows: [later] });
  const there = [stretch(61, 120)];
  const goesOn = besidePositions([later], { old, gone, there, isOfGone });
  assert.deepEqual(goesOn, { old: [seen, appeared], rows: [later] });
  const far = [stretch(80, 120)];
  const silence = besidePositions([later], { old, gone, there: far, isOfGone });
  assert.deepEqual(silence.old, old, "twenty minutes of silence are a silence");
  const joined = at(60, { ...inferred, timeToMs: NOON_MS + 80 * MINUTE_MS });
  const known = besidePositions([joined], { old, gone, there: far, isOfGone });
  assert.deepEqual(known, { old: [seen, appeared], rows: [joined] });
});
