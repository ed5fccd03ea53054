import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import type { DossierManifest } from "../../src/report/dossier-manifest.js";
import type { DossierModel } from "../../src/report/dossier-model.js";
import { assertFailures, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const DAY_MS = 86_400_000;
const JANUARY_23_MS = Date.UTC(2019, 0, 23);

before(async () => {
  for (const [at, dayMs] of [0, 1, 9].entries())
    put(
      folder,
      `traces/${at}/trace_full_4ca7b3.json`,
      landingTrace({ dayMs: JANUARY_23_MS + dayMs * DAY_MS }),
    );
  const other = landingTrace({ hex: "4ca7b4", registration: "EI-DEP" });
  put(folder, "traces/0/trace_full_4ca7b4.json", other);
  await runWell(["ingest", "traces"], options);
});

async function dossier(...words: string[]): Promise<DossierModel> {
  await runWell(["dossier", ...words, "--out", "made"], options);
  return JSON.parse(read("dossier.json")) as DossierModel;
}

function read(name: string): string {
  return readFileSync(join(folder, "made", name), "utf8");
}

function manifest(): DossierManifest {
  return JSON.parse(read("manifest.json")) as DossierManifest;
}

/** As a person makes it from a table: the address, a dash, the time. */
function idOf({ hex, time }: { readonly hex: string; readonly time: string }): string {
  return `${hex}-${time}`;
}

async function verifies(): Promise<void> {
  const said = await runWell(["verify", "made", "--lake", "lake"], options);
  assert.match(said, /\nWHOLE: files, the answer to its question as the manifest says\n$/);
}

test("landings are left out by address and time, and the dossier says how many, which, and how to get them", async () => {
  const whole = await dossier("--in", "SVMI");
  assert.equal(whole.landings.length, 4);
  assert.equal(whole.leftOut, undefined);
  assert.ok(!read("manifest.json").includes("leftOut"));
  const gone = whole.landings.find(({ hex }) => hex === "4ca7b4")!;
  const chosen = await dossier("--in", "SVMI", "--leave-out", idOf(gone));
  assert.equal(chosen.landings.length, 3);
  assert.match(
    chosen.findings[0]!,
    /^3 landings in Maiquet.* by 1 aircraft.* Left out by the author: 1 landing and 1 journey\.$/,
  );
  assert.equal(chosen.question, whole.question);
  const id = idOf(gone).replace(/(?<=-.*)[-:]/g, "");
  assert.match(chosen.notShown.join("\n"), new RegExp(`author left out, .*: ${id}\\. It answers`));
  assert.match(chosen.command, new RegExp(` --leave-out ${id} --lake`));
  assert.deepEqual(manifest().question?.["leave-out"], [id]);
  assert.deepEqual(manifest().leftOut, { landings: 1, possible: 0, journeys: 1, stillTold: 0 });
  await verifies();
});

test("a journey takes its landings with it; one asked for by name is told whole, also where a landing was left out", async () => {
  const whole = await dossier("--hex", "4ca7b3");
  assert.ok(whole.journeys.length >= 2, "the week between parts them");
  const [first] = whole.journeys;
  const { hex, from } = first!.journey;
  const without = await dossier("--hex", "4ca7b3", "--leave-out", `journey-${hex}-${from}`);
  assert.equal(without.journeys.length, whole.journeys.length - 1);
  assert.ok(without.landings.length < whole.landings.length);
  assert.equal(without.leftOut?.journeys, 1);
  assert.equal(without.leftOut?.landings, whole.landings.length - without.landings.length);
  assert.match(
    read("track-4ca7b3.kml"),
    /<name>EI-DEO \(left out by the author: 1 journey\)<\/name>/,
  );
  await verifies();
  const told = await dossier("--hex", "4ca7b3", "--leave-out", idOf(whole.landings[0]!));
  assert.equal(told.journeys.length, whole.journeys.length);
  assert.deepEqual(
    { ...told.leftOut, ids: [] },
    { ids: [], landings: 1, possible: 0, journeys: 0, stillTold: 1 },
  );
  assert.match(
    told.findings[0]!,
    /Left out by the author: 1 landing; that landing is still told below as a stop of a journey/,
  );
  await verifies();
});

test("a note stands apart from the findings, in its paragraphs, and is asked again with them", async () => {
  const note = "Checked with the airport.\r\n\r\nTheir log says 12:14.\n";
  const model = await dossier("--in", "SVMI", "--note", note);
  assert.equal(model.note, "Checked with the airport.\n\nTheir log says 12:14.");
  assert.ok(!model.findings.join().includes("airport's"));
  const html = read("dossier.html");
  assert.match(html, /<h2[^>]*>Note by the author<\/h2>/);
  assert.match(html, /<p dir="auto">Checked with the airport\.<\/p><p dir="auto">Their log/);
  assert.match(html, /No exhibit vouches for them\./);
  await verifies();
  const plain = await dossier("--in", "SVMI");
  assert.equal(plain.note, undefined);
  assert.doesNotMatch(read("dossier.html"), /Note by the author/);
});

test("ids that name nothing, and words that are none, are refused before anything is written", async () => {
  const ask = ["dossier", "--in", "SVMI", "--out", "refused"];
  await assertFailures(
    [
      {
        words: [...ask, "--leave-out", "4ca7b3-20190123T120000Z"],
        code: 64,
        says: /--leave-out 4ca7b3-20190123T120000Z names no landing and no journey of this answer; nearest: 4ca7b3-20190123T12/,
      },
      {
        words: [...ask, "--leave-out", "yesterday"],
        code: 64,
        says: /"yesterday" is no id: write/,
      },
      {
        words: [...ask, "--note", "x".repeat(10_000)],
        code: 64,
        says: /--note has 10000 characters, at most 2000 fit/,
      },
      { words: [...ask, "--title", "x".repeat(201)], code: 64, says: /--title has 201 characters/ },
      { words: [...ask, "--title", "a\nb"], code: 64, says: /--title holds a control character/ },
      {
        words: [...ask, "--note", "\u001b[2J"],
        code: 64,
        says: /--note holds a control character/,
      },
    ],
    options,
  );
});

test("a lake that lost what was left out cannot answer the question of the dossier any more", async () => {
  const whole = await dossier("--in", "SVMI");
  const landing = whole.landings.find(({ hex }) => hex === "4ca7b4");
  await dossier("--in", "SVMI", "--leave-out", idOf(landing!));
  await runWell(["ingest", "traces/1", "traces/2", "--lake", "smaller"], options);
  const { code, stdout } = await run(["verify", "made", "--lake", "smaller"], options);
  assert.equal(code, 2);
  assert.match(stdout, /cannot answer its question: --leave-out 4ca7b4-\S+ names no landing/);
});

test("of a lake without positions there is a dossier only of a period that is given", async () => {
  put(folder, "none.csv", "time,icao24,lat,lon\n1548286867,4243a2,,\n");
  await run(["ingest", "none.csv", "--lake", "none"], options);
  const words = ["dossier", "--in", "VE", "--lake", "none", "--out", "of-none"];
  const { code, stderr } = await run([...words, "--from", "2019-01-01"], options);
  assert.equal(code, 66);
  assert.match(stderr, /the lake holds no positions.*give --from and --to/);
  await runWell([...words, "--from", "2019-01-01", "--to", "2019-01-31"], options);
});
