import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { WheelsdownError } from "../units/errors.js";

/** @throws WheelsdownError "input-missing" when the file cannot be read */
export async function hashFile(path: string): Promise<{ sha256: string; byteCount: number }> {
  const hash = createHash("sha256");
  let byteCount = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      byteCount += chunk.length;
    }
  } catch (cause) {
    throw new WheelsdownError("input-missing", `cannot read ${path}`, { cause });
  }
  return { sha256: hash.digest("hex"), byteCount };
}
