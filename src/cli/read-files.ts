import type { ReadingTerms } from "../formats/terms.js";
import { type Archive, streamMembers } from "../io/archive.js";
import { STDIN } from "../io/list-inputs.js";
import type { ReadInput, UnknownInput } from "../io/read-input.js";
import type { Pool } from "../pool/pool.js";
import { TrackCollector } from "../track/collector.js";
import type { Track } from "../track/track.js";
import { counted } from "../units/counted.js";
import { WheelsdownError } from "../units/errors.js";
import {
  type BrokenArchive,
  type FileGroup,
  type GroupOptions,
  listGroups,
} from "./file-groups.js";
import { type ItemOutcome, type ReadItem, readItem, SeenInputs } from "./read-item.js";
import type { GroupResult, ReadTask } from "./read-job.js";
import type { Terminal } from "./terminal.js";
import { visibleLine } from "./terminal-text.js";

const UNKNOWN_SHOWN = 5;
const NAMES_SHOWN = 5;
/** As `readBytes` calls it. */
const FOLDER_DATE = "folder-date-differs";
/** Lines about single files; after these only their number is told, so that a bad folder does not hide the rest. */
const LINES_SHOWN = 20;

/** What one group gave, or a piece of it. */
export interface GroupRead {
  readonly tracks: readonly Track[];
  readonly inputs: readonly ReadInput[];
}

/** What one group gave to an ingest. */
export interface IngestRead extends GroupRead {
  /** For each track its movements, see `GroupResult`. */
  readonly movements: readonly (Uint8Array | undefined)[];
}

/** A task for a thread ends with this many inputs or packed bytes. chosen: some 3 MB of tracks, 10 ms of work or more */
const TASK_INPUTS = 64;
const TASK_BYTES = 1e6;
/** A file's size is not looked up for this: it counts as much as a usual trace. */
const FILE_BYTES_ASSUMED = 30_000;
/** Positions held at once where an aircraft may come again anywhere: 2 GB. */
const HELD_POINTS_MAX = 30_000_000;

/**
 * Reads files group by group, so that an archive of any size needs the memory of one aircraft. A bad file is told and
 * passed over; the others are read.
 */
export class FileReading {
  readonly #terminal: Terminal;
  readonly #terms: ReadingTerms;
  /** The first capture that was read as beginning at the one moment that was given. */
  #startedCapture: string | undefined;
  readonly #seen = new SeenInputs();
  readCount = 0;
  failedCount = 0;
  /** Inputs whose reader's fast way met what it does not know; they were read the slow way, to the same result. */
  slowCount = 0;
  /** Inputs the lake had already. */
  passedOverCount = 0;
  /** Hashes of the inputs that were known already. */
  readonly passedOver = new Set<string>();
  readonly #unknown: UnknownInput[] = [];
  readonly #failures: string[] = [];
  #roots: readonly string[] = [];
  #listedCount = 0;
  #duplicateCount = 0;
  #noteCount = 0;
  /** Inputs and archives that broke off, and inputs of whose rows none was kept. */
  readonly #cutOff: string[] = [];
  readonly #rowless: string[] = [];
  /** Lines about inputs that lie in the folder of another day: a whole tree of them is one mistake. */
  readonly #folderDates: string[] = [];

  /** @param terms what the user says of inputs that do not say it themselves */
  constructor(terminal: Terminal, terms: ReadingTerms = {}) {
    this.#terminal = terminal;
    this.#terms = terms;
  }

  /** Lists what there is to read, see `listGroups`; archives that cannot be read are told. */
  async groups(paths: readonly string[], options: GroupOptions): Promise<FileGroup[]> {
    const { groups, itemCount, broken, failed } = await listGroups(paths, options);
    this.#roots = paths;
    this.#listedCount = itemCount + failed.length;
    for (const one of broken) this.#noteBroken(one);
    for (const message of failed) this.#fail(message);
    return [...groups];
  }

