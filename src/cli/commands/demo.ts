import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Command } from "commander";
import { makeFolder, writeAtomically } from "../../io/write-file.js";
import { commandLine } from "../../query/command-line.js";
import { loadReference } from "../../reference/reference.js";
import { buildJanuary2019, type Scenario } from "../../sim/scenario-january-2019.js";
import { WheelsdownError } from "../../units/errors.js";
import { addExamples } from "../options.js";
import { runCommand } from "../run-command.js";
import { showLandings } from "../show-landings.js";
import type { Terminal } from "../terminal.js";
import { listFolder, writeDossier } from "./dossier.js";
import { ingestPaths } from "./ingest.js";
import { showJourneys } from "./journeys.js";

const MARK = "SIMULATED.txt";
const MARK_TEXT =
  "Everything in this folder was made by `wheelsdown demo`: SIMULATED aircraft, positions and receivers.\nNone of it happened.\n";
const PERIOD = { from: "2018-12-01", to: "2019-01-31" } as const;

export function addDemoCommand(program: Command): void {
  const command = program
    .command("demo")
    .description(
      "Simulates the flights reported in January 2019 with invented aircraft, writes them as trace files, reads them into " +
        "a lake and answers: who landed in or near Venezuela, and how did the Il-96 get to Havana. Everything is marked " +
        "SIMULATED. Leaves a dossier to open.",
    )
    .option("--out <dir>", "folder to write", "./wheelsdown-demo");
  addExamples(command, ["demo", "demo --out tour"]);
  command.action((options: { readonly out: string }) =>
    runCommand(command, (terminal) => runDemo(options.out, terminal)),
  );
}

async function runDemo(out: string, terminal: Terminal): Promise<void> {
  await prepareFolder(out);
  const { airports } = await loadReference({ onProgress: (message) => terminal.note(message) });
  terminal.note("simulating December 2018 and January 2019 ...");
  const scenario = buildJanuary2019(airports);
  const traces = join(out, "traces");
  await writeTraces(scenario, traces, terminal);
  const fleet = join(out, "demo-fleet.csv");
  await writeAtomically(fleet, scenario.fleetCsv);
  const lake = join(out, "lake");
  terminal.note("reading them as if they had been downloaded ...");
  await ingestPaths([traces], { lake, licence: "SIMULATED, free to use" }, terminal);

  const landings = { lake, in: "VE", near: "300km", fleet: [fleet], ...PERIOD };
  const journey = { lake, hex: [scenario.heroAddress], from: "2019-01-20", to: PERIOD.to };
  // Before printing: a reader that has enough (`| head`) ends the program.
  await writeDossier(
    {
      ...landings,
      title: "Transports to Caracas, December 2018",
      out: join(out, "dossier-caracas"),
    },
    terminal,
  );
  const dossier = join(out, "dossier-havana");
  await writeDossier(
    { ...journey, title: "The Il-96 to Havana, January 2019", out: dossier },
    terminal,
  );

  await say(
    terminal,
    `Which aircraft of the demo's fleet landed in or near Venezuela?`,
    commandLine("landings", landings),
  );
  await showLandings(landings, terminal);
  await say(terminal, "How did the Il-96 get to Havana?", commandLine("journeys", journey));
  await showJourneys(journey, terminal);

  await terminal.line(
    `Open the dossier in a browser: ${pathToFileURL(join(resolve(dossier), "dossier.html")).href}`,
  );
}

async function say(terminal: Terminal, question: string, command: string): Promise<void> {
  await terminal.line(`\n== ${question}\n$ ${command}\n`);
}

/** A demo may be run again over itself, and over nothing else. */
async function prepareFolder(out: string): Promise<void> {
  const names = await listFolder(out);
  if (names.length > 0 && !names.includes(MARK)) {
    throw new WheelsdownError(
      "usage",
      `${out} is not empty and is no earlier demo; give another folder with --out`,
    );
  }
  for (const name of ["traces", "lake", "dossier-havana", "dossier-caracas"]) {
    await rm(join(out, name), { recursive: true, force: true });
  }
  await makeFolder(out);
  await writeAtomically(join(out, MARK), MARK_TEXT);
}

async function writeTraces(scenario: Scenario, folder: string, terminal: Terminal): Promise<void> {
  let count = 0;
  for (const { path, text } of scenario.files()) {
    terminal.checkInterrupt();
    const target = join(folder, path);
    await makeFolder(dirname(target));
    // Compressed under a name that ends in .json, as the real archives have it.
    await writeAtomically(target, gzipSync(text));
    count++;
  }
  terminal.note(`wrote ${count} simulated trace files to ${folder}`);
}
