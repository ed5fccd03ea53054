import { type Zippable, zipSync } from "fflate";

/** The folder that the files come out in. */
const FOLDER = "dossier";
/** fflate's own middle: 9 takes twice as long for a few percent. */
const LEVEL = 6;

/**
 * A packet as one ZIP archive: the same files give the same bytes, on any machine and version of Node.
 *
 * @returns the archive; the files lie in a folder "dossier", in the order of the packet, the manifest last
 */
export function packetZip(files: ReadonlyMap<string, string>): Uint8Array {
  const encoder = new TextEncoder();
  // ZIP knows no time before 1980 and has no zone: noon on the clock here, wherever here is. Nothing says when it was made.
  const mtime = new Date(1980, 0, 1, 12);
  const entries: Zippable = {};
  for (const [name, text] of files)
    entries[`${FOLDER}/${name}`] = [encoder.encode(text), { level: LEVEL, mtime }];
  return zipSync(entries);
}
