import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WheelsdownError } from "../units/errors.js";

/** chosen: eight times the largest member of an archive that is read */
const BYTES_MAX = 2e9;

/** Those that are there, so that none stays when the program ends in between. */
const open = new Set<TemporaryFile>();
process.on("exit", () => {
  for (const file of open) file.remove();
});

/** A file that only this user can read, for what can only be read as a file. */
export class TemporaryFile {
  readonly folder: string;
  readonly path: string;

  /** @throws WheelsdownError "io-failed" when there is no place for one */
  constructor(name: string) {
    try {
      this.folder = mkdtempSync(join(tmpdir(), "wheelsdown-"));
    } catch (cause) {
      throw failed(cause);
    }
    this.path = join(this.folder, name);
    open.add(this);
  }

  /**
   * @returns the last four bytes, fewer where there are fewer
   * @throws WheelsdownError "input-invalid" when it is too large, "io-failed" when there is no room
   */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    let end = Buffer.alloc(0);
    let byteCount = 0;
    const file = openSync(this.path, "wx", 0o600);
    try {
      for await (const chunk of chunks) {
        byteCount += chunk.length;
        if (byteCount > BYTES_MAX)
          throw new WheelsdownError(
            "input-invalid",
            `larger than ${BYTES_MAX / 1e9} GB unpacked; unpack it and give the file itself`,
          );
        writeAll(file, chunk);
        end = Buffer.concat([end, chunk.subarray(-4)]).subarray(-4);
      }
    } finally {
      closeSync(file);
    }
    return end;
  }

  /** Also when it was removed before. */
  remove(): void {
    open.delete(this);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; at += writeSync(file, bytes, at));
  } catch (cause) {
    throw failed(cause);
  }
}

function failed(cause: unknown): WheelsdownError {
  const { code } = cause as NodeJS.ErrnoException;
  return new WheelsdownError(
    "io-failed",
    `a temporary file is needed and cannot be written in ${tmpdir()} (${code}); make room there, or unpack the input and give the file itself`,
    { cause },
  );
}
