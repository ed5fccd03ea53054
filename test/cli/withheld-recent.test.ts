import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const HOUR_MS = 3_600_000;
/** When the trace of `landingTrace` touches down, after its midnight. */
const TOUCHDOWN_MS = 43_860_000;

/** A trace whose aircraft touches down so long ago. */
function landedAgo(hours: number, more: Parameters<typeof landingTrace>[0] = {}): string {
  return landingTrace({ ...more, dayMs: Date.now() - hours * HOUR_MS - TOUCHDOWN_MS });
}

const LATE = { hex: "3c6444", registration: "D-AAAA" };
const LADD = { hex: "a12454", registration: "N173AB", dbFlags: 8 };
const TOLD =
  /positions and movements after \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ are younger than 24 h and were withheld/;

before(async () => {
  // One that landed three days ago and three hours ago, and one that only landed now.
  put(folder, "in/old.json", landedAgo(72));
  put(folder, "in/new.json", landedAgo(3));
  put(folder, "in/late.json", landedAgo(3, LATE));
  await runWell(["ingest", "in", "--lake", "lake"], options);
  put(folder, "2019/a.json", landingTrace());
  put(folder, "2019/b.json", landingTrace(LADD));
  await runWell(["ingest", "2019", "--lake", "past"], options);
});

async function ask(...words: string[]): Promise<string> {
  return await runWell([...words, "--lake", "lake"], options);
}

test("what is younger than a day is withheld from every answer, also of a named aircraft", async () => {
  for (const words of [
    ["landings", "--in", "VE"],
    ["landings", "--hex", "4ca7b3"],
    ["arrivals", "SVMI"],
  ]) {
    const text = await ask(...words);
    assert.match(text, /EI-DEO/);
    assert.doesNotMatch(text, /D-AAAA/, words.join(" "));
    assert.match(text, TOLD);
    assert.match(text, /--include-recent shows them/);
    assert.equal(
      text.match(/EI-DEO/g)!.length,
      1,
      "of two landings the one that is three days old",
    );
    assert.match(await ask(...words, "--include-recent", "--hex", "3c6444"), /D-AAAA/);
  }
  const none = await ask("landings", "--hex", "3c6444");
  assert.match(none, /0 landings/);
  assert.match(none, TOLD, "no landing is shown is not no landing");
});

test("positions, journeys, areas and encounters end where the last day begins", async () => {
  const limitMs = Date.now() - 24 * HOUR_MS;
  const points = jsonLines(await ask("track", "--hex", "4ca7b3", "--json", "--quiet"));
  const withheld = points.pop()!;
  assert.equal(withheld["schema"], "wheelsdown/withheld/1");
  assert.ok(points.length > 100);
  assert.ok(points.every(({ time }) => Date.parse(time as string) <= limitMs));
  assert.match(await ask("track", "--hex", "3c6444"), TOLD);
  const journeys = await run(["journeys", "--hex", "4ca7b3", "--lake", "lake"], options);
  assert.match(journeys.stdout, TOLD);
  const day = new Date(Date.now() - 3 * HOUR_MS).toISOString().slice(0, 10);
  assert.doesNotMatch(journeys.stdout, new RegExp(`SVMI.*${day}`));
  const area = await ask("area", "--in", "VE");
  assert.match(area, /EI-DEO/);
  assert.doesNotMatch(area, /D-AAAA/);
  assert.match(area, TOLD);
  const together = await ask("together", "--hex", "4ca7b3", "--for", "5min");
  assert.doesNotMatch(together, /D-AAAA/);
  assert.match(together, TOLD);
  assert.match(
    await ask("together", "--hex", "4ca7b3", "--for", "5min", "--include-recent"),
    /D-AAAA/,
  );
  assert.match(await ask("reach", "--hex", "4ca7b3", "--in", "CU"), TOLD);
});

