// How long a first answer takes from nothing, as multiples of a Node that does nothing, in one run.
//
//   npm run bench:start [-- --rounds 10 --work FOLDER]
//
// The lake is the demo's; it is made in the folder when it is not there. Beside other work the least of the rounds says
// more than the median.
import { existsSync, mkdirSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureStarts } from "./start-times.js";
import { PROGRAM, runProcess } from "./world/run-child.js";

/** Times of an empty Node that a start may take. Set before anything was built. */
const GOALS = { help: 1.5, answer: 3 } as const;
/** The aircraft of the demo's second dossier, by its address: it flies on most of the demo's days. */
const AIRCRAFT = "1403c0";
const TRACE = `traces/2019/01/23/traces/c0/trace_full_${AIRCRAFT}.json`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "10" },
    work: { type: "string", default: "bench-work" },
  },
});
const demo = join(values.work, "start-demo");
if (!existsSync(join(demo, "lake", "lake.json"))) {
  console.error("making the demo's lake");
  mkdirSync(values.work, { recursive: true });
  await runProcess(process.execPath, [PROGRAM, "demo", "--quiet", "--out", demo]);
}
const lake = ["--lake", join(demo, "lake")];
const words = {
  "node -e 0": ["-e", "0"],
  "--help": [PROGRAM, "--help"],
  "lake status": [PROGRAM, "lake", "status", ...lake],
  "landings --hex": [PROGRAM, "landings", "--hex", AIRCRAFT, "--no-coverage", ...lake],
  "landings --in": [PROGRAM, "landings", "--in", "CU", "--no-coverage", ...lake],
  "landings --aircraft, coverage weighed": [PROGRAM, "landings", "--aircraft", AIRCRAFT, ...lake],
  "movements FILE": [PROGRAM, "movements", join(demo, TRACE)],
};
const loadBefore = loadavg()[0]!;
const times = await measureStarts(words, Number(values.rounds));
const empty = times["node -e 0"];
console.log(
  `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, load ${loadBefore.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after`,
);
console.log(`${"".padEnd(38)}   least  times    median  times`);
for (const [what, { leastMs, medianMs }] of Object.entries(times)) {
  const goal = what === "node -e 0" ? undefined : what === "--help" ? GOALS.help : GOALS.answer;
  const ratio = leastMs / empty.leastMs;
  const aim = goal === undefined ? "" : `goal ${goal}: ${ratio <= goal ? "met" : "missed"}`;
  const least = `${leastMs.toFixed(0)} ms ${ratio.toFixed(2).padStart(6)}`;
  const middle = `${medianMs.toFixed(0)} ms ${(medianMs / empty.medianMs).toFixed(2).padStart(6)}`;
  console.log(`${what.padEnd(38)}${least.padStart(15)}${middle.padStart(17)}  ${aim}`.trimEnd());
}
