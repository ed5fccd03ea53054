import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** Real captures beside the repository; not part of it. */
export const CAPTURES = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));

/** Reason to skip a test that needs a file from there, false when it is there. */
export function absent(file: string): string | false {
  return existsSync(CAPTURES + file) ? false : `${file} is not beside the repository`;
}

/** @returns the file's bytes, unpacked */
export function captureBytes(file: string): Uint8Array {
  const bytes = readFileSync(CAPTURES + file);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

export const BEAST_CAPTURE = "beast/ulss7-2018/ulss7-beast-bin-utc-1522782148.136310917.bin";
export const BEAST_ANSWER = "beast/ulss7-2018/beast_decoded_dump1090.txt.gz";

/** One message as another program decoded it: its hex digits, and its lines "name: value". */
export interface Answer {
  readonly hex: string;
  readonly lines: readonly string[];
  value(name: string): string | undefined;
}

/** @returns every message of a log, in order */
export function answersOf(text: string): Answer[] {
  return text
    .split(/^\*/m)
    .slice(1)
    .map((block) => {
      const [first = "", ...rest] = block.split("\n");
      // What is printed behind the last message belongs to none.
      const end = rest.indexOf("");
      const lines = (end < 0 ? rest : rest.slice(0, end)).map((line) => line.trim());
      return {
        hex: first.replace(/;.*$/, "").toLowerCase(),
        lines,
        value: (name) => {
          const line = lines.find((one) => one.startsWith(`${name}:`));
          return line?.slice(name.length + 1).trim();
        },
      };
    });
}