  /** Reads a group into one collector, archives that have to be read in their order included. */
  async read(group: FileGroup): Promise<GroupRead> {
    const collector = new TrackCollector();
    const inputs: ReadInput[] = [];
    let heldPoints = 0;
    const readOne = async (item: ReadItem): Promise<void> => {
      this.#terminal.checkInterrupt();
      const context = { collector, seen: this.#seen, terms: this.#terms };
      const read = this.#account(await readItem(item, context));
      if (!read) return;
      inputs.push(read);
      heldPoints += read.keptCount;
    };
    for (const item of group.items) await readOne(item);
    for (const archive of group.archives) {
      for await (const item of this.#streamed(archive)) {
        await readOne(item);
        if (heldPoints > HELD_POINTS_MAX) throw tooManyHeld();
      }
    }
    return { tracks: collector.take(), inputs };
  }

  /**
   * Reads groups in threads and gives what they gave in the order of the groups, each member of an archive that is read
   * in its order as a group of its own. How groups are dealt to threads changes nothing in it.
   *
   * @param groups emptied as they are read: a day of the world has a hundred thousand
   * @param options `isKnown` says at any time which inputs are passed over; `onGroup` is called when a group is done
   */
  async *readIn(
    pool: Pool<ReadTask, readonly GroupResult[]>,
    groups: FileGroup[],
    options: { isKnown(sha256: string): boolean; onGroup(): void },
  ): AsyncGenerator<IngestRead, void> {
    for await (const { task, result } of pool.inOrder(this.#tasks(groups))) {
      for (const [index, items] of task.groups.entries()) {
        this.#terminal.checkInterrupt();
        yield await this.#taken(items, result[index]!, options.isKnown);
        if (items[0]?.place.kind !== "bytes") options.onGroup();
      }
    }
  }

  /** What a thread did not know when it read the group: it came under another name in a group before. */
  async #taken(
    items: readonly ReadItem[],
    result: GroupResult,
    isKnown: (sha256: string) => boolean,
  ): Promise<IngestRead> {
    const isAgain = result.outcomes.some(
      (outcome) =>
        outcome.kind === "read" &&
        (isKnown(outcome.input.sha256) || this.#seen.has(outcome.input.sha256)),
    );
    const inputs: ReadInput[] = [];
    if (!isAgain) {
      for (const outcome of result.outcomes) {
        const read = this.#account(outcome);
        if (read) inputs.push(read);
      }
      return { tracks: result.tracks, inputs, movements: result.movements };
    }
    const collector = new TrackCollector();
    for (const item of items) {
      const context = { collector, isKnown, seen: this.#seen, terms: this.#terms };
      const read = this.#account(await readItem(item, context));
      if (read) inputs.push(read);
    }
    const tracks = collector.take();
    return { tracks, inputs, movements: tracks.map(() => undefined) };
  }

  async *#tasks(groups: FileGroup[]): AsyncGenerator<ReadTask> {
    let held: (readonly ReadItem[])[] = [];
    let inputCount = 0;
    let byteCount = 0;
    const isFull = (items: readonly ReadItem[]): boolean => {
      held.push(items);
      inputCount += items.length;
      for (const item of items) byteCount += byteCountOf(item);
      return inputCount >= TASK_INPUTS || byteCount >= TASK_BYTES;
    };
    const take = (): ReadTask => {
      const task = { groups: held };
      held = [];
      inputCount = 0;
      byteCount = 0;
      return task;
    };
    groups.reverse();
    for (let group = groups.pop(); group; group = groups.pop()) {
      if (group.items.length > 0 && isFull(group.items)) yield take();
      for (const archive of group.archives) {
        for await (const item of this.#streamed(archive)) if (isFull([item])) yield take();
      }
    }
    if (held.length > 0) yield take();
  }

  async *#streamed(archive: Archive): AsyncGenerator<ReadItem> {
    try {
      for await (const member of streamMembers(archive)) {
        if ("refused" in member) this.#fail(member.refused.message);
        else if ("broken" in member)
          this.#noteBroken({ path: archive.path, reason: member.broken });
        else {
          this.#listedCount++;
          const { path, isCutOff } = member.input;
          // Members come one at a time, each in memory as a whole.
          const place = { kind: "bytes", bytes: member.input.whole!, isCutOff } as const;
          yield { path, named: path === STDIN, place };
        }
      }
    } catch (error) {
      if (!(error instanceof WheelsdownError) || error.code === "interrupted") throw error;
      this.#fail(`${archive.path}: ${error.message}`);
    }
  }

  /** Takes note of what came of an input. @returns the input when it was read */
  #account(outcome: ItemOutcome): ReadInput | undefined {
    switch (outcome.kind) {
      case "unknown":
        return this.#passOver(outcome, outcome.named);
      case "failed":
        this.#fail(outcome.message);
        return undefined;
      case "known":
        this.passedOverCount++;
        this.passedOver.add(outcome.sha256);
        return undefined;
      case "same":
        this.#duplicateCount++;
        this.#note(`${outcome.path}: the same bytes as ${outcome.first}, read once`);
        return undefined;
      case "read":
        this.#seen.add(outcome.input);
        this.readCount++;
        if (outcome.input.fellBack) this.slowCount++;
        this.#checkStart(outcome.input);
        return outcome.input;
    }
  }

  /** One moment is the beginning of one capture. */
  #checkStart({ path, format }: ReadInput): void {
    if (typeof this.#terms.start !== "number" || !format.includes(" --start ")) return;
    if (this.#startedCapture === undefined) this.#startedCapture = path;
    else
      this.#terminal.warn(
        `${path}: read as beginning at the same --start as ${this.#startedCapture}; unless both did, read them one at a ` +
          "time, or give --start name when their names tell it",
      );
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

  /** True when something was not read, or not whole: the exit code says so. */
  get isFaulty(): boolean {
    return this.failedCount + this.#cutOff.length + this.#rowless.length > 0;
  }

  #noteBroken({ path, reason }: BrokenArchive): void {
    this.#cutOff.push(path);
    this.#note(`${path}: the archive ${reason}; what came before that was read, download it again`);
  }

  /** Tells what was wrong with an input, if anything was. */
  tellIssues(input: ReadInput): void {
    if (!input.complete) this.#cutOff.push(input.path);
    else if (input.rowCount > 0 && input.keptCount === 0) this.#rowless.push(input.path);
    const line = issueLine(input);
    if (line === undefined) return;
    const isOfFolder = Object.keys(input.issues.counts).every((kind) => kind === FOLDER_DATE);
    if (isOfFolder) this.#folderDates.push(line);
    else this.#note(line);
  }

  #note(line: string): void {
    if (++this.#noteCount <= LINES_SHOWN) this.#terminal.note(line);
  }

  /** Tells what was passed over. @throws WheelsdownError "input-invalid" when nothing at all could be read */
  finish(): void {
    this.#noteFolderDates();
    const hiddenNotes = this.#noteCount - LINES_SHOWN;
    if (hiddenNotes > 0)
      this.#terminal.note(
        `${counted(hiddenNotes, "more note", "more notes")} of this kind; --inputs of \`movements\` and \`lake inputs\` list every input`,
      );
    if (this.readCount + this.#duplicateCount + this.passedOverCount === 0) throw this.#nothing();
    this.#tellFailures();
    if (this.failedCount > LINES_SHOWN)
      this.#terminal.warn(
        `${counted(this.failedCount - LINES_SHOWN, "more file", "more files")} could not be read`,
      );
    if (this.#cutOff.length > 0)
      this.#terminal.warn(`not whole, what comes at the end is missing: ${nameList(this.#cutOff)}`);
    if (this.#rowless.length > 0)
      this.#terminal.warn(`no row could be used: ${nameList(this.#rowless)}`);
    const unknown = this.#unknown.length;
    if (unknown > 0)
      this.#terminal.note(
        `${counted(unknown, "file", "files")} of no format that is read, passed over`,
      );
  }

  #noteFolderDates(): void {
    const [first, ...more] = this.#folderDates;
    if (first === undefined) return;
    const rest =
      more.length > 0 ? `; so for ${counted(more.length, "more file", "more files")}` : "";
    this.#note(`${first}${rest}`);
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
    const which = count === 1 ? "the one file there is could not" : `none of ${count} files could`;
    return new WheelsdownError("input-invalid", `${which} be read:${examples.join("")}${more}`);
  }
}

function tooManyHeld(): WheelsdownError {
  return new WheelsdownError(
    "input-invalid",
    `more than ${HELD_POINTS_MAX / 1e6} million positions in compressed archives, in which no aircraft's files can be ` +
      "looked up; use `wheelsdown ingest`, or unpack the .tar.gz to a .tar",
  );
}

function nameList(paths: readonly string[]): string {
  const more = paths.length - NAMES_SHOWN;
  const shown = paths.slice(0, NAMES_SHOWN).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
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

function byteCountOf({ place }: ReadItem): number {
  if (place.kind === "file") return FILE_BYTES_ASSUMED;
  return place.kind === "member" ? place.member.size : place.bytes.length;
}
