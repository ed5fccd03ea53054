import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { AirportDirectory } from "../../place/airport-table.js";
import { sha256Of } from "../../reference/packages.js";
import { readSource } from "../../reference/sources.js";
import { rounded } from "../../report/shapes.js";
import type { KeptAnswer } from "../asking.js";

/** Bytes that are sent as they are, plain or compressed. */
export interface KeptBytes {
  readonly type: string;
  readonly etag: string;
  readonly plain: Uint8Array;
  readonly br: Uint8Array;
  readonly gzip: Uint8Array;
}

/** Good enough and some tenths of a second; the best takes seconds for a few percent. chosen */
const BROTLI_QUALITY = 8;

/** @returns the map's outlines and airports, made and compressed at first use */
export function baseMap(airports: AirportDirectory): (key: KeptAnswer) => Promise<KeptBytes> {
  const made = new Map<KeptAnswer, Promise<KeptBytes>>();
  return (key) => {
    const held = made.get(key);
    if (held) return held;
    const text = key === "world" ? readSource("worldMap").bytes : airportColumns(airports);
    const bytes = keptBytes(typeof text === "string" ? Buffer.from(text) : text);
    made.set(key, bytes);
    return bytes;
  };
}

async function keptBytes(plain: Uint8Array): Promise<KeptBytes> {
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
    }),
    promisify(gzip)(plain),
  ]);
  const etag = `"${sha256Of(plain).slice(0, 32)}"`;
  return { type: "application/json; charset=utf-8", etag, plain, br, gzip: zipped };
}

/** Large and medium airports as columns: ident, name and place. */
function airportColumns({ airports }: AirportDirectory): string {
  const larger = airports.filter(({ kind }) => kind === "large" || kind === "medium");
  return JSON.stringify({
    schema: "wheelsdown/basemap-airports/1",
    ident: larger.map(({ ident }) => ident),
    iata: larger.map(({ iata }) => iata || null),
    name: larger.map(({ name }) => name),
    country: larger.map(({ country }) => country),
    lat: larger.map(({ latDeg }) => rounded(latDeg, 4)),
    lon: larger.map(({ lonDeg }) => rounded(lonDeg, 4)),
    large: larger.map(({ kind }) => kind === "large"),
  });
}
