// Measures how right the product is on real tracks with known answers.
//
//   npm run accuracy [-- --quick] [--errors] [--json FILE]
//
// See README.md in this folder.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadReference } from "../src/reference/reference.js";
import { isImpossible, reducedEngine } from "./engine-hooks.js";
import { runAccuracy } from "./run.js";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    errors: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const dataFolder = join(process.cwd(), "..", "shared", "data");
if (existsSync(dataFolder)) {
  const { airports } = await loadReference();
  const report = await runAccuracy({
    dataFolder,
    airports,
    quick: values.quick,
    reduced: (options, sharesOf) => reducedEngine(airports, options, sharesOf),
    saysImpossible: (question) => isImpossible(question, airports),
  });
  if (values.errors) for (const line of report.errors) console.log(line);
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ scores: report.scores, tables: report.tables, errors: report.errors }, undefined, 1)}\n`,
    );
} else {
  console.error("needs ../shared/data, which is not here");
  process.exitCode = 66;
}
