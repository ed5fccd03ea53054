import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import type { DossierManifest } from "../../src/report/dossier-manifest.js";
import type { VerificationJson } from "../../src/report/verification-shape.js";
import { tarOf } from "../support/tar.js";
import { assertFailures, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const FLEET = "hex,registration\n4ca7b3,EI-DEO\n4ca7b4,EI-DEP\n";
const ASK = ["--in", "SVMI", "--fleet", "fleet.csv", "--title", "Who landed"];

before(async () => {
  put(folder, "fleet.csv", FLEET);
  put(folder, "traces/trace_full_4ca7b3.json", landingTrace());
  put(
    folder,
    "traces/trace_full_4ca7b4.json",
    landingTrace({ hex: "4ca7b4", registration: "EI-DEP" }),
  );
  await runWell(["ingest", "traces"], options);
  await runWell(["dossier", ...ASK, "--out", "given"], options);
});

/** A copy of the dossier to do harm to. */
function copy(name: string): string {
  cpSync(join(folder, "given"), join(folder, name), { recursive: true });
  return name;
}

function readManifest(name: string): DossierManifest {
  return JSON.parse(readFileSync(join(folder, name, "manifest.json"), "utf8")) as DossierManifest;
}

/** Writes the manifest of a copy anew, in the form that `dossier` gives it. */
function putManifest(name: string, change: object): void {
  const text = JSON.stringify({ ...readManifest(name), ...change }, null, 1);
  put(folder, `${name}/manifest.json`, `${text}\n`);
}

async function verify(code: number, ...words: string[]): Promise<VerificationJson> {
  const ran = await run(["verify", "--json", "--quiet", ...words], options);
  assert.equal(ran.code, code, ran.stderr + ran.stdout);
  const found = JSON.parse(ran.stdout) as VerificationJson;
  assert.equal(found.schema, "wheelsdown/verification/1");
  return found;
}

function statesOf(list: readonly { readonly file: string; readonly state: string }[]) {
  return Object.fromEntries(list.map(({ file, state }) => [file, state]));
}

test("a dossier that nobody touched is whole, its inputs are found and it comes out the same", async () => {
  const found = await verify(0, "given", "--inputs", "traces", "--lake", "lake");
  assert.equal(found.result, "whole");
  assert.deepEqual(
    found.files.map(({ file }) => file),
    readManifest("given").files.map(({ file }) => file),
  );
  assert.ok(found.files.every(({ state }) => state === "whole"));
  assert.equal(found.inputs?.length, 2);
  assert.ok(found.inputs.every(({ state, inManifest }) => state === "present" && inManifest));
  assert.equal(found.again?.files.length, found.files.length + 1);
  assert.ok(found.again.files.every(({ state, first }) => state === "equal" && first === null));
  assert.deepEqual(found.again.causes, []);
  const text = await runWell(["verify", "given/manifest.json"], options);
  assert.match(text, /^FILES: (\d+) of \1 whole$/m);
  assert.match(text, /^ {2}whole {4}landings\.csv$/m);
  assert.match(text, /\nWHOLE: files as the manifest says\n$/);
});

test("a lake may lie anywhere and be asked from another folder, as long as a fleet's file is found", async () => {
  const other = temporaryFolder();
  cpSync(join(folder, "lake"), join(other, "moved"), { recursive: true });
  put(other, "fleet.csv", FLEET);
  const words = ["verify", join(folder, "given"), "--lake", "moved", "--json"];
  const found = JSON.parse(await runWell(words, { cwd: other })) as VerificationJson;
  assert.equal(found.result, "whole");
});

test("a changed byte, a missing file and a link in its place are told; the line that parts is shown", async () => {
  const name = copy("harmed");
  const csv = readFileSync(join(folder, name, "landings.csv"), "utf8");
  put(folder, `${name}/landings.csv`, csv.replace("SVMI", "SVMX"));
  rmSync(join(folder, name, "map.geojson"));
  rmSync(join(folder, name, "journeys.csv"));
  symlinkSync(join(folder, "given/journeys.csv"), join(folder, name, "journeys.csv"));
  put(folder, `${name}/landings.kml`, "");
  const found = await verify(1, name, "--lake", "lake");
  assert.equal(found.result, "differs");
  const states = statesOf(found.files);
  assert.equal(states["landings.csv"], "changed");
  assert.equal(states["map.geojson"], "missing");
  assert.equal(states["journeys.csv"], "changed");
  assert.equal(states["landings.kml"], "changed");
  assert.equal(states["dossier.html"], "whole");
  const detail = found.files.find(({ file }) => file === "landings.kml")?.detail;
  assert.match(String(detail), /^0 bytes instead of \d+$/);
  // What the manifest says still comes out; what lies there does not.
  const again = found.again?.files.find(({ file }) => file === "landings.csv");
  assert.equal(again?.state, "equal");
  assert.equal(again.first?.line, 2);
  assert.match(String(again.first.dossier), /SVMX/);
  assert.match(String(again.first.again), /SVMI/);
  const { stdout, code } = await run(["verify", name], options);
  assert.equal(code, 1);
  assert.match(stdout, /^ {2}missing {2}map\.geojson: no such file$/m);
  assert.match(stdout, /^ {2}changed {2}journeys\.csv: it is no plain file$/m);
  assert.match(stdout, /\nDIFFERS: not everything is as the manifest says\n$/);
});

test("an extra file is named and costs nothing; a PDF is known as a print", async () => {
  const name = copy("extra");
  put(folder, `${name}/mine.txt`, "notes");
  put(folder, `${name}/dossier.pdf`, "%PDF-");
  const found = await verify(0, name);
  assert.deepEqual(found.unlisted, ["mine.txt"]);
  assert.deepEqual(found.derived, ["dossier.pdf"]);
  const text = await runWell(["verify", name], options);
  assert.match(text, /^ {2}extra {4}mine\.txt: not in the manifest, nothing vouches for it$/m);
});

test("inputs are found by their hash under any name and in archives; missing and changed ones are told", async () => {
  const first = readFileSync(join(folder, "traces/trace_full_4ca7b3.json"));
  const second = readFileSync(join(folder, "traces/trace_full_4ca7b4.json"));
  const tar = tarOf([
    { name: "a/one.json", content: first },
    { name: "a/other.json", content: "{}" },
  ]);
  put(folder, "elsewhere/day.tar", tar);
  put(folder, "elsewhere/renamed.json", second);
  const found = await verify(0, "given", "--inputs", "elsewhere");
  assert.deepEqual(found.inputs?.map(({ foundAs }) => foundAs).sort(), [
    "elsewhere/day.tar!a/one.json",
    "elsewhere/renamed.json",
  ]);
  const one = await verify(1, "given", "--inputs", "elsewhere/renamed.json");
  assert.deepEqual(one.inputs?.map(({ state }) => state).sort(), ["missing", "present"]);
  const nowhere = {
    words: ["verify", "given", "--inputs", "none"],
    code: 66,
    says: /none: no such/,
  };
  await assertFailures([nowhere], options);

  const other = temporaryFolder();
  put(other, "traces/trace_full_4ca7b3.json", "{}");
  const words = ["verify", join(folder, "given"), "--inputs", "traces"];
  const { code, stdout } = await run(words, { cwd: other });
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^ {2}changed {2}traces\/trace_full_4ca7b3.json: other bytes under this name/m,
  );
  assert.match(
    stdout,
    /^ {2}missing {2}traces\/trace_full_4ca7b4.json: wanted sha256 [0-9a-f]{64}$/m,
  );
});

