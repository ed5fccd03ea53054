import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Address } from "../aircraft/address.js";
import { packingOf } from "../io/unpack.js";
import { parseJson } from "./day-record.js";

/** A trace is some 30 MB unpacked at most. chosen: test/cli/fetch.test.ts */
const UNPACKED_MAX_BYTES = 512 << 20;

const unpack = promisify(gunzip);

/** @returns a trace's text, packed or not before; undefined when it is a damaged gzip, or far too large */
export async function unpackTrace(content: Uint8Array): Promise<Buffer | undefined> {
  if (packingOf(content) !== "gzip") return Buffer.from(content);
  return await unpack(content, { maxOutputLength: UNPACKED_MAX_BYTES }).catch(() => undefined);
}

/**
 * Looks whether a text is a whole trace of that aircraft.
 *
 * @param text as `unpackTrace` gives it
 * @returns why it is left out, undefined when nothing is wrong
 */
export function traceFault(text: Buffer | undefined, address: Address): string | undefined {
  if (!text) return "a damaged gzip, left out";
  const trace = parseJson(text.toString("utf8"));
  if (typeof trace !== "object" || trace === null || !("icao" in trace))
    return "no trace, left out";
  return String(trace.icao).toLowerCase() === address
    ? undefined
    : `a trace of "${String(trace.icao)}", left out`;
}
