import { createReadStream } from "node:fs";
import { WheelsdownError } from "../units/errors.js";
import { type InputBytes, memoryBytes, readHead } from "./input-bytes.js";
import { type InputPath, STDIN } from "./list-inputs.js";
import { Peekable } from "./peekable.js";
import { fileSource, isTar, streamSource, TarWalk } from "./tar.js";
import { missingPart, openParts, partNameOf } from "./tar-parts.js";
import { gather, PACKING_BYTES, packingOf, unpackChunks } from "./unpack.js";

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

/** A tar, in one file or in parts, or standard input. */
export interface Archive {
  /** Its name without what tells the part. */
  readonly path: string;
  readonly parts: readonly string[];
  /** False when it is compressed or a pipe: its members can only be read in their order. */
  readonly isOpen: boolean;
}

/** A member that can be opened at any time. */
export interface ListedMember {
  readonly path: string;
  readonly place: MemberPlace;
  open(): Promise<InputBytes>;
}

/** Where a member of an uncompressed archive lies: plain values, which another thread can be given. */
export interface MemberPlace {
  readonly path: string;
  readonly parts: readonly string[];
  /** Where its bytes start in the archive, all parts taken together. */
  readonly start: number;
  readonly size: number;
}

/**
 * Tells archives from other files, by content; parts are joined by name. A trace under its usual name is not looked into.
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
    if (path === STDIN) archives.push({ path, parts: [], isOpen: false });
    else if (partName) {
      const known = parts.get(partName.whole);
      if (known) known.push({ path, part: partName.part });
      else parts.set(partName.whole, [{ path, part: partName.part }]);
    } else if (/trace_(?:full|recent)_[^/\\]*$/.test(path)) files.push(input);
    else {
      const kind = await tarKind(path);
      if (kind === "none") files.push(input);
      else archives.push({ path, parts: [path], isOpen: kind === "open" });
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
    const kind = await tarKind(paths[0]!);
    if (kind === "none")
      unreadable.push({ path: whole, reason: `its first part ${paths[0]} is the start of no tar` });
    else archives.push({ path: whole, parts: paths, isOpen: kind === "open" });
  }
  return { files, archives: archives.sort((a, b) => (a.path < b.path ? -1 : 1)), unreadable };
}

/** A file that cannot be read is nothing here, and told when it is read. */
async function tarKind(path: string): Promise<"open" | "packed" | "none"> {
  try {
    const block = readHead(path, BLOCK_BYTES);
    return await tarKindOf(packingOf(block) === "none" ? block : readHead(path, HEAD_BYTES));
  } catch (error) {
    if (error instanceof WheelsdownError) return "none";
    throw error;
  }
}

/** Looks at the first block, unpacked. */
async function tarKindOf(head: Uint8Array): Promise<"open" | "packed" | "none"> {
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
  readonly broken: string | undefined;
}

/**
 * Lists the files in an uncompressed tar, from the headers alone. They are opened in any order later; a member of which
 * only a part is there says so.
 */
export async function listMembers(archive: Archive): Promise<ArchiveIndex> {
  const file = openParts(archive.parts);
  try {
    const walk = new TarWalk(fileSource(file));
    const members: ListedMember[] = [];
    for (let entry = await walk.next(); entry; entry = await walk.next()) {
      const { start, size } = entry;
      const path = memberPath(archive, entry.name);
      const place: MemberPlace = { path, parts: archive.parts, start, size };
      members.push({ path, place, open: () => openMember(place) });
    }
    return { members, broken: walk.broken };
  } finally {
    file.close();
  }
}

/** @throws WheelsdownError "input-invalid" when no file of a known kind is that large */
export async function openMember(member: MemberPlace): Promise<InputBytes> {
  checkSize(member.path, member.size);
  const bytes = openForNow(member.parts).readAt(member.start, member.size);
  return memoryBytes(member.path, bytes, bytes.length < member.size);
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