test("a period that is withheld as a whole is no answer but an error", async () => {
  const from = new Date(Date.now() - 20 * HOUR_MS).toISOString();
  const ran = await run(["landings", "--in", "VE", "--from", from, "--lake", "lake"], options);
  assert.equal(ran.code, 66);
  assert.equal(ran.stdout, "");
  assert.match(ran.stderr, /all of the period is withheld: .*--include-recent/);
  assert.match(await ask("landings", "--in", "VE", "--from", from, "--include-recent"), /D-AAAA/);
});

test("a period that ends before the last day is answered without a word of it", async () => {
  const to = new Date(Date.now() - 30 * HOUR_MS).toISOString();
  assert.doesNotMatch(await ask("landings", "--in", "VE", "--to", to), /withheld/);
  assert.doesNotMatch(
    await runWell(["landings", "--lake", "past", "--hex", "4ca7b3"], options),
    /withheld/,
  );
});

test("files are cut in the same way, and a landing is not inferred from where they are", async () => {
  const text = await runWell(["movements", "in"], options);
  assert.match(text, /EI-DEO/);
  assert.doesNotMatch(text, /D-AAAA/);
  assert.match(text, TOLD);
  // Two minutes before it touches down the day begins: the track ends in the air, low, and on the way down.
  put(folder, "cut.json", landedAgo(24 - 2 / 60, LATE));
  const cut = await runWell(["movements", "cut.json"], options);
  assert.match(cut, /D-AAAA/);
  assert.match(cut, /nothing can be said of a landing or take-off/);
  assert.match(await runWell(["movements", "cut.json", "--include-recent"], options), /landing/);
  await runWell(["ingest", "cut.json", "--lake", "cut"], options);
  const journeys = await runWell(
    ["journeys", "--hex", "3c6444", "--lake", "cut", "--json"],
    options,
  );
  assert.doesNotMatch(journeys, /"kind":"landing"/);
  assert.match(await runWell(["landings", "--lake", "cut"], options), /^0 landings/m);
});

test("a dossier is never cut: it is refused, or holds everything", async () => {
  const asked = ["dossier", "--hex", "4ca7b3", "--lake", "lake", "--out", "refused"];
  const refused = await run(asked, options);
  assert.equal(refused.code, 66);
  assert.match(refused.stderr, /younger than 24 h and withheld; a dossier is never cut/);
  // The whole track goes into it, wherever its period ends.
  const to = new Date(Date.now() - 30 * HOUR_MS).toISOString();
  assert.equal((await run([...asked, "--to", to], options)).code, 66);
  await runWell([...asked, "--include-recent"], options);
  const manifest = readFileSync(join(folder, "refused/manifest.json"), "utf8");
  assert.doesNotMatch(manifest, /include-recent/, "leave to show it is no part of the question");
  const verified = await run(["verify", "refused", "--lake", "lake"], options);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});

test("a dossier holds no private aircraft unless it says so, and verifies as it was made", async () => {
  const asked = ["dossier", "--in", "VE", "--lake", "past"];
  await runWell([...asked, "--out", "without"], options);
  const page = readFileSync(join(folder, "without/dossier.html"), "utf8");
  assert.doesNotMatch(page, /N173AB|a12454/);
  assert.match(page, /1 aircraft marked private by a source \(LADD or PIA\) was withheld/);
  await runWell(
    ["dossier", "--in", "VE", "--state", "US", "--lake", "past", "--out", "none"],
    options,
  );
  const none = readFileSync(join(folder, "none/dossier.html"), "utf8");
  assert.match(
    none,
    /No landing in Venezuela is told here, and some that may be in this data are withheld/,
  );
  await runWell([...asked, "--include-private", "--out", "with"], options);
  assert.match(readFileSync(join(folder, "with/dossier.html"), "utf8"), /N173AB/);
  assert.match(readFileSync(join(folder, "with/manifest.json"), "utf8"), /--include-private/);
  await runWell([...asked, "--include-recent", "--out", "recent"], options);
  assert.equal(readFileSync(join(folder, "recent/dossier.html"), "utf8"), page);
  for (const name of ["with", "without"]) {
    const ran = await run(["verify", name, "--lake", "past"], options);
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  }
});
