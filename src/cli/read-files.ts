import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { hashFile } from "../io/hash-file.js";
import { type InputPath, listInputs } from "../io/list-inputs.js";
import { type ReadInput, readInput, type UnknownInput, whyUnread } from "../io/read-input.js";
import { TrackCollector } from "../track/collector.js";
import type { Track } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import type { Terminal } from "./terminal.js";
import { counted, visibleLine } from "./terminal-text.js";

const UNKNOWN_SHOWN = 5;
/** Lines about single files; after these only their number is told, so that a bad folder does not hide the rest. */
const LINES_SHOWN = 20;

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
  readonly #failures: string[] = [];
  #roots: readonly string[] = [];
  #listedCount = 0;
  #duplicateCount = 0;
  #passedOverCount = 0;
  #noteCount = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /**
   * Lists what there is to read, grouped by the aircraft that file names tell. Groups and the files in them are in
   * the order of their names, whatever the order of `paths`: the same files give the same answer.
   */
  async groups(paths: readonly string[]): Promise<FileGroup[]> {
    const groups = new Map<string, InputPath[]>();
    const listed = new Map<string, InputPath>();
    for await (const input of listInputs(paths)) {
      // One file may be named twice, "a" and "./a": it is read once, under the name that sorts first.
      const place = resolve(input.path);
      const before = listed.get(place);
      const path = before && before.path < input.path ? before.path : input.path;
      listed.set(place, { path, named: input.named || (before?.named ?? false) });
    }
    this.#roots = paths;
    this.#listedCount = listed.size;
    for (const input of [...listed.values()].sort((a, b) => (a.path < b.path ? -1 : 1))) {
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
      const reason = await whyUnread(path);
      if (reason !== undefined) return this.#passOver({ path, reason }, named);
      if (skip && skip((await hashFile(path)).sha256)) {
        this.#passedOverCount++;
        return undefined;
      }
      if (await this.#isDuplicate(path)) return undefined;
      const read = await readInput(path, collector);
      if ("reason" in read) return this.#passOver(read, named);
      this.#hashes.set(read.sha256, path);
      this.readCount++;
      return read;
    } catch (error) {
      if (!(error instanceof WheelsdownError) || error.code === "interrupted") throw error;
      this.#fail(error.message);
      return undefined;
    }
  }

  #passOver(unknown: UnknownInput, named: boolean): undefined {
    this.#unknown.push(unknown);
    if (named) this.#fail(`${unknown.path}: ${unknown.reason}`);
  }

  #fail(message: string): void {
    this.failedCount++;
    // Kept until something was read: when nothing was, the error at the end tells them all at once.
    if (this.readCount === 0 && this.#failures.length < LINES_SHOWN) this.#failures.push(message);
    else {
      this.#tellFailures();
      if (this.failedCount <= LINES_SHOWN) this.#terminal.warn(message);
    }
  }

  #tellFailures(): void {
    for (const message of this.#failures.splice(0)) this.#terminal.warn(message);
  }

  /** Tells what was wrong with an input, if anything was. */
  tellIssues(input: ReadInput): void {
    const line = issueLine(input);
    if (line !== undefined) this.#note(line);
  }

  #note(line: string): void {
    if (++this.#noteCount <= LINES_SHOWN) this.#terminal.note(line);
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
    this.#note(`${path}: the same bytes as ${first}, read once`);
    return true;
  }

  /** Tells what was passed over. @throws WheelsdownError "input-invalid" when nothing at all could be read */
  finish(): void {
    const hiddenNotes = this.#noteCount - LINES_SHOWN;
    if (hiddenNotes > 0)
      this.#terminal.note(
        `${counted(hiddenNotes, "more note", "more notes")} of this kind; --inputs of \`movements\` and \`lake inputs\` list every input`,
      );
    if (this.readCount + this.#duplicateCount + this.#passedOverCount === 0) throw this.#nothing();
    this.#tellFailures();
    if (this.failedCount > LINES_SHOWN)
      this.#terminal.warn(
        `${counted(this.failedCount - LINES_SHOWN, "more file", "more files")} could not be read`,
      );
    const unknown = this.#unknown.length;
    if (unknown > 0)
      this.#terminal.note(
        `${counted(unknown, "file", "files")} of no format that is read, passed over`,
      );
  }

  #nothing(): WheelsdownError {
    const count = this.#listedCount;
    if (count === 0)
      return new WheelsdownError("input-invalid", `there is no file in ${this.#roots.join(", ")}`);
    const failures = this.#failures.splice(0);
    if (count === 1 && failures[0]) return new WheelsdownError("input-invalid", failures[0]);
    const unknown = this.#unknown.map(({ path, reason }) => `${path}: ${reason}`);
    const lines = failures.length > 0 ? failures : unknown;
    const examples = lines.slice(0, UNKNOWN_SHOWN).map((line) => `\n  ${visibleLine(line)}`);
    const more = count > examples.length ? `\n  and ${count - examples.length} more` : "";
    const which = count === 1 ? "the file" : `none of ${count} files`;
    return new WheelsdownError(
      "input-invalid",
      `${which} could be read:${examples.join("")}${more}`,
    );
  }
}

/** @returns one line about what was wrong with an input, undefined when nothing was */
function issueLine(input: ReadInput): string | undefined {
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
