import assert from "node:assert/strict";
import { before, test } from "node:test";
import { jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const LADD = { hex: "a12454", registration: "N173AB", dbFlags: 8 };
const PIA = { hex: "a23f11", registration: "N244CD", dbFlags: 4 };
/** In the military range of the United States: marked as well, and nobody's own. */
const MILITARY = { hex: "ae1234", registration: "05-8152", dbFlags: 9 };
const TOLD = "2 aircraft marked private by a source (LADD or PIA) were withheld";

before(async () => {
  for (const [index, one] of [{}, LADD, PIA, MILITARY].entries())
    put(folder, `in/${index}.json`, landingTrace(one));
  put(folder, "fleet.csv", "hex,registration\n,N173AB\n");
  await runWell(["ingest", "in", "--lake", "lake"], options);
});

async function ask(...words: string[]): Promise<string> {
  return await runWell([...words, "--lake", "lake"], options);
}

async function json(...words: string[]): Promise<Record<string, unknown>[]> {
  return jsonLines(await ask(...words, "--json", "--quiet"));
}

test("private aircraft are in no list of who landed, and the answer says how many", async () => {
  const text = await ask("landings", "--in", "VE");
  assert.match(text, /EI-DEO/);
  assert.match(text, /05-8152/, "what lies in a State's military range is nobody's own");
  assert.doesNotMatch(text, /N173AB|N244CD|a12454|a23f11/);
  assert.match(text, /2 landings in it/, "no count holds them");
  assert.match(text, /2 aircraft were heard to move/);
  assert.ok(text.includes(`${TOLD}: what they did is not in this answer`), text);
  assert.match(text, /--include-private shows it/);
  const all = await ask("landings", "--in", "VE", "--include-private");
  assert.match(all, /4 landings in it/);
  assert.doesNotMatch(all, /withheld/);
});

test("an answer without rows never reads as one without landings when some were withheld", async () => {
  const text = await ask("landings", "--in", "VE", "--type", "A320", "--state", "US");
  assert.match(text, /: 1 landing in it/, "the military one");
  const none = await ask(
    "arrivals",
    "SVMI",
    "--callsign",
    "TST123",
    "--state",
    "US",
    "--to",
    "2019-01-23",
  );
  assert.ok(none.includes(TOLD), none);
  const last = (await json("landings", "--in", "VE")).at(-1)!;
  assert.equal(last["schema"], "wheelsdown/withheld/1");
  assert.equal(last["privateAircraft"], 2);
  assert.equal(last["recentAfter"], null);
  assert.deepEqual((last["notes"] as string[]).length, 1);
});

test("files without a place for words are accompanied by them on stderr, also when quiet", async () => {
  for (const format of ["--csv", "--geojson", "--kml"]) {
    const ran = await run(["landings", "--in", "VE", format, "--quiet", "--lake", "lake"], options);
    assert.equal(ran.code, 0);
    assert.doesNotMatch(ran.stdout, /N173AB|a12454|a23f11|withheld/);
    assert.ok(ran.stderr.includes(TOLD), ran.stderr);
  }
});

test("naming an aircraft shows it: by address, registration, or in a fleet", async () => {
  for (const words of [
    ["--hex", "a12454"],
    ["--aircraft", "N173AB"],
    ["--fleet", "fleet.csv"],
  ]) {
    const text = await ask("landings", "--in", "VE", ...words);
    assert.match(text, /N173AB/, words.join(" "));
    assert.doesNotMatch(text, /withheld/, words.join(" "));
    assert.match(await ask("journeys", ...words, "--json"), /a12454/);
  }
  assert.match(await ask("track", "--hex", "a12454", "--csv"), /a12454/);
  assert.doesNotMatch(await ask("journeys", "--state", "US"), /N173AB|N244CD/);
});

test("areas, arrivals, encounters and reach withhold them too", async () => {
  const area = await ask("area", "--in", "VE", "--from", "2019-01-23", "--to", "2019-01-23");
  assert.doesNotMatch(area, /N173AB|N244CD/);
  assert.ok(area.includes(TOLD), area);
  const arrivals = await ask("arrivals", "SVMI");
  assert.doesNotMatch(arrivals, /N173AB|N244CD/);
  assert.ok(arrivals.includes(TOLD), arrivals);
  const together = await ask("together", "--hex", "4ca7b3", "--within", "5km", "--for", "5min");
  assert.match(together, /05-8152/);
  assert.doesNotMatch(together, /N173AB|N244CD/);
  assert.ok(together.includes(TOLD), together);
  const both = await ask("together", "--hex", "4ca7b3,a12454", "--for", "5min");
  assert.match(both, /N173AB/, "it was named");
  assert.match(both, /1 aircraft marked private by a source \(LADD or PIA\) was withheld/);
  const reach = await ask("reach", "--state", "US", "--in", "CU");
  assert.doesNotMatch(reach, /N173AB|N244CD/);
  assert.ok(reach.includes(TOLD), reach);
});

test("of files, a private aircraft is shown when they hold nothing else, or when it is asked for", async () => {
  const text = await runWell(["movements", "in"], options);
  assert.match(text, /EI-DEO/);
  assert.doesNotMatch(text, /N173AB|N244CD/);
  assert.ok(text.includes(TOLD), text);
  assert.match(await runWell(["movements", "in", "--include-private"], options), /N173AB/);
  const alone = await runWell(["movements", "in/1.json"], options);
  assert.match(alone, /N173AB/);
  assert.doesNotMatch(alone, /withheld/);
  assert.match(
    await runWell(["movements", "in/1.json", "--no-coverage", "--json"], options),
    /a12454/,
  );
  const lines = jsonLines(await runWell(["movements", "in", "--json", "--no-coverage"], options));
  assert.equal(lines.at(-1)!["schema"], "wheelsdown/withheld/1");
  assert.ok(lines.every(({ hex }) => hex !== "a12454" && hex !== "a23f11"));
});

test("simulated aircraft are nobody's: neither a mark nor their time withholds them", async () => {
  const dayMs = Date.now() - 86_400_000;
  put(folder, "sim/a.json", landingTrace({ ...LADD, dayMs, simulated: true }));
  await runWell(["ingest", "sim", "--lake", "simulated"], options);
  for (const words of [
    ["landings", "--lake", "simulated"],
    ["movements", "sim"],
  ]) {
    const text = await runWell(words, options);
    assert.match(text, /N173AB/);
    assert.doesNotMatch(text, /withheld/);
  }
});
