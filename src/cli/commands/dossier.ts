import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { BROWSER_VARIABLE, findBrowser } from "../../io/find-browser.js";
import { printPage } from "../../io/print-page.js";
import { writeTogether } from "../../io/write-file.js";
import {
  type DossierOptions as DossierQuestion,
  readDossierOptions,
} from "../../query/dossier-options.js";
import { makeDossier, refuseRecent } from "../../query/make-dossier.js";
import { withLake } from "../../query/with-lake.js";
import { type ShowingOptions, withholdingOf } from "../../query/withhold.js";
import { MANIFEST_NAME, PAGE_NAME, PDF_NAME } from "../../report/dossier-manifest.js";
import { WheelsdownError } from "../../units/errors.js";
import {
  addAircraftFilter,
  addExamples,
  addLake,
  addNoCoverage,
  addPeriod,
  addPlace,
  collect,
} from "../options.js";
import { runCommand } from "../run-command.js";
import { addShowing, showingNow } from "../showing.js";
import type { Terminal } from "../terminal.js";

export interface DossierOptions extends DossierQuestion, ShowingOptions {
  readonly out: string;
  /** Also print the page. */
  readonly pdf?: boolean;
  /** The browser that prints. */
  readonly chromium?: string;
}

export function addDossierCommand(program: Command): void {
  const command = program
    .command("dossier")
    .description(
      "Writes everything that answers a question into a folder: one HTML file that opens from disk without a network, " +
        "and the same findings as CSV, GeoJSON, KML and JSON, with a manifest of hashes.",
    )
    .option("--out <dir>", "folder to write", "./dossier")
    .option("--title <text>", "title of the dossier")
    .option("--note <text>", "your own words, told apart from the findings")
    .option(
      "--leave-out <id,...>",
      "landings to leave out, by address and time (157713-20190123T140327Z), or journeys by their beginning " +
        "(journey-157713-20190123T091500Z); the dossier says how many and which",
      collect,
    )
    .option(
      "--caption <id=text>",
      "your own words beside one landing or journey, marked as yours; ids as for --leave-out, may be given again",
      collect,
    )
    .option("--pdf", `also print the page to ${PDF_NAME}, A4 and tagged, with a Chromium`)
    .option(
      "--chromium <path>",
      `with --pdf: the browser to use (or ${BROWSER_VARIABLE}); else one is looked for`,
    );
  addNoCoverage(command);
  addPlace(command);
  addPeriod(command);
  addAircraftFilter(command);
  addShowing(command);
  addLake(command);
  addExamples(command, [
    "dossier --in VE --near 300km --fleet ru-government --from 2018-12-01 --to 2019-01-31 --out caracas",
    "dossier --aircraft RA-96019 --from 2019-01-20 --to 2019-01-31",
    "dossier --aircraft RA-96019 --from 2019-01-20 --to 2019-01-31 --pdf",
    "dossier --in VE --leave-out 157713-20190123T140327Z --note 'Checked with the airport.'",
    "dossier --in VE --caption '157713-20190123T140327Z=A neighbour filmed it.'",
  ]);
  command.action((options: DossierOptions) =>
    runCommand(command, (terminal) => writeDossier(options, terminal)),
  );
}

/** Answers a question from the lake and writes the packet. */
export async function writeDossier(options: DossierOptions, terminal: Terminal): Promise<void> {
  if (options.chromium !== undefined && !options.pdf)
    throw new WheelsdownError("usage", "--chromium goes with --pdf");
  // Before a lake is opened for it.
  readDossierOptions(options);
  const earlier = await checkFolder(options.out);
  const limit = showingNow(options);
  // Without the limit of time, which may refuse a dossier and never cuts it.
  const showing = { ...limit, untilMs: undefined };
  await withLake({ ...options, showing }, terminal, async (tools) => {
    const made = await makeDossier(options, tools);
    refuseRecent(made, limit);
    const { files } = made;
    terminal.checkInterrupt();
    // The manifest goes last: a packet without one was not finished.
    await writeTogether(options.out, files);
    await removeStale(options.out, earlier, files);
    for (const line of withholdingOf(tools.lake).lines()) terminal.warn(line);
    terminal.note(`wrote ${files.size} files to ${options.out}: ${[...files.keys()].join(", ")}`);
  });
  if (options.pdf) await printDossier(options, terminal);
}

/** Comes last: whatever goes wrong with a browser, the dossier is there. */
async function printDossier({ out, chromium }: DossierOptions, terminal: Terminal): Promise<void> {
  const pdf = join(out, PDF_NAME);
  try {
    const browser = await findBrowser({
      named: chromium,
      environment: process.env,
      platform: process.platform,
    });
    terminal.note(`printing with ${browser} ...`);
    await printPage({ browser, page: join(out, PAGE_NAME), pdf, signal: terminal.signal });
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    const message = `the dossier in ${out} is whole, without a PDF: ${error.message}`;
    throw new WheelsdownError(error.code, message, { cause: error });
  }
  terminal.note(
    `wrote ${pdf}, a print of ${PAGE_NAME}; it carries the time it was made, so its hash is in no manifest`,
  );
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
  // Older ones list no PDF, and had none.
  if (manifest.includes(`"file": "${PDF_NAME}"`)) listed.add(PDF_NAME);
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
