import { join } from "node:path";
import { AREAS_FILE, readAreaCopies } from "./area-copies.js";
import { hashFile } from "./disk.js";
import { currentManifest, type Reading, readFailure } from "./reading.js";

/** A file of the lake that is not as it was written. */
export interface BrokenFile {
  readonly path: string;
  readonly problem: "missing" | "changed";
}

/** Reads every file of a lake again and compares it with the hash kept when it was written. */
export async function verifyFiles(reading: Reading): Promise<BrokenFile[]> {
  const broken: BrokenFile[] = [];
  const { copies, isBroken } = await readAreaCopies(reading.root);
  if (isBroken) broken.push({ path: AREAS_FILE, problem: "changed" });
  const { files } = await currentManifest(reading);
  for (const { path, sha256 } of [...files, ...copies.flatMap((copy) => copy.files)]) {
    const found = await hashFile(join(reading.root, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw readFailure(reading, error);
    });
    if (found?.sha256 !== sha256) broken.push({ path, problem: found ? "changed" : "missing" });
  }
  return broken;
}
