import { type Archive, streamMembers } from "../io/archive.js";
import type { InputBytes } from "../io/input-bytes.js";
import { STDIN } from "../io/list-inputs.js";
import { type ReadInput, readBytes, type UnknownInput, whyUnread } from "../io/read-input.js";
import { TrackCollector } from "../track/collector.js";
import type { Track } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import {
  brokenArchive,
  type FileGroup,
  type GroupOptions,
  listGroups,
  type ReadItem,
} from "./file-groups.js";
import type { Terminal } from "./terminal.js";
import { counted, visibleLine } from "./terminal-text.js";

const UNKNOWN_SHOWN = 5;
/** Lines about single files; after these only their number is told, so that a bad folder does not hide the rest. */
const LINES_SHOWN = 20;

/** What one group gave, or a piece of it. */
export interface GroupRead {
  readonly tracks: readonly Track[];
  readonly inputs: readonly ReadInput[];
}

/** A piece of an archive that is read in its order ends with this many positions or inputs. chosen: some 20 MB */
const PIECE_POINTS = 250_000;
const PIECE_INPUTS = 1_000;
/** Positions held at once where an aircraft may come again anywhere: 2 GB. */
const HELD_POINTS_MAX = 30_000_000;

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
  /** Inputs whose reader's fast way met what it does not know; they were read the slow way, to the same result. */
  slowCount = 0;
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

  /** Lists what there is to read, see `listGroups`; archives that cannot be read are told. */
  async groups(paths: readonly string[], options: GroupOptions): Promise<FileGroup[]> {
    const { groups, itemCount, broken, failed } = await listGroups(paths, options);
    this.#roots = paths;
    this.#listedCount = itemCount + failed.length;
    for (const message of broken) this.#note(message);
    for (const message of failed) this.#fail(message);
    return [...groups];
  }

  /**
   * Reads a group. One of files comes as one piece; one of compressed archives in several, cut at the same places every
   * time, unless it was listed `whole`.
   *
   * @param skip inputs with these hashes are passed over without a word
   */
  async *read(
    group: FileGroup,
    skip?: (sha256: string) => boolean,
  ): AsyncGenerator<GroupRead, void> {
    const collector = new TrackCollector();
    let inputs: ReadInput[] = [];
    let heldPoints = 0;
    const take = (): GroupRead => {
      const piece = { tracks: collector.take(), inputs };
      inputs = [];
      heldPoints = 0;
      return piece;
    };
    const readOne = async (item: ReadItem): Promise<boolean> => {
      this.#terminal.checkInterrupt();
      const read = await this.#readOne(item, { collector, skip });
      if (!read) return false;
      inputs.push(read);
      heldPoints += read.keptCount;
      return heldPoints >= PIECE_POINTS || inputs.length >= PIECE_INPUTS;
    };
    for (const item of group.items) await readOne(item);
    for (const archive of group.archives) {
      for await (const item of this.#streamed(archive)) {
        const isFull = await readOne(item);
        if (isFull && !group.isWhole) yield take();
        else if (heldPoints > HELD_POINTS_MAX) throw tooManyHeld();
      }
    }
    yield take();
  }

  async *#streamed(archive: Archive): AsyncGenerator<ReadItem> {
    const named = archive.path === STDIN;
    try {
      for await (const member of streamMembers(archive)) {
        if ("refused" in member) this.#fail(member.refused.message);
        else if ("broken" in member) this.#note(brokenArchive(archive.path, member.broken));
        else {
          this.#listedCount++;
          yield { path: member.input.path, named, open: async () => member.input };
        }
      }
    } catch (error) {
      if (!(error instanceof WheelsdownError) || error.code === "interrupted") throw error;
      this.#fail(`${archive.path}: ${error.message}`);
    }
  }

  async #readOne(
    { path, named, open }: ReadItem,
    {
      collector,
      skip,
    }: {
      readonly collector: TrackCollector;
      readonly skip?: ((sha256: string) => boolean) | undefined;
    },
  ): Promise<ReadInput | undefined> {
    try {
      const input = await open();
      const reason = await whyUnread(input);
      if (reason !== undefined) return this.#passOver({ path, reason }, named);
      if (skip && skip(await input.sha256())) {
        this.#passedOverCount++;
        return undefined;
      }
      if (await this.#isDuplicate(input)) return undefined;
      const read = await readBytes(input, collector);
      if ("reason" in read) return this.#passOver(read, named);
      this.#hashes.set(read.sha256, path);
      this.readCount++;
      if (read.fellBack) this.slowCount++;
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

  async #isDuplicate(input: InputBytes): Promise<boolean> {
    const { path, byteCount } = input;
    const alike = this.#sizes.get(byteCount);
    if (!alike) {
      this.#sizes.set(byteCount, [path]);
      return false;
    }
    alike.push(path);
    const first = this.#hashes.get(await input.sha256());
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

function tooManyHeld(): WheelsdownError {
  return new WheelsdownError(
    "input-invalid",
    `more than ${HELD_POINTS_MAX / 1e6} million positions in compressed archives, in which no aircraft's files can be ` +
      "looked up; use `wheelsdown ingest`, or unpack the .tar.gz to a .tar",
  );
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
