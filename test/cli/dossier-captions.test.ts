import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
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
  for (const [at, dayMs] of [0, 9].entries())
    put(
      folder,
      `traces/${at}/trace_full_4ca7b3.json`,
      landingTrace({ dayMs: JANUARY_23_MS + dayMs * DAY_MS }),
    );
  await runWell(["ingest", "traces"], options);
});

async function dossier(...words: string[]): Promise<DossierModel> {
  await runWell(["dossier", ...words, "--out", "made"], options);
  return JSON.parse(read("dossier.json")) as DossierModel;
}

function read(name: string): string {
  return readFileSync(join(folder, "made", name), "utf8");
}

function plain(time: string): string {
  return time.replaceAll(/[-:]/g, "");
}

const WHOLE = /\nWHOLE: files, the answer to its question as the manifest says\n$/;

test("captions stand in model, command and manifest in the order of their ids, and verify asks with them", async () => {
  const whole = await dossier("--hex", "4ca7b3");
  assert.equal(whole.captions, undefined);
  for (const name of ["landings.csv", "journeys.csv", "map.geojson"])
    assert.doesNotMatch(read(name), /authorCaption/, name);
  const [landing] = whole.landings;
  const [first] = whole.journeys;
  const { hex, from } = first!.journey;
  const words = [
    ...["--caption", `journey-${hex}-${from}=  It's the first journey.  `],
    ...[
      "--caption",
      `${landing!.hex.toUpperCase()}-${landing!.time}=Seen by "two" people = witnesses`,
    ],
  ];
  const told = await dossier("--hex", "4ca7b3", ...words);
  const captions = [
    { id: `${hex}-${plain(landing!.time)}`, text: 'Seen by "two" people = witnesses' },
    { id: `journey-${hex}-${plain(from)}`, text: "It's the first journey." },
  ];
  assert.deepEqual(told.captions, captions);
  assert.deepEqual(told.findings, whole.findings, "no part of a finding");
  assert.ok(told.notShown.some((line) => line.startsWith("Whether the author's captions hold")));
  const [one, two] = captions;
  assert.ok(
    told.command.includes(
      ` --caption '${one!.id}=${one!.text}' --caption '${two!.id}=It'\\''s the first journey.' --lake `,
    ),
    told.command,
  );
  const manifest = JSON.parse(read("manifest.json")) as DossierManifest;
  assert.deepEqual(
    manifest.question?.["caption"],
    captions.map(({ id, text }) => `${id}=${text}`),
  );
  assert.match(await runWell(["verify", "made", "--lake", "lake"], options), WHOLE);
  const page = read("dossier.html");
  assert.match(page, /<h2>Journey 1[^<]*<\/h2><p class="caption"><b>Author(?:'|&#39;)s words, not/);
  // In the row under the stop that it belongs to, before what that rests on.
  assert.match(
    page,
    /<td role="cell" colspan="5"><p class="caption">.*?witnesses<\/bdi><\/p><p><b>/i,
  );
});

test("a changed caption is a changed dossier, which verify tells from the manifest's hash and by asking again", async () => {
  const { landings } = await dossier("--in", "SVMI");
  const id = `${landings[0]!.hex}-${landings[0]!.time}`;
  await dossier("--in", "SVMI", "--caption", `${id}=As heard.`);
  assert.match(await runWell(["verify", "made", "--lake", "lake"], options), WHOLE);
  writeFileSync(
    join(folder, "made", "landings.csv"),
    read("landings.csv").replace("As heard", "As seen"),
  );
  const { code, stdout } = await run(["verify", "made", "--lake", "lake"], options);
  assert.equal(code, 1);
  assert.match(stdout, /changed +landings\.csv/);
  assert.match(stdout, /As seen/);
  assert.match(stdout, /As heard/);
});

test("captions of nothing, of one event twice, too long, without words or unreadable are refused", async () => {
  const { landings } = await dossier("--in", "SVMI");
  const id = `${landings[0]!.hex}-${landings[0]!.time}`.replaceAll(/(?<=-.*)[-:]/g, "");
  const ask = ["dossier", "--in", "SVMI", "--out", "refused"];
  const says = (caption: string, words: RegExp) => ({
    words: [...ask, "--caption", caption],
    code: 64,
    says: words,
  });
  await assertFailures(
    [
      says(
        "4ca7b3-20190123T120000Z=x",
        /--caption 4ca7b3-20190123T120000Z names no landing and no journey of this answer; nearest: 4ca7b3-20190123T12/,
      ),
      says("yesterday=x", /--caption "yesterday=x" names no event: write the id/),
      says("Only words", /--caption "Only words" names no event: write the id/),
      says(`${id}=  `, /--caption \S+ has no words/),
      says(`${id}=${"x".repeat(301)}`, /--caption \S+ has 301 characters, at most 300 fit/),
      says(`${id}=two\nlines`, /--caption \S+ holds a control character: write plain text on one/),
      says(`${id}=\u001b[2J`, /--caption \S+ holds a control character/),
      says(`${id}=two\u2028lines`, /--caption \S+ holds a control character/),
      says(`${id}=\u202eturned`, /--caption \S+ holds a character that turns the direction/),
      {
        words: [...ask, "--caption", `${id}=a`, "--caption", `${id.toUpperCase()}=b`],
        code: 64,
        says: /--caption is given twice for 4ca7b3-\S+: an event has one caption/,
      },
      {
        words: [
          ...ask,
          ...Array.from({ length: 301 }, (_, at) => [
            "--caption",
            `4ca7b3-20190123T${String(100_000 + at)}Z=x`,
          ]).flat(),
        ],
        code: 64,
        says: /--caption is given 301 times, at most 300 fit/,
      },
    ],
    options,
  );
});

test("three hundred characters fit, also where each is written as markup", async () => {
  const { landings } = await dossier("--in", "SVMI");
  const id = `${landings[0]!.hex}-${landings[0]!.time}`;
  const { captions } = await dossier("--in", "SVMI", "--caption", `${id}=${"<".repeat(300)}`);
  assert.equal(captions?.[0]?.text.length, 300);
  assert.match(await runWell(["verify", "made", "--lake", "lake"], options), WHOLE);
});
