import type { RandomSource } from "../../src/sim/random.js";

/** What a document may hold that its reader did not expect. */
const WORDS = [
  ..."NaN Infinity -Infinity 1e308 -1e308 1e-308 -0 412 -412 90.0000001 180.0000001 99999999999".split(
    " ",
  ),
  ..."123456789012345678901234567890 0x10 null true {} [] [[ }} ]] \" ' , ; ; : - . * @ < \r \n \t".split(
    " ",
  ),
  ..."ground __proto__ constructor toString MSG,3 AIR, \u0000 \uFEFF Å €".split(" "),
  "\n",
  "\r\n",
  " ",
  "",
].map((word) => new TextEncoder().encode(word));
const BYTES = [
  0x1a, 0x1a, 0x31, 0x32, 0x33, 0x34, 0x00, 0xff, 0x0a, 0x2c, 0x22, 0x8d, 0x80,
] as const;
const CHANGES_MAX = 6;

/** @returns a copy of a document with one to six changes of the kinds that files suffer, and that enemies make */
export function mutated(document: Uint8Array, random: RandomSource): Uint8Array {
  let bytes = document;
  const changeCount = 1 + Math.floor(random() * CHANGES_MAX);
  for (let i = 0; i < changeCount; i++) bytes = changed(bytes, random);
  return bytes;
}

function changed(bytes: Uint8Array, random: RandomSource): Uint8Array {
  const { length } = bytes;
  const at = Math.floor(random() * (length + 1));
  const span = Math.floor(random() * Math.min(40, length - at + 1));
  switch (Math.floor(random() * 9)) {
    case 0:
      return overwritten(bytes, at, [Math.floor(random() * 256)]);
    case 1:
      return overwritten(bytes, at, [bytes[at]! ^ (1 << Math.floor(random() * 8))]);
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(at + span));
    case 3:
      return joined(bytes.subarray(0, at + span), bytes.subarray(at));
    case 4:
      // Cut off.
      return random() < 0.3 ? bytes.slice(0, at) : bytes;
    case 5:
      return joined(
        bytes.subarray(0, at),
        WORDS[Math.floor(random() * WORDS.length)]!,
        bytes.subarray(at),
      );
    case 6:
      return joined(
        bytes.subarray(0, at),
        WORDS[Math.floor(random() * WORDS.length)]!,
        bytes.subarray(at + span),
      );
    case 7:
      return overwritten(bytes, at, [BYTES[Math.floor(random() * BYTES.length)]!]);
    default: {
      // A piece moved elsewhere.
      const to = Math.floor(random() * (length + 1));
      return joined(bytes.subarray(0, to), bytes.subarray(at, at + span), bytes.subarray(to));
    }
  }
}

function overwritten(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  for (const [i, value] of values.entries()) if (at + i < copy.length) copy[at + i] = value;
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
