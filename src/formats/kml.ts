import sax from "sax";
import { parseUtc } from "../units/time.js";
import { utf8Chunks } from "./utf16.js";

/** chosen: a leg's track is some hundred kB. */
const LIMIT_BYTES = 64e6;
/** chosen: exports nest eight deep. */
const DEPTH_MAX = 64;

/** What a reader wants to hear of a KML document, in the order of the document. */
export interface KmlEvents {
  open?(name: string): void;
  /**
   * @param text what stands in it outside of other elements, trimmed
   * @param parent the name of the element around it, "" for the outermost
   */
  close(name: string, text: string, parent: string): void;
}

/**
 * Reads KML as it comes. Entities that a document declares itself are not expanded, so that none grows.
 *
 * @returns what is wrong with the document, undefined when it is whole: everything before that was told, and nothing
 *   behind it was read
 */
export async function scanKml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  events: KmlEvents,
): Promise<string | undefined> {
  const parser = sax.parser(true);
  const open: { name: string; text: string }[] = [];
  let damage: string | undefined;
  const addText = (text: string): void => {
    const last = open.at(-1);
    if (last && damage === undefined) last.text += text;
  };
  Object.assign(parser, {
    onerror: (error: Error) => {
      // The first line says what; the others say where, counted from the start of a piece.
      damage ??= error.message.split("\n")[0]!.toLowerCase();
    },
    onopentag: ({ name }: { readonly name: string }) => {
      if (damage !== undefined) return;
      open.push({ name, text: "" });
      if (open.length > DEPTH_MAX) damage = `elements in more than ${DEPTH_MAX} others`;
      else events.open?.(name);
    },
    ontext: addText,
    oncdata: addText,
    onclosetag: () => {
      if (damage !== undefined) return;
      const { name, text } = open.pop()!;
      events.close(name, text.trim(), open.at(-1)?.name ?? "");
    },
  });
  const decoder = new TextDecoder();
  let byteCount = 0;
  for await (const chunk of utf8Chunks(chunks)) {
    byteCount += chunk.length;
    if (byteCount > LIMIT_BYTES) {
      damage ??= `larger than ${LIMIT_BYTES / 1e6} MB unpacked, which no export of this kind is`;
    }
    // Behind damage nothing is sure: "<" may be text and text an element.
    if (damage !== undefined) break;
    parser.write(decoder.decode(chunk, { stream: true }));
  }
  if (damage === undefined) parser.close();
  return damage;
}

/** A place as KML writes it: longitude first, altitude in metres last. */
export interface KmlPlace {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeM: number | undefined;
}

/**
 * @param text "lon,lat,alt" of `coordinates` or "lon lat alt" of `gx:coord`
 * @returns undefined when it is no place
 */
export function kmlPlace(text: string): KmlPlace | undefined {
  const cells = text.trim().split(text.includes(",") ? /\s*,\s*/ : /\s+/);
  if (cells.length < 2 || cells.length > 3) return undefined;
  if (!cells.every((cell) => /^[+-]?(\d|\.\d)[\d.]*(e[+-]?\d+)?$/i.test(cell))) return undefined;
  const [lonDeg, latDeg, altitudeM] = cells.map(Number);
  if (!Number.isFinite(lonDeg) || !Number.isFinite(latDeg)) return undefined;
  return { latDeg: latDeg!, lonDeg: lonDeg!, altitudeM };
}

/** @returns milliseconds since 1970 UTC, undefined when `text` is no date and time */
export function kmlTimeMs(text: string): number | undefined {
  return text.includes("T") ? parseUtc(text) : undefined;
}
