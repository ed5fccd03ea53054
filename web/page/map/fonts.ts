/** The map's own fonts: files of the page, each loaded when a letter of its ranges is first drawn. */

import cyrillic400 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic-400-normal.woff2?url";
import cyrillic600 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic-600-normal.woff2?url";
import greek400 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-400-normal.woff2?url";
import greek600 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-600-normal.woff2?url";
import latin400 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url";
import latin600 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url";
import latinExt400 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-400-normal.woff2?url";
import latinExt600 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-600-normal.woff2?url";
import vietnamese400 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-vietnamese-400-normal.woff2?url";
import vietnamese600 from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-vietnamese-600-normal.woff2?url";
import type { StyleSpecification } from "maplibre-gl";

/** Names of families; a font that is no family of its own is silently replaced. */
export const SANS = ["IBM Plex Sans"];
export const BOLD = ["IBM Plex Sans SemiBold"];

/** What each file holds, as far as names of places need it. Source: unicode.json of @fontsource/ibm-plex-sans. */
const RANGES = {
  latin: ["U+0000-00FF", "U+0131", "U+0152-0153", "U+02C6", "U+02DA", "U+02DC", "U+2000-206F"],
  latinExt: ["U+0100-0130", "U+0132-0151", "U+0154-02BA", "U+1E00-1E9F", "U+20A0-20C0"],
  vietnamese: ["U+0300-0303", "U+0309", "U+0323", "U+1EA0-1EF9"],
  cyrillic: ["U+0400-045F", "U+0490-0491", "U+04B0-04B1", "U+2116"],
  greek: ["U+0370-03FF"],
} as const;

type Script = keyof typeof RANGES;

const FILES: Readonly<Record<Script, readonly [regular: string, bold: string]>> = {
  latin: [latin400, latin600],
  latinExt: [latinExt400, latinExt600],
  vietnamese: [vietnamese400, vietnamese600],
  cyrillic: [cyrillic400, cyrillic600],
  greek: [greek400, greek600],
};

function facesOf(weight: 0 | 1) {
  return (Object.keys(RANGES) as Script[]).map((script) => ({
    // The map's worker has no address of its own that a path could be relative to.
    url: new URL(FILES[script][weight], location.href).href,
    "unicode-range": [...RANGES[script]],
  }));
}

/** @returns the style's part about fonts; letters of other scripts are drawn in a font of the system */
export function fontFaces(): NonNullable<StyleSpecification["font-faces"]> {
  return { [SANS[0]!]: facesOf(0), [BOLD[0]!]: facesOf(1) };
}
