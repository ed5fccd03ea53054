import { createHash } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { askedFiles } from "../query/asked-files.js";
import { nameInCode } from "../query/command-line.js";
import type { DossierOptions } from "../query/dossier-options.js";
import { makeDossier } from "../query/make-dossier.js";
import { withLake } from "../query/with-lake.js";
import { EVERYTHING } from "../query/withhold.js";
import {
  type AskedOptions,
  type DossierManifest,
  MANIFEST_NAME,
  parseDossierManifest,
} from "../report/dossier-manifest.js";
import type { AgainFileJson, AgainJson } from "../report/verification-shape.js";
import { type ErrorCode, WheelsdownError } from "../units/errors.js";
import { firstDifference } from "./first-difference.js";
import type { Terminal } from "./terminal.js";
import { differencesOf } from "./verify-causes.js";
import type { OpenDossier } from "./verify-files.js";

/** What a question may hold. Another option is one of a later program, and cannot be left out: it may change the answer. */
const OPTIONS = {
  text: [
    ...["in", "near", "within", "state", "operator", "type", "callsign", "from", "to"],
    ...["title", "note"],
  ],
  list: ["fleet", "aircraft", "hex", "leave-out", "caption"],
  yes: ["military", "include-private"],
} as const;

/** Errors that say that this lake or this machine cannot answer the question; others end the command. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set(["usage", "unknown-name", "positions-not-kept"]);

/**
 * Asks the question of a dossier again, of a lake that may lie anywhere, and compares what comes out file by file.
 *
 * @throws WheelsdownError as opening a lake does
 */
export async function askAgain(
  dossier: OpenDossier,
  lake: string,
  terminal: Terminal,
): Promise<AgainJson> {
  const { manifest } = dossier;
  const asked = readQuestionOf(manifest);
  const reason = typeof asked === "string" ? asked : await otherFiles(asked, manifest);
  if (typeof asked === "string" || reason !== undefined)
    return { ran: false, reason: reason!, lake, files: [], causes: [] };
  try {
    let made: ReadonlyMap<string, string> = new Map();
    // Whatever it contained was shown before: no clock withholds it now.
    const showing = { ...EVERYTHING, includePrivate: asked.includePrivate === true };
    await withLake({ ...asked, lake, showing }, terminal, async (tools) => {
      // The dossier prints the name its lake had, wherever the one asked now lies.
      made = (await makeDossier(asked, tools)).files;
    });
    const files = await compare(dossier, made);
    const now = parseDossierManifest(made.get(MANIFEST_NAME)!, MANIFEST_NAME);
    const isEqual = files.every(({ state }) => state === "equal");
    return { ran: true, reason: null, lake, files, causes: differencesOf(manifest, now, isEqual) };
  } catch (error) {
    if (!(error instanceof WheelsdownError) || !UNANSWERED.has(error.code)) throw error;
    const why = `this lake cannot answer its question: ${error.message}`;
    return { ran: false, reason: why, lake, files: [], causes: [] };
  }
}

/** @returns the options of the question, or why it cannot be asked again */
function readQuestionOf({
  question,
  restsOn,
  version,
  command,
}: DossierManifest): DossierOptions | string {
  if (!question || !restsOn)
    return (
      `its manifest, by wheelsdown ${version}, is from before manifests held the question as options; ` +
      `run its command yourself and compare: ${command}`
    );
  const { lake, coverage, ...others } = question;
  if (typeof lake !== "string" || (coverage !== undefined && coverage !== false))
    return "the question in its manifest is not as dossiers have it";
  const wrong = Object.keys(others).find((name) => !isKnown(name, others));
  if (wrong !== undefined)
    return `its question has the option ${JSON.stringify(wrong.slice(0, 40))}, which this version does not know, or not so`;
  const named = Object.entries(others).map(([name, value]) => [nameInCode(name), value]);
  return {
    ...(Object.fromEntries(named) as Omit<DossierOptions, "lake">),
    lake,
    ...(coverage === false && { coverage }),
  };
}

function isKnown(name: string, options: AskedOptions): boolean {
  const value = options[name];
  if (typeof value === "string") return OPTIONS.text.some((one) => one === name);
  if (typeof value === "boolean") return value && OPTIONS.yes.some((one) => one === name);
  return OPTIONS.list.some((one) => one === name);
}

/**
 * Files that the question names are read only when they are those the dossier was made with: another fleet is another
 * question, and a manifest from a stranger may name any file of this machine.
 *
 * @returns why the question cannot be asked; undefined when it can
 */
async function otherFiles(
  asked: DossierOptions,
  { restsOn }: DossierManifest,
): Promise<string | undefined> {
  try {
    const wanted = new Map((restsOn?.files ?? []).map(({ file, sha256 }) => [file, sha256]));
    const found = await askedFiles(asked);
    const other = found.find(({ file, sha256 }) => wanted.get(file) !== sha256);
    if (other) return `${other.file} is not the file its question was asked with`;
    const gone = [...wanted.keys()].find((name) => !found.some(({ file }) => file === name));
    return gone && `the fleet "${gone}" of its question is not on this machine`;
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    return `its question names a file that is not here: ${error.message}; verify it in the folder it was made in`;
  }
}

async function compare(
  { folder, manifest, manifestText }: OpenDossier,
  made: ReadonlyMap<string, string>,
): Promise<AgainFileJson[]> {
  const files: AgainFileJson[] = [];
  for (const { file, sha256 } of manifest.files) {
    const text = made.get(file);
    if (text === undefined) files.push({ file, state: "gone", first: null });
    else {
      const again = Buffer.from(text);
      const isEqual = createHash("sha256").update(again).digest("hex") === sha256;
      const there = await readPlain(join(folder, file));
      const first = there ? firstDifference(there, again) : null;
      files.push({ file, state: isEqual ? "equal" : "differs", first });
    }
  }
  const listed = new Set(manifest.files.map(({ file }) => file));
  for (const [file, text] of made) {
    if (file === MANIFEST_NAME) {
      const first = firstDifference(Buffer.from(manifestText), Buffer.from(text));
      files.push({ file, state: first ? "differs" : "equal", first });
    } else if (!listed.has(file)) files.push({ file, state: "new", first: null });
  }
  return files;
}

/** @returns undefined for what is no plain file: a link could lead anywhere, a pipe could keep us waiting */
async function readPlain(path: string): Promise<Buffer | undefined> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() ? await readFile(path).catch(() => undefined) : undefined;
}
