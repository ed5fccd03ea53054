import { stat } from "node:fs/promises";
import { hashFile } from "../io/hash-file.js";
import { type InputPath, listInputs } from "../io/list-inputs.js";
import { type ReadInput, readInput, type UnknownInput } from "../io/read-input.js";
import { TrackCollector } from "../track/collector.js";
import type { Track } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import type { Terminal } from "./terminal.js";

const UNKNOWN_SHOWN = 5;

/** Files that belong together: an archive's traces of one aircraft, or all files whose name does not say. */
export interface FileGroup {
  readonly paths: readonly InputPath[];
}

/** What one group of files gave. */
export interface GroupRead {
  readonly tracks: readonly Track[];
  readonly inputs: readonly ReadInput[];
}

/**
 * Reads files group by group, so that an archive of any size needs the memory of one aircraft. A bad file is told and
 * passed over; the others are read.
 */
export class FileReading {
  readonly #terminal: Terminal;
  readonly #sizes = new Map<number, string[]>();
  readonly #hashes = new Map<string, string>();
  readCount = 0;
  failedCount = 0;
  readonly #unknown: UnknownInput[] = [];
  #duplicateCount = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Lists what there is to read, grouped by the aircraft that file names tell. */
  async groups(paths: readonly string[]): Promise<FileGroup[]> {
    const groups = new Map<string, InputPath[]>();
    for await (const input of listInputs(paths)) {
      const key =
        /trace_(?:full|recent)_(~?[0-9a-f]{6})\.json/i.exec(input.path)?.[1]?.toLowerCase() ??
        "other";
      const group = groups.get(key);
      if (group) group.push(input);
      else groups.set(key, [input]);
    }
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => ({ paths: group }));
  }

  /** @param skip inputs with these hashes are passed over without a word */
  async read(group: FileGroup, skip?: (sha256: string) => boolean): Promise<GroupRead> {
    const collector = new TrackCollector();
    const inputs: ReadInput[] = [];
    for (const input of group.paths) {
      this.#terminal.checkInterrupt();
      const read = await this.#readOne(input, { collector, skip });
      if (read) inputs.push(read);
    }
    return { tracks: collector.take(), inputs };
  }

  async #readOne(
    { path, named }: InputPath,
    {
      collector,
      skip,
    }: {
      readonly collector: TrackCollector;
      readonly skip?: ((sha256: string) => boolean) | undefined;
    },
  ): Promise<ReadInput | undefined> {
    try {
      if (skip && skip((await hashFile(path)).sha256)) return undefined;
      if (await this.#isDuplicate(path)) return undefined;
      const read = await readInput(path, collector);
      if ("reason" in read) {
        this.#unknown.push(read);
        if (named) this.#fail(`${path}: ${read.reason}`);
        return undefined;
      }
      this.#hashes.set(read.sha256, path);
      this.readCount++;
      return read;
    } catch (error) {
      if (!(error instanceof WheelsdownError) || error.code === "interrupted") throw error;
      this.#fail(error.message);
      return undefined;
    }
  }

  #fail(message: string): void {
    this.failedCount++;
    this.#terminal.warn(message);
  }

  async #isDuplicate(path: string): Promise<boolean> {
    const { size } = await stat(path);
    const alike = this.#sizes.get(size);
    if (!alike) {
      this.#sizes.set(size, [path]);
      return false;
    }
    alike.push(path);
    const { sha256 } = await hashFile(path);
    const first = this.#hashes.get(sha256);
    if (first === undefined) return false;
    this.#duplicateCount++;
    this.#terminal.note(`${path}: the same bytes as ${first}, read once`);
    return true;
  }

  /** Tells what was passed over. @throws WheelsdownError "input-invalid" when nothing at all could be read */
  finish(): void {
    const unnamed = this.#unknown.length;
    if (unnamed > 0 && this.readCount > 0) {
      this.#terminal.note(
        `${unnamed} ${unnamed === 1 ? "file" : "files"} of no format that is read, passed over`,
      );
    }
    if (this.readCount > 0 || this.#duplicateCount > 0) return;
    const examples = this.#unknown
      .slice(0, UNKNOWN_SHOWN)
      .map(({ path, reason }) => `\n  ${path}: ${reason}`);
    throw new WheelsdownError("input-invalid", `no file could be read${examples.join("")}`);
  }
}

/** @returns one line about what was wrong with an input, undefined when nothing was */
export function issueLine(input: ReadInput): string | undefined {
  const counts = Object.entries(input.issues.counts);
  if (counts.length === 0) return undefined;
  const words = counts.map(([kind, count]) => `${count} x ${kind}`).join(", ");
  const [first] = input.issues.first;
  const where =
    first && first.row >= 0
      ? ` (first: row ${first.row}, ${first.detail})`
      : first
        ? ` (${first.detail})`
        : "";
  return `${input.path}: ${words}${where}`;
}
