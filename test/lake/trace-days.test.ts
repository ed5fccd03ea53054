import assert from "node:assert/strict";
import { test } from "node:test";
import { openLake } from "../../src/lake/lake.js";
import type { InputRecord } from "../../src/lake/records.js";
import { folderRanges, traceDays } from "../../src/lake/trace-days.js";
import { inputOf } from "./build-track.js";
import { temporaryFolder } from "./temporary-folder.js";

const DAY_MS = Date.UTC(2026, 0, 3, 12);

function folderName(value: number): string {
  return value.toString(16).padStart(2, "0");
}

/** Traces of so many folders, so many in each. */
function folders(folderCount: number, each: number) {
  return Array.from({ length: folderCount }, (_, i) => {
    return { day: "2026-01-03", folder: folderName(i), traceCount: each };
  });
}

test("a day with 122 of 256 folders is partial, a few aircraft of a fleet are not called so", () => {
  const [partial] = traceDays(folders(122, 250));
  assert.equal(partial?.state, "partial");
  assert.equal(partial?.folderCount, 122);
  assert.equal(partial?.missing.length, 134);
  assert.equal(folderRanges(partial?.missing ?? []), "7a-ff");
  assert.equal(traceDays(folders(256, 1))[0]?.state, "whole");
  assert.equal(traceDays(folders(40, 1))[0]?.state, "few");
  assert.equal(traceDays(folders(255, 100))[0]?.state, "partial", "one folder of a full day");
  assert.deepEqual(traceDays([]), []);
});

test("ranges of folders are written short", () => {
  assert.equal(folderRanges(["00", "01", "02", "0a", "fe", "ff"]), "00-02, 0a, fe-ff");
  assert.equal(folderRanges([]), "");
});

test("the ledger tells folders by the names of inputs, in archives and on Windows too", async () => {
  const names = [
    "day.tar!./traces/00/trace_full_4ca700.json",
    "in/2026/01/03/traces/01/trace_full_4ca701.json",
    "in\\2026\\traces\\02\\trace_recent_4ca702.json",
    // No folder of an archive: the name does not end so, or there is none.
    "in/traces/03/trace_full_4ca7ff.json",
    "trace_full_4ca704.json",
  ];
  const inputs = names.map(
    (file, i): InputRecord => inputOf(String(i), { file, firstMs: DAY_MS, lastMs: DAY_MS }),
  );
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [...inputs, inputOf("a", { complete: false })], tracks: [] });
  await session.close();
  const { traceDays: days, partialInputCount } = await lake.status();
  assert.equal(partialInputCount, 1);
  assert.equal(days.length, 1);
  assert.equal(days[0]?.day, "2026-01-03");
  assert.equal(days[0]?.folderCount, 3);
  assert.ok(!days[0]?.missing.includes("02"));
  assert.ok(days[0]?.missing.includes("03"));
  await lake.close();
});
