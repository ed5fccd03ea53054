// Parquet as input: an input that is Parquet becomes the bytes of a table in CSV, which readers of formats know. It is told by
// its content, and never kept as anything but what it is: hash and size are those of the Parquet file.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { WheelsdownError } from "../units/errors.js";
import { hashFile } from "./hash-file.js";
import type { InputBytes } from "./input-bytes.js";
import { askParquet } from "./parquet-asker.js";
import type { ParquetHeading } from "./parquet-frames.js";
import { endOf } from "./parquet-mark.js";
import { TemporaryFile } from "./temporary-file.js";

/** chosen: as many as readers look at to tell what a table is */
const HEAD_ROWS = 1000;

/** A Parquet file, ready to be read as a table in CSV. */
export class ParquetInput {
  readonly #path: string;
  readonly #temporary: TemporaryFile | undefined;
  readonly #stamp: string;
  #heading: ParquetHeading | undefined;

  private constructor(path: string, temporary: TemporaryFile | undefined) {
    this.#path = path;
    this.#temporary = temporary;
    this.#stamp = stampOf(path);
  }

  /**
   * Opens an input that begins as Parquet. What lies in an archive, or came on standard input, is written to a temporary
   * file until `close`: the description of a Parquet file is at its end, so that it cannot be read as it comes.
   *
   * @param plain its bytes, unpacked; undefined when they are those of `input`
   * @throws WheelsdownError "input-invalid" when it breaks off, "io-failed" when there is no room for a temporary file
   */
  static async open(
    input: InputBytes,
    plain: AsyncIterable<Uint8Array> | undefined,
  ): Promise<ParquetInput> {
    if (plain === undefined && input.filePath !== undefined) {
      checkEnd(await input.tail(4));
      const parquet = new ParquetInput(resolve(input.filePath), undefined);
      await parquet.#checkSame(input);
      return parquet;
    }
    const temporary = new TemporaryFile("table.parquet");
    try {
      const end = await temporary.write(plain ?? input.chunks());
      checkEnd(end);
      return new ParquetInput(temporary.path, temporary);
    } catch (error) {
      temporary.remove();
      throw error;
    }
  }

  /**
   * Columns that no table can have, in words; known when some was read.
   *
   * @param isRead whether there are positions: beside latitude and longitude, GeoParquet says the same places again
   */
  leftOutText(isRead: boolean): string | undefined {
    const all = (this.#heading?.leftOut ?? []).filter(
      ({ type }) => !(isRead && type.startsWith("GEOMETRY")),
    );
    if (all.length === 0) return undefined;
    const shown = all.slice(0, 10).map(({ name, type }) => `${name} (${type.slice(0, 40)})`);
    const more = all.length > shown.length ? ` and ${all.length - shown.length} more` : "";
    return `${shown.join(", ")}${more}`;
  }

  /** What is in it. @throws Error before some of it was read */
  get heading(): ParquetHeading {
    if (!this.#heading) throw new Error("nothing was read of it yet");
    return this.#heading;
  }

  /** @returns the table's first lines @throws WheelsdownError "input-invalid" when the file is damaged */
  async head(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#chunks(HEAD_ROWS)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /**
   * The whole table. A file that is damaged anywhere gives none of it: what was read of it cannot be taken back.
   *
   * @throws WheelsdownError "input-invalid" when it is damaged, "io-failed" when it was changed meanwhile
   */
  async *chunks(): AsyncGenerator<Uint8Array> {
    yield* this.#chunks(undefined);
    if (this.#temporary === undefined && stampOf(this.#path) !== this.#stamp) throw changed();
  }

  async *#chunks(rowsMax: number | undefined): AsyncGenerator<Uint8Array> {
    const question = {
      path: this.#path,
      temporaryFolder: this.#temporary?.folder,
      ...(rowsMax !== undefined && { rowsMax }),
    };
    for await (const frame of askParquet(question)) {
      if (frame.kind === "heading") this.#heading = frame.heading;
      else if (frame.kind === "rows") yield frame.text;
    }
  }

  close(): void {
    this.#temporary?.remove();
  }

  /** An input that is in memory is hashed there, and read from the disk here: both must be the same. */
  async #checkSame(input: InputBytes): Promise<void> {
    if (!input.whole) return;
    if ((await hashFile(this.#path)).sha256 !== (await input.sha256())) throw changed();
  }
}

/** @throws WheelsdownError "input-invalid" when the last four bytes are not those of Parquet that can be read */
function checkEnd(end: Uint8Array): void {
  const state = endOf(end);
  if (state === "whole") return;
  throw new WheelsdownError(
    "input-invalid",
    state === "encrypted"
      ? "an encrypted Parquet file; write it without encryption"
      : "a Parquet file that breaks off: its end, which describes what is in it, is missing; download it again",
  );
}

function stampOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch (cause) {
    throw new WheelsdownError("input-missing", `cannot read ${path}`, { cause });
  }
}

function changed(): WheelsdownError {
  return new WheelsdownError("io-failed", "was changed while it was read; try again");
}
