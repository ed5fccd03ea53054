import { readFileSync } from "node:fs";
import { sha256Of } from "./packages.js";
import { isKnownWhole, noteWhole, openStamped, type StampedFile } from "./stamped-file.js";

// A file of typed arrays that are used where they lie, without copying them:
//
// | bytes                    | what                                                             |
// |--------------------------|------------------------------------------------------------------|
// | 64                       | SHA-256 of everything behind it, hex digits                      |
// | 4                        | length of the heading, unsigned, in the machine's order of bytes |
// | 4                        | nothing                                                          |
// | the heading's length     | JSON: what the writer says of it, and where each array lies      |
// | the rest                 | the arrays, each from a multiple of 8 bytes on                   |

const ARRAYS = { Uint8Array, Uint32Array, Float64Array };
type SectionArray = Uint8Array | Uint32Array | Float64Array;
/** Arrays by name. */
export type Sections = Readonly<Record<string, SectionArray>>;

/** What a file says of itself, and its arrays. */
export interface SectionFile {
  readonly head: Readonly<Record<string, unknown>>;
  readonly sections: Sections;
}

/** The same of a file on disk. */
export interface StoredSections extends SectionFile {
  /** The whole file. @throws WheelsdownError "io-failed" when it was changed meanwhile */
  bytes(): Buffer;
}

const HASH_BYTES = 64;
const FRONT_BYTES = 72;
/** An array that is read in parts is read in such pieces. chosen: reading more at once costs less than asking twice */
const PIECE_BYTES = 65_536;

interface Place {
  readonly name: string;
  readonly type: keyof typeof ARRAYS;
  /** Counted from the end of the heading. */
  readonly at: number;
  readonly length: number;
}

/** @returns the file's bytes: the same for the same arrays on machines of one order of bytes */
export function encodeSections(head: object, sections: Sections): Buffer {
  const places: Place[] = [];
  let byteCount = 0;
  for (const [name, array] of Object.entries(sections)) {
    const type = array.constructor.name as keyof typeof ARRAYS;
    places.push({ name, type, at: byteCount, length: array.length });
    byteCount += roundUp(array.byteLength);
  }
  const heading = Buffer.from(JSON.stringify({ ...head, places }));
  const start = roundUp(FRONT_BYTES + heading.length);
  const file = Buffer.alloc(start + byteCount);
  new Uint32Array(file.buffer, file.byteOffset + HASH_BYTES, 1)[0] = heading.length;
  file.set(heading, FRONT_BYTES);
  for (const { name, at } of places) {
    const { buffer, byteOffset, byteLength } = sections[name]!;
    file.set(new Uint8Array(buffer, byteOffset, byteLength), start + at);
  }
  file.write(sha256Of(file.subarray(HASH_BYTES)), "latin1");
  return file;
}

/**
 * Reads a file whole and hashes it.
 *
 * @throws Error when there is no such file, or it is not what `encodeSections` wrote
 */
export function readSectionFile(path: string): SectionFile {
  return openChecked(readFileSync(path));
}

function openChecked(file: Buffer): SectionFile {
  if (!areSectionsWhole(file)) throw new Error("the file is not as it was written");
  return openSections(file);
}

/**
 * Opens a file on disk. One that was found whole before and has not been touched since is read where something needs it;
 * any other is read whole and hashed. The note that it was whole lies beside it.
 *
 * @param inParts arrays of which only `length` and `subarray` are used: it reads what they give, not all
 * @throws Error when there is no such file, or it is not what `encodeSections` wrote
 */
export function openSectionFile(path: string, inParts: readonly string[]): StoredSections {
  const stored = openStamped(path);
  const bytes = () => {
    const file = Buffer.alloc(stored.size);
    // In one go: in pieces, each would wait for whatever else is being loaded.
    stored.read(0, file);
    return file;
  };
  if (isKnownWhole(stored)) return { ...openInParts(stored, inParts), bytes };
  const file = bytes();
  const opened = openChecked(file);
  noteWhole(stored);
  return { ...opened, bytes: () => file };
}

