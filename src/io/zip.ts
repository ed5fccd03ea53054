import { crc32, inflateRawSync } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { WheelsdownError } from "../units/errors.js";

/** How a file in a ZIP is stored there: plain values, which another thread can be given. */
export interface ZipStorage {
  /** Bytes it takes in the archive. */
  readonly byteCount: number;
  readonly isDeflated: boolean;
  /** Check sum of the bytes that come out. */
  readonly crc32: number;
}

/** One file in a ZIP. */
export interface ZipEntry {
  readonly name: string;
  /** Where its stored bytes start in the archive. */
  readonly start: number;
  /** What it says to be once unpacked, bytes. */
  readonly size: number;
  readonly storage: ZipStorage;
}

/** The list of a ZIP's files. */
export interface ZipIndex {
  readonly entries: readonly ZipEntry[];
  /** Files that cannot be unpacked, and why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
  /** Why the list ends early, if it does. */
  readonly broken: string | undefined;
}

/** The methods of APPNOTE.TXT 6.3.10, section 4.4.5, that are unpacked. */
const STORED = 0;
const DEFLATED = 8;

/** @returns whether a file starts as a ZIP with something in it does (APPNOTE.TXT, section 4.3.7) */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

/**
 * Lists the files in a ZIP from the directory at its end. Folders are passed over, and so is what a folder on disk would
 * hide: names with a dot before them, and what macOS puts beside each file.
 *
 * @throws WheelsdownError "input-invalid" when it has no such directory: it is cut off, or one of several parts
 */
export async function listZip(path: string): Promise<ZipIndex> {
  const zip = await openZip(path);
  const entries: ZipEntry[] = [];
  const refused: { name: string; reason: string }[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const name = await nameOf(entry);
      if (name.endsWith("/") || isHidden(name)) continue;
      const reason = whyRefused(entry);
      if (reason !== undefined) refused.push({ name, reason });
      else entries.push(await placedEntry(zip, entry, name));
    }
    return { entries, refused, broken: undefined };
  } catch (error) {
    return { entries, refused, broken: `is damaged (${(error as Error).message})` };
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  const yauzl = await import("yauzl");
  try {
    // Names are told and never written to: whatever they are, they do no harm.
    return await yauzl.openPromise(path, { decodeStrings: false, autoClose: false });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined)
      throw new WheelsdownError("input-missing", `cannot read ${path}`, { cause });
    throw new WheelsdownError(
      "input-invalid",
      `${path}: a ZIP archive without the list of its files, which stands at its end: it was cut off, or is one of ` +
        "several parts; download it again, whole",
      { cause },
    );
  }
}

async function nameOf(entry: Entry): Promise<string> {
  const { getFileNameLowLevel } = await import("yauzl");
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

function isHidden(name: string): boolean {
  return name.split("/").some((part) => part === "__MACOSX" || /^\.[^.]/.test(part));
}

function whyRefused(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return "is encrypted; unpack it with its password and give the file";
  const { compressionMethod } = entry;
  if (compressionMethod === STORED || compressionMethod === DEFLATED) return undefined;
  return `is packed in a way that is not read (method ${compressionMethod}); unpack it and give the file`;
}

async function placedEntry(zip: ZipFile, entry: Entry, name: string): Promise<ZipEntry> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  return {
    name,
    start: fileDataStart,
    size: entry.uncompressedSize,
    storage: {
      byteCount: entry.compressedSize,
      isDeflated: entry.compressionMethod === DEFLATED,
      crc32: entry.crc32,
    },
  };
}

/**
 * @param stored as they lie in the archive
 * @param size what must come out: no more memory is taken than that
 * @throws WheelsdownError "input-invalid" when something else comes out
 */
export function unzipped(path: string, stored: Buffer, size: number, storage: ZipStorage): Buffer {
  const bytes = storage.isDeflated ? inflated(stored, size) : stored;
  if (bytes?.length === size && crc32(bytes) === storage.crc32) return bytes;
  throw new WheelsdownError(
    "input-invalid",
    `${path}: damaged in its archive: what comes out is not what the archive says; download it again`,
  );
}

function inflated(stored: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(stored, { maxOutputLength: Math.max(1, size), chunkSize: size + 64 });
  } catch {
    return undefined;
  }
}
