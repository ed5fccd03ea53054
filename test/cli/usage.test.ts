import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { buildProgram } from "../../src/cli/program.js";
import { assertFailures, run, runWell, temporaryFolder } from "./run.js";

const COMMANDS = [
  "demo",
  "movements",
  "inspect",
  "ingest",
  "landings",
  "arrivals",
  "departures",
  "area",
  "journeys",
  "track",
  "together",
  "dossier",
  "verify",
  "airport",
  "aircraft",
  "fleet",
  "lake",
];

test("help goes to stdout, names every command and fits 80 columns", async () => {
  const text = await runWell(["--help"]);
  for (const command of COMMANDS) assert.match(text, new RegExp(`^ {2}${command} `, "m"));
  const helps = COMMANDS.map((command) =>
    runWell([command, "--help"], { env: { COLUMNS: "200" } }),
  );
  for (const help of await Promise.all(helps)) {
    assert.match(help, /^Usage: wheelsdown /);
    const described = help.slice(0, help.indexOf("\nExamples:"));
    for (const line of described.split("\n")) assert.ok(line.length <= 80, line);
  }
});

test("a description is wrapped once, not in the middle of lines", async () => {
  const help = await runWell(["ingest", "--help"]);
  const paragraph = help.split("\n\n")[1]!.split("\n");
  for (const line of paragraph.slice(0, -1)) assert.ok(line.length > 60, line);
});

test("the version is the package's", async () => {
  const file = new URL("../../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  assert.equal(await runWell(["--version"]), `${version}\n`);
});

test("wrong usage ends with 64 and says what would be right", async () => {
  const lake = join(temporaryFolder(), "none");
  await assertFailures([
    { words: [], code: 64, says: /Usage: wheelsdown/ },
    { words: ["fleet"], code: 64, says: /Usage: wheelsdown fleet/ },
    {
      words: ["landing"],
      code: 64,
      says: /unknown command 'landing'\n\(Did you mean landings\?\)/,
    },
    { words: ["landings", "--form"], code: 64, says: /unknown option '--form'[\s\S]*--from/ },
    { words: ["movements"], code: 64, says: /missing required argument 'path'/ },
    {
      words: ["movements", "--json", "--csv", "x"],
      code: 64,
      says: /'--json' cannot be used with/,
    },
    { words: ["movements", "-dash.json"], code: 64, says: /unknown option '-dash.json'/ },
    { words: ["journeys", "--max-stop", "x"], code: 64, says: /number of hours, such as 12/ },
    { words: ["journeys", "--max-stop", "-1"], code: 64, says: /number of hours, such as 12/ },
    { words: ["airport", "Havanna"], code: 64, says: /no airport "Havanna"; nearest: MUHA/ },
    { words: ["aircraft", "nonsense"], code: 64, says: /no aircraft "nonsense"[\s\S]*--hex/ },
    { words: ["fleet", "show", "ru-goverment"], code: 64, says: /nearest: ru-government/ },
    {
      words: ["landings", "--lake", lake],
      code: 66,
      says: /there is no lake in .*; make one with/,
    },
    { words: ["lake", "status", "--lake", lake], code: 66, says: /there is no lake in / },
    { words: ["movements", "nowhere.json"], code: 66, says: /cannot read nowhere.json: no such/ },
  ]);
});

test("looking up needs no lake, and says that there was none", async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await run(["aircraft", "RA-96019"], { cwd: folder });
  assert.equal(code, 0);
  assert.match(stdout, /^address 157713: RA-96019\n/);
  assert.equal(stderr, "no lake in ./lake: rules and fleets only\n");
  const quiet = await run(["--quiet", "aircraft", "RA-96019"], { cwd: folder });
  assert.equal(quiet.stderr, "");
  assert.equal(quiet.stdout, stdout);
  assert.match(await runWell(["airport", "SVMI"]), /^SVMI Maiquetía .*\n[\s\S]*10\/28 +3500 m/);
});

test("the list of commands shows each as the command itself declares it", async () => {
  const listed = (await buildProgram([])).helpInformation();
  assert.equal(listed, (await buildProgram()).helpInformation());
});
