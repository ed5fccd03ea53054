import { createHash } from "node:crypto";
import { readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Address } from "../aircraft/address.js";
import { takeLock } from "../io/lock.js";
import { makeFolder, writeAtomically } from "../io/write-file.js";
import { tracePath } from "./asked.js";
import { type DayRecord, type KeptFile, parseDayRecord, writeDayRecord } from "./day-record.js";

/** Only while something is being fetched, or was when the run ended; `ingest` does not look into hidden folders. */
const WORK_FOLDER = ".fetch";
const DRAFTS = "drafts";
const RECORD = "provenance.json";

/** The folder of one source: days with their traces and records, and the work in progress. One run writes to it. */
export class FetchFolder {
  readonly root: string;
  readonly #work: string;
  readonly #drafts: string;
  readonly #release: () => Promise<void>;

  private constructor(root: string, release: () => Promise<void>) {
    this.root = root;
    this.#work = join(root, WORK_FOLDER);
    this.#drafts = join(this.#work, DRAFTS);
    this.#release = release;
  }

  /** @throws WheelsdownError "folder-busy" when another run writes there, "io-failed" */
  static async open(root: string): Promise<FetchFolder> {
    const work = join(root, WORK_FOLDER);
    await makeFolder(work);
    const release = await takeLock(join(work, "lock"), {
      what: `the folder ${root}`,
      busyCode: "folder-busy",
    });
    const folder = new FetchFolder(root, release);
    // Drafts of a run that was killed.
    await rm(folder.#drafts, { recursive: true, force: true });
    await makeFolder(folder.#drafts);
    return folder;
  }

  /** Gives the folder back; what is not done stays for the next run. */
  async close(): Promise<void> {
    await rm(this.#drafts, { recursive: true, force: true });
    await this.#release();
    await rmdir(this.#work).catch(() => undefined);
  }

  /** Where, below the root, the journal of an unfinished day lies. */
  journalPath(day: string): string {
    return `${WORK_FOLDER}/${day}.jsonl`;
  }

  /** Writes a trace as it was received. @throws WheelsdownError "io-failed" */
  async keep(day: string, address: Address, content: Uint8Array): Promise<KeptFile> {
    await this.write(tracePath(day, address), content);
    const sha256 = createHash("sha256").update(content).digest("hex");
    return { address, byteCount: content.length, sha256 };
  }

  /** Writes a file whole or not at all. @throws WheelsdownError "io-failed" */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const target = join(this.root, path);
    await makeFolder(dirname(target));
    await writeAtomically(target, content, this.#drafts);
  }

  /** @returns what was fetched of a day, undefined when that is nothing or unreadable */
  async readRecord(day: string): Promise<DayRecord | undefined> {
    const text = await readFile(join(this.root, recordPath(day)), "utf8").catch(() => undefined);
    return text === undefined ? undefined : parseDayRecord(text);
  }

  async writeRecord(record: DayRecord): Promise<void> {
    await this.write(recordPath(record.day), writeDayRecord(record));
  }

  /** @returns how many of these files are gone or have another size */
  async countChanged(day: string, kept: Iterable<KeptFile>): Promise<number> {
    let changedCount = 0;
    for (const { address, byteCount } of kept) {
      const found = await stat(join(this.root, tracePath(day, address))).catch(() => undefined);
      if (found?.size !== byteCount) changedCount++;
    }
    return changedCount;
  }

  /** Removes what is here of a day that turned out to be wrong. */
  async removeDay(day: string): Promise<void> {
    const folder = dirname(join(this.root, recordPath(day)));
    await rm(join(folder, "traces"), { recursive: true, force: true });
    await rm(join(this.root, recordPath(day)), { force: true });
    await rm(join(this.root, this.journalPath(day)), { force: true });
    if ((await readdir(folder).catch(() => ["?"])).length === 0) await rmdir(folder);
  }
}

function recordPath(day: string): string {
  return `${day.replaceAll("-", "/")}/${RECORD}`;
}
