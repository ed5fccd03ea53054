import { createReadStream } from "node:fs";
import { isOfficeDocument } from "../formats/foreign-files.js";
import { WheelsdownError } from "../units/errors.js";
import { type InputBytes, memoryBytes, readHead } from "./input-bytes.js";
import { type InputPath, STDIN } from "./list-inputs.js";
import { Peekable } from "./peekable.js";
import { fileSource, isTar, streamSource, TarWalk } from "./tar.js";
import { missingPart, openParts, partNameOf } from "./tar-parts.js";
import { gather, PACKING_BYTES, packingOf, unpackChunks } from "./unpack.js";
import { isZip, listZip, unzipped, type ZipStorage } from "./zip.js";

/** Members are held in memory one at a time. chosen: a hundred times a busy day's largest trace */
const MEMBER_BYTES_MAX = 256e6;
const BLOCK_BYTES = 512;
/**
 * How much of a file is looked at to tell whether it is a tar, perhaps compressed. A zstd block comes out only when it is
 * whole, and has up to 128 KiB (RFC 8878, 3.1.1.2.4); headers and what may be skipped stand before the first.
 */
const HEAD_BYTES = 1 << 18;

/** What was found among paths: files, archives, and archives that cannot be read, with the reason. */
export interface FoundArchives {
  readonly files: readonly InputPath[];
  readonly archives: readonly Archive[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** A tar, in one file or in parts, a ZIP, or standard input. */
export interface Archive {
  /** Its name without what tells the part. */
  readonly path: string;
  readonly parts: readonly string[];
  /** False for a compressed tar or a pipe: members can only be read in their order. */
  readonly isOpen: boolean;
  readonly isZip: boolean;
}

/** A member that can be opened at any time. */
export interface ListedMember {
  readonly path: string;
  readonly place: MemberPlace;
  open(): Promise<InputBytes>;
}

/** Where a member of an open archive lies: plain values, which another thread can be given. */
export interface MemberPlace {
  readonly path: string;
  readonly parts: readonly string[];
  /** Where its bytes start in the archive, all parts taken together. */
  readonly start: number;
  /** Bytes of the file itself. */
  readonly size: number;
  /** How it lies there, in a ZIP; a tar has the very bytes. */
  readonly zipped?: ZipStorage | undefined;
}

/**
 * Tells archives from other files, by content; parts of a tar are joined by name. A trace under its usual name is not looked into.
 *
 * @param inputs as listed; standard input is taken for an archive until it is read
 */
export async function findArchives(inputs: readonly InputPath[]): Promise<FoundArchives> {
  const files: InputPath[] = [];
  const archives: Archive[] = [];
  const parts = new Map<string, { path: string; part: string }[]>();
  for (const input of inputs) {
    const { path } = input;
    const partName = partNameOf(path);
    if (path === STDIN) archives.push({ path, parts: [], isOpen: false, isZip: false });
    else if (partName) {
      const known = parts.get(partName.whole);
      if (known) known.push({ path, part: partName.part });
      else parts.set(partName.whole, [{ path, part: partName.part }]);
    } else if (/trace_(?:full|recent)_[^/\\]*$/.test(path)) files.push(input);
    else {
      const kind = await archiveKind(path);
      if (kind === "none") files.push(input);
      else archives.push(archiveOf(kind, path, [path]));
    }
  }
  const unreadable: { path: string; reason: string }[] = [];
  for (const [whole, found] of parts) {
    const missing = missingPart(found.map(({ part }) => part));
    if (missing !== undefined) {
      unreadable.push({
        path: whole,
        reason: `its part ${whole}.${missing} is missing; download it and give all parts together`,
      });
      continue;
    }
    const paths = found.sort((a, b) => (a.part < b.part ? -1 : 1)).map(({ path }) => path);
    const kind = await archiveKind(paths[0]!);
    if (kind === "none" || kind === "zip")
      unreadable.push({ path: whole, reason: `its first part ${paths[0]} is the start of no tar` });
    else archives.push(archiveOf(kind, whole, paths));
  }
  return { files, archives: archives.sort((a, b) => (a.path < b.path ? -1 : 1)), unreadable };
}

type TarKind = "open" | "packed" | "none";

function archiveOf(kind: TarKind | "zip", path: string, parts: readonly string[]): Archive {
  return { path, parts, isOpen: kind !== "packed", isZip: kind === "zip" };
}

/** A file that cannot be read is nothing here, and told when it is read. */
async function archiveKind(path: string): Promise<TarKind | "zip"> {
  try {
    const block = readHead(path, BLOCK_BYTES);
    // A workbook is a ZIP, too, of which no file is of use.
    if (isZip(block)) return isOfficeDocument(block) ? "none" : "zip";
    return await tarKindOf(packingOf(block) === "none" ? block : readHead(path, HEAD_BYTES));
  } catch (error) {
    if (error instanceof WheelsdownError) return "none";
    throw error;
  }
}

/** Looks at the first block, unpacked. */
async function tarKindOf(head: Uint8Array): Promise<TarKind> {
  const packing = packingOf(head.subarray(0, PACKING_BYTES));
  if (packing === "none") return (await isTar(head.subarray(0, BLOCK_BYTES))) ? "open" : "none";
  const unpacked = unpackChunks(packing, oneChunk(head), () => {});
  return (await isTar(await firstBytes(unpacked, BLOCK_BYTES))) ? "packed" : "none";
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>, count: number): Promise<Buffer> {
  const source = streamSource(chunks);
  const bytes = await source.read(count);
  await source.close();
  return bytes;
}

/** The list of an open archive's members, and why it ends early, if it does. */
export interface ArchiveIndex {
  readonly members: readonly ListedMember[];
  /** Members that cannot be opened, each with its name and the reason. */
  readonly refused: readonly string[];
  readonly broken: string | undefined;
}

/**
 * Lists the files in an uncompressed tar, from the headers alone, or in a ZIP. They are opened in any order later; a member
 * of a tar of which only a part is there says so.
 *
 * @throws WheelsdownError "input-invalid" for a ZIP that is cut off
 */
export async function listMembers(archive: Archive): Promise<ArchiveIndex> {
  if (archive.isZip) return await listZipMembers(archive);
  const file = openParts(archive.parts);
  try {
    const walk = new TarWalk(fileSource(file));
    const members: ListedMember[] = [];
    for (let entry = await walk.next(); entry; entry = await walk.next()) {
      const { start, size } = entry;
      members.push(
        listed({ path: memberPath(archive, entry.name), parts: archive.parts, start, size }),
      );
    }
    return { members, refused: [], broken: walk.broken };
  } finally {
    file.close();
  }
}

async function listZipMembers(archive: Archive): Promise<ArchiveIndex> {
  const { entries, refused, broken } = await listZip(archive.path);
  return {
    members: entries.map(({ name, start, size, storage: zipped }) =>
      listed({ path: memberPath(archive, name), parts: archive.parts, start, size, zipped }),
    ),
    refused: refused.map(({ name, reason }) => `${memberPath(archive, name)}: ${reason}`),
    broken,
  };
}

function listed(place: MemberPlace): ListedMember {
  return { path: place.path, place, open: () => openMember(place) };
}

/** @throws WheelsdownError "input-invalid" when no file of a known kind is that large, or it is damaged in a ZIP */
export async function openMember(member: MemberPlace): Promise<InputBytes> {
  const { path, size, start, zipped } = member;
  checkSize(path, Math.max(size, zipped?.byteCount ?? 0));
  const file = openForNow(member.parts);
  if (zipped)
    return memoryBytes(path, unzipped(path, file.readAt(start, zipped.byteCount), size, zipped));
  const bytes = file.readAt(start, size);
  return memoryBytes(path, bytes, bytes.length < size);
}

type OpenParts = ReturnType<typeof openParts>;
let openNow: { readonly parts: readonly string[]; readonly file: OpenParts } | undefined;

/** Members are read one after the other, mostly of one archive: it stays open until this thread turns to something else. */
function openForNow(parts: readonly string[]): OpenParts {
  if (openNow && isSameList(openNow.parts, parts)) return openNow.file;
  closeForNow();
  openNow = { parts, file: openParts(parts) };
  setImmediate(closeForNow);
  return openNow.file;
}

function closeForNow(): void {
  openNow?.file.close();
  openNow = undefined;
}

function isSameList(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

function memberPath(archive: Archive, name: string): string {
  return `${archive.path}!${name.replace(/^(\.?\/)+/, "")}`;
}

/** @throws WheelsdownError "input-invalid" when no file of a known kind is that large */
function checkSize(path: string, size: number): void {
  if (size <= MEMBER_BYTES_MAX) return;
  throw new WheelsdownError(
    "input-invalid",
    `${path}: ${Math.round(size / 1e6)} MB, larger than any member that is read; unpack it and give the file itself`,
  );
}

/** What comes out of an archive that can only be read in its order. */
export type StreamedMember =
  | { readonly input: InputBytes }
  /** A member that was refused; the next ones follow. */
  | { readonly refused: WheelsdownError }
  /** Always last: why the archive ends early. */
  | { readonly broken: string };

/** Reads a compressed archive, or standard input, once through. What is no tar comes as one input under its own name. */
export async function* streamMembers(archive: Archive): AsyncGenerator<StreamedMember> {
  const { path } = archive;
  const packed = new Peekable(path === STDIN ? process.stdin : partChunks(archive.parts));
  const head = await packed.peek(HEAD_BYTES);
  if ((await tarKindOf(head)) === "none") {
    const whole = await gather(packed.chunks(), MEMBER_BYTES_MAX);
    if (!whole)
      throw new WheelsdownError(
        "input-invalid",
        `larger than ${MEMBER_BYTES_MAX / 1e6} MB; write it to a file and give that`,
      );
    yield { input: memoryBytes(path, whole) };
    return;
  }
  let damage: string | undefined;
  const unpacked = unpackChunks(packingOf(head), packed.chunks(), (code) => {
    damage = code;
  });
  const source = streamSource(unpacked);
  const walk = new TarWalk(source);
  try {
    for (let entry = await walk.next(); entry; entry = await walk.next()) {
      const memberName = memberPath(archive, entry.name);
      try {
        checkSize(memberName, entry.size);
      } catch (error) {
        yield { refused: error as WheelsdownError };
        continue;
      }
      const bytes = await walk.body();
      yield { input: memoryBytes(memberName, bytes, bytes.length < entry.size) };
    }
  } finally {
    await source.close();
  }
  if (damage !== undefined) yield { broken: `is damaged (${damage})` };
  else if (walk.broken !== undefined) yield { broken: walk.broken };
}

async function* partChunks(paths: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const path of paths) {
    try {
      yield* createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;
    } catch (cause) {
      throw new WheelsdownError("io-failed", `${path}: reading broke off`, { cause });
    }
  }
}
