import { lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashFile } from "../io/hash-file.js";
import { readText } from "../query/read-text.js";
import {
  type DossierManifest,
  type ListedFile,
  MANIFEST_NAME,
  PDF_NAME,
  parseDossierManifest,
} from "../report/dossier-manifest.js";
import type { FileCheckJson } from "../report/verification-shape.js";
import { WheelsdownError } from "../units/errors.js";

/** A dossier on disk, its manifest read. */
export interface OpenDossier {
  readonly folder: string;
  readonly manifest: DossierManifest;
  /** The manifest's own bytes. */
  readonly manifestText: string;
}

/**
 * Opens a dossier by its folder or its manifest.
 *
 * @throws WheelsdownError "input-missing" when there is none, "input-invalid" as `parseDossierManifest`
 */
export async function openDossier(path: string): Promise<OpenDossier> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new WheelsdownError("input-missing", `cannot read ${path}: no such file or folder`, {
      cause,
    });
  });
  const folder = found.isDirectory() ? path : dirname(path);
  const manifestPath = found.isDirectory() ? join(path, MANIFEST_NAME) : path;
  if (found.isDirectory() && !(await readdir(path)).includes(MANIFEST_NAME)) {
    throw new WheelsdownError(
      "input-missing",
      `${path} is no dossier, or one that was not finished: it holds no ${MANIFEST_NAME}, which is written last`,
    );
  }
  const manifestText = await readText(manifestPath, "the manifest");
  return { folder, manifest: parseDossierManifest(manifestText, manifestPath), manifestText };
}

/** What lies in a dossier's folder, beside what its manifest lists. */
export interface CheckedFiles {
  readonly files: readonly FileCheckJson[];
  readonly unlisted: readonly string[];
  readonly derived: readonly string[];
}

/** Hashes every listed file again. */
export async function checkFiles({ folder, manifest }: OpenDossier): Promise<CheckedFiles> {
  const files: FileCheckJson[] = [];
  for (const listed of manifest.files) files.push(await checkFile(folder, listed));
  const known = new Set([MANIFEST_NAME, ...manifest.files.map(({ file }) => file)]);
  const others = (await readdir(folder)).filter((name) => !known.has(name)).sort();
  return {
    files,
    unlisted: others.filter((name) => name !== PDF_NAME),
    derived: others.filter((name) => name === PDF_NAME),
  };
}

async function checkFile(folder: string, listed: ListedFile): Promise<FileCheckJson> {
  const { file, byteCount, sha256 } = listed;
  const path = join(folder, file);
  const found = await lstat(path).catch(() => undefined);
  if (!found) return { file, state: "missing", detail: "no such file" };
  // A link could lead anywhere, and opening a pipe could wait for ever.
  if (!found.isFile()) return { file, state: "changed", detail: "it is no plain file" };
  if (found.size !== byteCount)
    return { file, state: "changed", detail: `${found.size} bytes instead of ${byteCount}` };
  const now = await hashFile(path).catch((error: unknown) => {
    if (error instanceof WheelsdownError) return undefined;
    throw error;
  });
  if (!now) return { file, state: "changed", detail: "it cannot be read" };
  if (now.sha256 === sha256) return { file, state: "whole", detail: null };
  const detail = `SHA-256 ${now.sha256} instead of ${sha256}`;
  return { file, state: "changed", detail };
}
