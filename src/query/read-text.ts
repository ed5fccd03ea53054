import { readFile, stat } from "node:fs/promises";
import { WheelsdownError } from "../units/errors.js";

/** No list of aircraft and no drawn area comes near it. chosen: test/cli/bad-files.test.ts */
const LIMIT_BYTES = 64e6;

/**
 * Reads a small text file the user named.
 *
 * @param what "the fleet file", for messages
 * @throws WheelsdownError "input-missing", or "input-invalid" for a folder, a pipe or a file that is far too large
 */
export async function readText(path: string, what: string): Promise<string> {
  await checkFile(path, what);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new WheelsdownError(
      "input-missing",
      `cannot read ${what} ${path}: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/**
 * Makes sure that a file the user named is one, and no larger than any of its kind.
 *
 * @throws WheelsdownError as `readText`
 */
export async function checkFile(path: string, what: string): Promise<void> {
  let size: number;
  try {
    const found = await stat(path);
    if (found.isDirectory())
      throw new WheelsdownError("input-invalid", `cannot read ${what} ${path}: it is a folder`);
    // Opening a pipe that nobody writes to would wait for ever.
    if (!found.isFile())
      throw new WheelsdownError(
        "input-invalid",
        `cannot read ${what} ${path}: a pipe, socket or device; write its content to a file first`,
      );
    size = found.size;
  } catch (cause) {
    if (cause instanceof WheelsdownError) throw cause;
    throw new WheelsdownError("input-missing", `cannot read ${what} ${path}: no such file`, {
      cause,
    });
  }
  if (size > LIMIT_BYTES)
    throw new WheelsdownError(
      "input-invalid",
      `cannot read ${what} ${path}: larger than ${LIMIT_BYTES / 1e6} MB`,
    );
}
