import { sha256Of } from "./packages.js";

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

const HASH_BYTES = 64;
const FRONT_BYTES = 72;

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

/** @throws Error when the bytes are not what `encodeSections` wrote, or part of it, or of another order of bytes */
export function decodeSections(file: Buffer): {
  readonly head: Readonly<Record<string, unknown>>;
  readonly sections: Sections;
} {
  if (file.byteOffset % 8 !== 0) return decodeSections(Buffer.from(new Uint8Array(file).buffer));
  if (file.toString("latin1", 0, HASH_BYTES) !== sha256Of(file.subarray(HASH_BYTES)))
    throw new Error("the file is not as it was written");
  const length = new Uint32Array(file.buffer, file.byteOffset + HASH_BYTES, 1)[0]!;
  const { places, ...head } = JSON.parse(
    file.toString("utf8", FRONT_BYTES, FRONT_BYTES + length),
  ) as { readonly places: readonly Place[] };
  const start = file.byteOffset + roundUp(FRONT_BYTES + length);
  const sections: Record<string, SectionArray> = {};
  for (const { name, type, at, length: count } of places)
    sections[name] = new ARRAYS[type](file.buffer as ArrayBuffer, start + at, count);
  return { head, sections };
}

function roundUp(byteCount: number): number {
  return Math.ceil(byteCount / 8) * 8;
}
