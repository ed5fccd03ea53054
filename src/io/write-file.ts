import { open, rename, rm } from "node:fs/promises";
import { WheelsdownError } from "../units/errors.js";

/**
 * Writes a file so that it is there whole or not at all.
 *
 * @throws WheelsdownError "io-failed", for instance on a full disk; what was there before stays
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(draft, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    const why =
      (cause as NodeJS.ErrnoException).code === "ENOSPC"
        ? "the disk is full"
        : (cause as Error).message;
    throw new WheelsdownError("io-failed", `cannot write ${path}: ${why}`, { cause });
  }
}
