import { saidInFormat } from "../formats/terms.js";
import { WheelsdownError } from "../units/errors.js";
import type { CoverageSource } from "./coverage-source.js";
import type { DossierModel } from "./dossier-model.js";
import type { LeftOutModel } from "./left-out.js";

/** A file of a dossier as its manifest lists it. */
export interface ListedFile {
  readonly file: string;
  readonly byteCount: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** A name and a SHA-256 of 64 hex digits: an input, or a file that the question names. */
export interface NamedHash {
  readonly file: string;
  readonly sha256: string;
}

/** An input as a manifest names it. */
export interface ManifestInput extends NamedHash {
  /** What was said of it where it does not say it itself: "--tz Europe/Moscow". */
  readonly readAs?: string;
}

/** A table that findings rest on. */
export interface NamedTable {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/** The question as options, by their long names: `{"in": "VE", "near": "300km", "coverage": false}`. */
export type AskedOptions = Readonly<Record<string, string | readonly string[] | boolean>>;

/** What an answer depends on besides the question and the program. */
export interface RestsOn {
  readonly tables: readonly NamedTable[];
  /** Everything the lake held, also inputs that the answer does not use: coverage is measured from all of them. */
  readonly lake: {
    readonly inputCount: number;
    /**
     * SHA-256 over the inputs' hashes, sorted, each followed by a line end; before that, where something was said of the input,
     * a space and what it was.
     */
    readonly inputsSha256: string;
  };
  /** SHA-256 of the measurement of coverage that weighed in; null when none did. */
  readonly coverage: string | null;
  /** Fleets and drawn areas that were read from files, by the word the question has for them. */
  readonly files: readonly NamedHash[];
}

/** What `manifest.json` of a dossier says. Manifests from before a part was added lack it. */
export interface DossierManifest {
  readonly schema: typeof DOSSIER_MANIFEST_SCHEMA;
  readonly version: string;
  readonly engineVersion: string;
  readonly simulated: boolean;
  readonly command: string;
  readonly question?: AskedOptions;
  /** What its author left out, counted; the question has the ids. Absent when nothing was. */
  readonly leftOut?: Omit<LeftOutModel, "ids">;
  readonly restsOn?: RestsOn;
  readonly files: readonly ListedFile[];
  /** Files that a browser or a person may have made from those listed; they are not hashed. */
  readonly derived?: readonly { readonly file: string; readonly from: string }[];
  readonly inputs: readonly ManifestInput[];
}

export const DOSSIER_MANIFEST_SCHEMA = "wheelsdown/manifest/1";
export const MANIFEST_NAME = "manifest.json";
/** The print of the page. It carries the clock of the browser that made it, so no hash of it can be promised. */
export const PDF_NAME = "dossier.pdf";
export const PAGE_NAME = "dossier.html";

/**
 * The manifest of a dossier, in a fixed order of keys. It does not depend on whether a PDF was asked for.
 *
 * @param files every file but the manifest itself
 */
export function dossierManifest(
  model: DossierModel,
  rest: {
    readonly question: AskedOptions;
    readonly restsOn: RestsOn;
    readonly files: readonly ListedFile[];
  },
): DossierManifest {
  return {
    schema: DOSSIER_MANIFEST_SCHEMA,
    version: model.version.version,
    engineVersion: model.version.engineVersion,
    simulated: model.simulated,
    command: model.command,
    question: rest.question,
    ...(model.leftOut && { leftOut: countsOf(model.leftOut) }),
    restsOn: rest.restsOn,
    files: rest.files,
    derived: [{ file: PDF_NAME, from: PAGE_NAME }],
    inputs: model.inputs.map(({ file, sha256, format }) => {
      const readAs = saidInFormat(format);
      return { file, sha256, ...(readAs !== "" && { readAs }) };
    }),
  };
}

function countsOf({ ids: _ids, ...counts }: LeftOutModel): Omit<LeftOutModel, "ids"> {
  return counts;
}

/** @returns the hash of what was measured, null when coverage did not weigh in */
export function measurementOf(source: CoverageSource): string | null {
  return source.kind === "weighed" ? source.measurement : null;
}

/**
 * Reads a manifest that may come from anyone.
 *
 * @param where the file's name, for messages
 * @throws WheelsdownError "input-invalid" for what is damaged, of a newer schema, no manifest of a dossier, or names files
 *   outside its folder
 */
export function parseDossierManifest(text: string, where: string): DossierManifest {
  const found = parseObject(text, where);
  checkSchema(found, where);
  const wrong = (part: string) =>
    new WheelsdownError("input-invalid", `${where}: damaged: ${part} is not as dossiers have it`);
  const { version, engineVersion, simulated, command, question, restsOn } = found;
  if (typeof version !== "string" || typeof engineVersion !== "string") throw wrong("version");
  if (typeof command !== "string") throw wrong("command");
  const files = found["files"];
  if (!Array.isArray(files) || !files.every(isListedFile)) throw wrong("the list of files");
  const inputs = found["inputs"];
  if (!Array.isArray(inputs) || !inputs.every(isManifestInput)) throw wrong("the list of inputs");
  if (question !== undefined && !isAskedOptions(question)) throw wrong("question");
  if (restsOn !== undefined && !isRestsOn(restsOn)) throw wrong("restsOn");
  for (const { file } of files) checkName(file, where);
  if (new Set(files.map(({ file }) => file)).size < files.length)
    throw wrong("the list of files, which names one twice,");
  return {
    schema: DOSSIER_MANIFEST_SCHEMA,
    version,
    engineVersion,
    simulated: simulated === true,
    command,
    ...(question && { question }),
    ...(restsOn && { restsOn }),
    files,
    inputs,
  };
}

type Unchecked = Readonly<Record<string, unknown>>;

function parseObject(text: string, where: string): Unchecked {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new WheelsdownError(
      "input-invalid",
      `${where}: damaged, it is no JSON: ${(cause as Error).message}`,
      { cause },
    );
  }
  return isObject(found) ? found : {};
}

function checkSchema({ schema, version }: Unchecked, where: string): void {
  if (schema === DOSSIER_MANIFEST_SCHEMA) return;
  const newer = typeof schema === "string" && /^wheelsdown\/manifest\/(\d+)$/.exec(schema);
  if (newer && Number(newer[1]) > 1) {
    const by = typeof version === "string" ? `; it was made by wheelsdown ${version}` : "";
    throw new WheelsdownError(
      "input-invalid",
      `${where}: schema ${schema} is newer than this program reads (${DOSSIER_MANIFEST_SCHEMA})${by}: install that version or a later one`,
    );
  }
  const says = typeof schema === "string" ? `its schema is "${schema.slice(0, 60)}"` : "no schema";
  throw new WheelsdownError(
    "input-invalid",
    `${where}: no manifest of a dossier (${says}, not ${DOSSIER_MANIFEST_SCHEMA})`,
  );
}

/** Names that `dossier` writes, and nothing that leads out of the folder, on any system. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/;

function checkName(name: string, where: string): void {
  if (NAME.test(name) && !name.includes("..") && name !== MANIFEST_NAME) return;
  throw new WheelsdownError(
    "input-invalid",
    `${where}: refused, it lists ${JSON.stringify(name.slice(0, 120))}: files of a dossier have plain names and lie beside the manifest`,
  );
}

function isObject(value: unknown): value is Unchecked {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSha256(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isNamedHash(value: unknown): value is NamedHash {
  return isObject(value) && typeof value["file"] === "string" && isSha256(value["sha256"]);
}

function isManifestInput(value: unknown): value is ManifestInput {
  if (!isNamedHash(value)) return false;
  const { readAs } = value as unknown as Unchecked;
  return readAs === undefined || typeof readAs === "string";
}

function isListedFile(value: unknown): value is ListedFile {
  return isNamedHash(value) && isCount((value as unknown as Unchecked)["byteCount"]);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isAskedOptions(value: unknown): value is AskedOptions {
  return (
    isObject(value) &&
    Object.values(value).every(
      (one) =>
        typeof one === "string" ||
        typeof one === "boolean" ||
        (Array.isArray(one) && one.every((word) => typeof word === "string")),
    )
  );
}

function isRestsOn(value: unknown): value is RestsOn {
  if (!isObject(value)) return false;
  const { tables, lake, coverage, files } = value;
  return (
    Array.isArray(tables) &&
    tables.every(isNamedTable) &&
    isObject(lake) &&
    isCount(lake["inputCount"]) &&
    isSha256(lake["inputsSha256"]) &&
    (coverage === null || isSha256(coverage)) &&
    Array.isArray(files) &&
    files.every(isNamedHash)
  );
}

function isNamedTable(value: unknown): value is NamedTable {
  return (
    isObject(value) &&
    typeof value["name"] === "string" &&
    typeof value["version"] === "string" &&
    isSha256(value["sha256"])
  );
}