/** @returns true when the bytes are what `encodeSections` wrote */
function areSectionsWhole(file: Uint8Array): boolean {
  const written = Buffer.from(file.buffer, file.byteOffset, Math.min(HASH_BYTES, file.length));
  return written.toString("latin1") === sha256Of(file.subarray(HASH_BYTES));
}

/**
 * Opens a file in memory that is known to be whole.
 *
 * @throws Error when it was written in another order of bytes
 */
export function openSections(file: Buffer): SectionFile {
  if (file.byteOffset % 8 !== 0) return openSections(Buffer.from(new Uint8Array(file).buffer));
  const { head, places, start } = headingOf(file.subarray(0, FRONT_BYTES), (length) =>
    file.subarray(FRONT_BYTES, FRONT_BYTES + length),
  );
  const sections: Record<string, SectionArray> = {};
  for (const { name, type, at, length } of places)
    sections[name] = new ARRAYS[type](
      file.buffer as ArrayBuffer,
      file.byteOffset + start + at,
      length,
    );
  return { head, sections };
}

function openInParts(file: StampedFile, inParts: readonly string[]): SectionFile {
  const read = (at: number, byteCount: number) => {
    const into = new Uint8Array(byteCount);
    file.read(at, into);
    return into;
  };
  const { head, places, start } = headingOf(read(0, FRONT_BYTES), (length) =>
    read(FRONT_BYTES, length),
  );
  const sections = {};
  for (const { name, type, at, length } of places) {
    const load = () => {
      const bytes = new Uint8Array(length * ARRAYS[type].BYTES_PER_ELEMENT);
      const array = new ARRAYS[type](bytes.buffer, 0, length);
      const fill = (from: number, to: number) =>
        file.read(start + at + from, bytes.subarray(from, to));
      if (inParts.includes(name)) return partsOf(array, fill) as SectionArray;
      fill(0, bytes.length);
      return array;
    };
    let array: SectionArray | undefined;
    Object.defineProperty(sections, name, {
      get() {
        array ??= load();
        return array;
      },
    });
  }
  return { head, sections };
}

/** Stands for an array that is still empty; a part is read when it is asked for. */
function partsOf(
  array: SectionArray,
  fill: (fromByte: number, toByte: number) => void,
): {
  readonly length: number;
  subarray(start?: number, end?: number): SectionArray;
} {
  const { BYTES_PER_ELEMENT: width, byteLength } = array;
  const isRead = new Uint8Array(Math.ceil(byteLength / PIECE_BYTES));
  return {
    length: array.length,
    subarray(start = 0, end = array.length) {
      const last = Math.floor((end * width - 1) / PIECE_BYTES);
      for (let piece = Math.floor((start * width) / PIECE_BYTES); piece <= last; piece++) {
        if (isRead[piece] === 1) continue;
        fill(piece * PIECE_BYTES, Math.min(byteLength, (piece + 1) * PIECE_BYTES));
        isRead[piece] = 1;
      }
      return array.subarray(start, end);
    },
  };
}

/** @throws Error when there is none in this machine's order of bytes */
function headingOf(
  front: Uint8Array,
  read: (length: number) => Uint8Array,
): {
  readonly head: SectionFile["head"];
  readonly places: readonly Place[];
  readonly start: number;
} {
  const length = new Uint32Array(
    Uint8Array.from(front.subarray(HASH_BYTES, HASH_BYTES + 4)).buffer,
  )[0]!;
  const { places, ...head } = JSON.parse(new TextDecoder().decode(read(length))) as {
    readonly places: readonly Place[];
  };
  return { head, places, start: roundUp(FRONT_BYTES + length) };
}

function roundUp(byteCount: number): number {
  return Math.ceil(byteCount / 8) * 8;
}
