import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { writeAtomically } from "../../io/write-file.js";
import { WheelsdownError } from "../../units/errors.js";
import { makeDossier } from "../make-dossier.js";
import { addAircraftFilter, addExamples, addLake, addPeriod, addPlace } from "../options.js";
import type { QuestionOptions } from "../question.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";
import { withLake } from "../with-lake.js";

export interface DossierOptions extends QuestionOptions {
  readonly lake: string;
  readonly out: string;
  readonly title?: string;
}

export const MANIFEST_NAME = "manifest.json";

export function addDossierCommand(program: Command): void {
  const command = program
    .command("dossier")
    .summary("the packet for an editor: HTML, CSV, GeoJSON, KML, JSON")
    .description(
      "Writes everything that answers a question into a folder: one HTML file that opens from disk without a network,\n" +
        "and the same findings as CSV, GeoJSON, KML and JSON, with a manifest of hashes.",
    )
    .option("--out <dir>", "folder to write", "./dossier")
    .option("--title <text>", "title of the dossier");
  addPlace(command);
  addPeriod(command);
  addAircraftFilter(command);
  addLake(command);
  addExamples(command, [
    "dossier --in VE --near 300km --fleet ru-government --from 2018-12-01 --to 2019-01-31 --out caracas",
    "dossier --aircraft RA-96019 --from 2019-01-20 --to 2019-01-31",
  ]);
  command.action((options: DossierOptions) =>
    runCommand(command, (terminal) => writeDossier(options, terminal)),
  );
}

/** Answers a question from the lake and writes the packet. */
export async function writeDossier(options: DossierOptions, terminal: Terminal): Promise<void> {
  await checkFolder(options.out);
  await withLake(options, terminal, async (tools) => {
    const files = await makeDossier(options, tools);
    await mkdir(options.out, { recursive: true }).catch((cause: unknown) => {
      throw new WheelsdownError("io-failed", `cannot make the folder ${options.out}`, { cause });
    });
    // The manifest goes last: a packet without one was not finished.
    for (const [name, content] of files) await writeAtomically(join(options.out, name), content);
    terminal.note(
      `wrote ${[...files.keys()].map((name) => join(options.out, name)).join("\n      ")}`,
    );
  });
}

/** A folder that holds something else is never written into. */
async function checkFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return;
  const manifest = await readFile(join(folder, MANIFEST_NAME), "utf8").catch(() => "");
  if (!manifest.includes('"wheelsdown/manifest/1"')) {
    throw new WheelsdownError(
      "usage",
      `${folder} is not empty and holds no dossier; give another folder with --out`,
    );
  }
}