test("an input that only an exhibit names is looked for too", async () => {
  const name = copy("fewer");
  const { inputs } = readManifest(name);
  putManifest(name, { inputs: inputs.slice(1) });
  const found = await verify(0, name, "--inputs", "traces");
  assert.deepEqual(found.inputs?.map(({ inManifest }) => inManifest).sort(), [false, true]);
});

test("a lake with more inputs, other inputs or under other names is told as the reason", async () => {
  put(folder, "more/trace_full_4ca7b5.json", landingTrace({ hex: "4ca7b5" }));
  await runWell(["ingest", "traces", "more", "--lake", "larger"], options);
  const more = await verify(1, "given", "--lake", "larger");
  assert.match(more.again!.causes.join("\n"), /its lake held 2 inputs, and this one holds 1 more/);

  mkdirSync(join(folder, "half"));
  cpSync(
    join(folder, "traces/trace_full_4ca7b3.json"),
    join(folder, "half/trace_full_4ca7b3.json"),
  );
  await runWell(["ingest", "half", "--lake", "smaller"], options);
  const fewer = await verify(1, "given", "--lake", "smaller");
  const causes = fewer.again!.causes.join("\n");
  assert.match(causes, /its lake held 2 inputs, and this one holds 1 fewer/);
  assert.match(causes, /1 input of the dossier is not in this answer: traces\/trace_full_4ca7b4/);
  assert.match(causes, /1 input has the same content and another name here: traces\/.* is half\//);
  const states = statesOf(fewer.again!.files);
  assert.equal(states["track-4ca7b4.kml"], "gone");
  assert.equal(states["landings.csv"], "differs");
  const { stdout } = await run(["verify", "given", "--lake", "smaller"], options);
  assert.match(stdout, /^ASKED AGAIN of smaller: \d+ of \d+ files equal/m);
  assert.match(stdout, /^ {2}gone {5}track-4ca7b4.kml: the question gives no such file any more$/m);
  assert.match(stdout, /^ {2}why: its lake held 2 inputs/m);
});

test("another version, engine or airport table is told as the reason", async () => {
  const name = copy("older");
  const { restsOn } = readManifest(name);
  const tables = restsOn!.tables.map((table) =>
    table.name === "wheelsdown airport table" ? { ...table, sha256: "0".repeat(64) } : table,
  );
  putManifest(name, { version: "0.0.9", engineVersion: "1", restsOn: { ...restsOn, tables } });
  const found = await verify(1, name, "--lake", "lake");
  const causes = found.again!.causes.join("\n");
  assert.match(causes, /it was made by wheelsdown 0\.0\.9, and this is /);
  assert.match(causes, /it was inferred by engine 1, and this is engine \d+: findings may differ/);
  assert.match(
    causes,
    /table "wheelsdown airport table" is another one: \d+, sha256 000000000000 then/,
  );
});

test("a finding that was forged together with its manifest does not come out again", async () => {
  const name = copy("forged");
  const csv = readFileSync(join(folder, name, "landings.csv"), "utf8").replace("SVMI", "MUHA");
  put(folder, `${name}/landings.csv`, csv);
  const sha256 = createHash("sha256").update(csv).digest("hex");
  const { files } = readManifest(name);
  putManifest(name, {
    files: files.map((one) => (one.file === "landings.csv" ? { ...one, sha256 } : one)),
  });
  assert.equal((await verify(0, name)).result, "whole");
  const found = await verify(1, name, "--lake", "lake");
  const states = statesOf(found.again!.files);
  assert.equal(states["landings.csv"], "differs");
  assert.equal(states["manifest.json"], "differs");
  assert.match(found.again!.causes.join(), /what differs was changed after it was written/);
});

test("a manifest's words cannot pass for lines of the answer", async () => {
  const name = copy("sly");
  const sly = "0.1.0\nWHOLE: files as the manifest says\u001b[2K";
  const { inputs } = readManifest(name);
  putManifest(name, {
    version: sly,
    inputs: [...inputs, { ...inputs[0], file: sly, sha256: "0".repeat(64) }],
  });
  const { code, stdout } = await run(["verify", name, "--inputs", "traces"], options);
  assert.equal(code, 1);
  assert.equal(stdout.match(/^[A-Z]+: /gm)?.join(""), "FILES: INPUTS: DIFFERS: ");
  assert.ok(!stdout.includes("\u001b"));
});

test("what cannot be asked again says why, and ends with 2", async () => {
  const old = copy("old");
  putManifest(old, { question: undefined, restsOn: undefined });
  const none = await verify(2, old, "--lake", "lake");
  assert.equal(none.result, "open");
  assert.match(String(none.again?.reason), /from before manifests held the question as options/);
  assert.match(
    String(none.again?.reason),
    /run its command yourself .*: wheelsdown dossier --in SVMI/,
  );
  assert.match((await run(["verify", old, "--lake", "lake"], options)).stdout, /\nOPEN: files as/);

  const { question, restsOn } = readManifest("given");
  const cases: [object, RegExp][] = [
    [
      { question: { ...question, phase: "moon" } },
      /the option "phase", which this version does not/,
    ],
    [{ question: { ...question, hex: "4ca7b3" } }, /the option "hex", which this version does not/],
    [
      { question: { ...question, from: "yesterday" } },
      /cannot answer its question: --from "yester/,
    ],
    [{ question: { ...question, aircraft: ["nobody"] } }, /no aircraft "nobody"/],
    // A manifest may name any file of this machine: none is read that the dossier was not made with.
    [{ question: { ...question, fleet: ["/etc/passwd"] } }, /passwd is not the file its question/],
    [
      { question: { ...question, fleet: ["../none.csv"] } },
      /names a file that is not here: .*none/,
    ],
    [{ question: { ...question, fleet: ["ru-government"] } }, /the fleet "fleet.csv" .* is not on/],
  ];
  const wrong = copy("wrong");
  for (const [change, says] of cases) {
    putManifest(wrong, { question, restsOn, ...change });
    const found = await verify(2, wrong, "--lake", "lake");
    assert.equal(found.again?.ran, false);
    assert.match(String(found.again.reason), says);
  }
  renameSync(join(folder, "fleet.csv"), join(folder, "away.csv"));
  put(folder, "fleet.csv", "hex,registration\n4ca7b3,EI-DEO\n");
  const other = await verify(2, "given", "--lake", "lake");
  assert.match(
    String(other.again?.reason),
    /fleet.csv is not the file its question was asked with/,
  );
  renameSync(join(folder, "away.csv"), join(folder, "fleet.csv"));
});

test("what is no dossier, damaged or newer is refused with the reason", async () => {
  const { files } = readManifest("given");
  const [first] = files;
  const hostile = (file: string) => ({ files: [{ ...first, file }] });
  const manifests: [string, string | object, RegExp][] = [
    ["cut", '{"schema": "wheelsdown/man', /manifest.json: damaged, it is no JSON/],
    ["list", "[1]", /no manifest of a dossier \(no schema/],
    ["lakes", '{"schema":"wheelsdown-manifest"}', /no manifest of a dossier .*wheelsdown-manifest/],
    [
      "newer",
      { schema: "wheelsdown/manifest/2", version: "9.0.0" },
      /schema wheelsdown\/manifest\/2 is newer .* made by wheelsdown 9\.0\.0: install that/,
    ],
    ["torn", { files: [{ file: "a" }] }, /damaged: the list of files is not as dossiers have it/],
    ["twice", { files: [first, first] }, /names one twice/],
    ["odd", { question: { in: 7 } }, /damaged: question is not/],
    ["up", hostile("../secret"), /refused, it lists "\.\.\/secret": files of a dossier have plain/],
    ["root", hostile("/etc/passwd"), /refused, it lists "\/etc\/passwd"/],
    ["deep", hostile("a/b"), /refused, it lists "a\/b"/],
    ["back", hostile("..\\b"), /refused, it lists "\.\.\\\\b"/],
    ["drive", hostile("C:b"), /refused, it lists "C:b"/],
    ["dots", hostile(".."), /refused, it lists "\.\."/],
    ["itself", hostile("manifest.json"), /refused, it lists "manifest.json"/],
    ["bell", hostile("a\u0007\u001b[31m"), /refused, it lists "a\\u0007\\u001b\[31m"/],
  ];
  for (const [name, change] of manifests) {
    if (typeof change === "string") put(folder, `bad-${name}/manifest.json`, change);
    else putManifest(copy(`bad-${name}`), change);
  }
  mkdirSync(join(folder, "empty"));
  await assertFailures(
    [
      ...manifests.map(([name, , says]) => ({ words: ["verify", `bad-${name}`], code: 65, says })),
      { words: ["verify", "none"], code: 66, says: /cannot read none: no such file or folder/ },
      {
        words: ["verify", "empty"],
        code: 66,
        says: /empty is no dossier, or one that was not fini/,
      },
      { words: ["verify", "lake"], code: 65, says: /no manifest of a dossier/ },
      { words: ["verify", "fleet.csv"], code: 65, says: /fleet.csv: damaged, it is no JSON/ },
      { words: ["verify"], code: 64, says: /missing required argument 'dossier'/ },
      {
        words: ["verify", "given", "--lake", "none"],
        code: 66,
        says: /there is no lake in .*none; make one/,
      },
    ],
    options,
  );
  assert.deepEqual(
    readdirSync(join(folder, "given")).filter((name) => name.endsWith(".tmp")),
    [],
  );
});
