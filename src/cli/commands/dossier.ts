import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { writeTogether } from "../../io/write-file.js";
import type { QuestionOptions } from "../../query/question.js";
import { withLake } from "../../query/with-lake.js";
import { WheelsdownError } from "../../units/errors.js";
import { makeDossier } from "../make-dossier.js";
import {
  addAircraftFilter,
  addExamples,
  addLake,
  addNoCoverage,
  addPeriod,
  addPlace,
  type WeighOptions,
} from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

export interface DossierOptions extends QuestionOptions, WeighOptions {
  readonly lake: string;
  readonly out: string;
  readonly title?: string;
}

export const MANIFEST_NAME = "manifest.json";

export function addDossierCommand(program: Command): void {
  const command = program
    .command("dossier")
    .description(
      "Writes everything that answers a question into a folder: one HTML file that opens from disk without a network, " +
        "and the same findings as CSV, GeoJSON, KML and JSON, with a manifest of hashes.",
    )
    .option("--out <dir>", "folder to write", "./dossier")
    .option("--title <text>", "title of the dossier");
  addNoCoverage(command);
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
  const earlier = await checkFolder(options.out);
  await withLake(options, terminal, async (tools) => {
    const files = await makeDossier(options, tools);
    terminal.checkInterrupt();
    // The manifest goes last: a packet without one was not finished.
    await writeTogether(options.out, files);
    await removeStale(options.out, earlier, files);
    terminal.note(`wrote ${files.size} files to ${options.out}: ${[...files.keys()].join(", ")}`);
  });
}

/**
 * A folder that holds something else is never written into.
 *
 * @returns names of the files of an earlier dossier in it
 */
async function checkFolder(folder: string): Promise<string[]> {
  const names = await listFolder(folder);
  if (names.length === 0) return [];
  const manifest = await readFile(join(folder, MANIFEST_NAME), "utf8").catch(() => "");
  if (!manifest.includes('"wheelsdown/manifest/1"')) {
    throw new WheelsdownError(
      "usage",
      `${folder} is not empty and holds no dossier; give another folder with --out`,
    );
  }
  const listed = new Set<string>();
  for (const [, name] of manifest.matchAll(/"file": "([\w.-]+)",\s*"byteCount"/g))
    if (name) listed.add(name);
  return names.filter((name) => listed.has(name));
}

/** @returns names in a folder to write, none when it is not there. @throws WheelsdownError "usage" when it is none */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new WheelsdownError(
      "usage",
      `cannot write into ${folder}: ${code === "ENOTDIR" ? "it is a file" : (cause as Error).message}; give another folder with --out`,
      { cause },
    );
  }
}

/** What an earlier dossier left and this one does not have would be taken for a part of it. */
async function removeStale(
  folder: string,
  earlier: readonly string[],
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const name of earlier) if (!files.has(name)) await rm(join(folder, name), { force: true });
}
