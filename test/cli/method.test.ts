import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CALIBRATION_TABLE } from "../../src/movement/calibration-table.js";
import { FORBIDDEN_WORDS } from "../../src/report/wording.js";
import { jsonLines, runWell, temporaryFolder } from "./run.js";

const folder = temporaryFolder();

test("method prints classes, figures, versions, the hash and what cannot be said", async () => {
  const text = await runWell(["method"]);
  for (const group of ["seen", "G2", "G3", "G4", "G7", "GAP"])
    assert.match(text, new RegExp(`^${group} `, "m"));
  assert.ok(text.includes(CALIBRATION_TABLE.casesSha256));
  assert.match(text, /Brier 0\.\d{3} as the method states it, 0\.\d{3} calibrated; ECE 0\.\d{3}/);
  assert.match(text, /What these figures cannot say/);
  assert.match(text, /develop split/);
  assert.doesNotMatch(text, FORBIDDEN_WORDS);
  assert.equal(await runWell(["method"]), text);
});

test("method --json is one object with the whole table", async () => {
  const [method, ...others] = jsonLines(await runWell(["method", "--json"]));
  assert.deepEqual(others, []);
  assert.equal(method!.schema, "wheelsdown/method/1");
  assert.deepEqual(method!.calibration, CALIBRATION_TABLE);
});

test("method --picture writes a whole SVG with every bin that holds anything", async () => {
  const file = join(folder, "reliability.svg");
  await runWell(["method", "--picture", file]);
  const svg = readFileSync(file, "utf8");
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="800"/);
  assert.match(svg, /<\/svg>\n$/);
  assert.doesNotMatch(svg, /NaN|undefined|null/);
  const { happened, there } = CALIBRATION_TABLE.reliability;
  const held = [...happened, ...there].filter(({ statementCount }) => statementCount > 0);
  assert.equal(svg.match(/<circle/g)?.length, held.length);
  const shown = new URL("../../../docs/pictures/reliability.svg", import.meta.url);
  assert.equal(readFileSync(shown, "utf8"), svg, "the handbook shows another table's picture");
});
