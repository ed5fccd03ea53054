import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { WheelsdownError } from "../units/errors.js";
import { askedSchema, keptSchema, parseJson } from "./day-record.js";
import type { FetchFolder } from "./fetch-folder.js";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const beginSchema = v.object({
  begin: v.object({
    asked: askedSchema,
    release: v.object({
      repository: v.string(),
      tag: v.string(),
      isListed: v.boolean(),
      assets: v.array(
        v.object({
          name: v.string(),
          byteCount: v.optional(count),
          sha256: v.optional(v.string()),
        }),
      ),
    }),
  }),
});
const checkpointSchema = v.object({
  checkpoint: v.object({
    /** Up to here, in a part, everything wanted is kept. A member begins here. */
    position: v.object({ part: count, offset: count }),
    /** Up to here, in a part, bytes are in the hash; `state` is the hash's own. */
    hash: v.object({ part: count, offset: count, state: v.string() }),
    parts: v.array(
      v.object({
        byteCount: v.optional(count),
        etag: v.optional(v.string()),
        sha256: v.optional(v.string()),
      }),
    ),
    folders: v.string(),
    traceCount: count,
    faults: v.array(v.string()),
  }),
});
const keptLineSchema = v.object({ kept: keptSchema });
const lineSchema = v.union([beginSchema, checkpointSchema, keptLineSchema]);

export type JournalBegin = v.InferOutput<typeof beginSchema>["begin"];
export type Checkpoint = v.InferOutput<typeof checkpointSchema>["checkpoint"];
export type JournalKept = v.InferOutput<typeof keptSchema>;

/** What a run that ended in the middle of a day left. */
export interface JournalState {
  readonly begin: JournalBegin;
  /** undefined when it did not get so far */
  readonly checkpoint: Checkpoint | undefined;
  /** Files kept up to the checkpoint. */
  readonly kept: readonly JournalKept[];
}

/**
 * Reads the journal of an unfinished day. What comes after the last checkpoint is left out: it is fetched again.
 *
 * @returns undefined when there is none, or none that can be read
 */
export async function readJournal(
  folder: FetchFolder,
  day: string,
): Promise<JournalState | undefined> {
  const path = join(folder.root, folder.journalPath(day));
  const text = await readFile(path, "utf8").catch(() => "");
  let begin: JournalBegin | undefined;
  let checkpoint: Checkpoint | undefined;
  let keptCount = 0;
  const kept: JournalKept[] = [];
  // The last line may be torn by the end of the process; nothing behind a bad line counts.
  for (const line of text.split("\n").slice(0, -1)) {
    const parsed = v.safeParse(lineSchema, parseJson(line));
    if (!parsed.success) break;
    if ("begin" in parsed.output) begin = parsed.output.begin;
    else if ("kept" in parsed.output) kept.push(parsed.output.kept);
    else {
      checkpoint = parsed.output.checkpoint;
      keptCount = kept.length;
    }
  }
  return begin && { begin, checkpoint, kept: kept.slice(0, keptCount) };
}

/** Removes the journal of a day that is done with. */
export async function removeJournal(folder: FetchFolder, day: string): Promise<void> {
  await rm(join(folder.root, folder.journalPath(day)), { force: true });
}

/** Notes of a day in progress, added to a file. Each call is on disk when it returns. */
export class Journal {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Begins a journal with what an earlier one is worth. @throws WheelsdownError "io-failed" */
  static async start(
    folder: FetchFolder,
    day: string,
    { begin, checkpoint, kept }: JournalState,
  ): Promise<Journal> {
    await folder.write(
      folder.journalPath(day),
      linesOf([{ begin }, ...(checkpoint ? checkpointLines(kept, checkpoint) : [])]),
    );
    return new Journal(join(folder.root, folder.journalPath(day)));
  }

  /** Adds files that were kept and how far that is. @throws WheelsdownError "io-failed" */
  async add(kept: readonly JournalKept[], checkpoint: Checkpoint): Promise<void> {
    await this.#append(checkpointLines(kept, checkpoint));
  }

  async #append(lines: readonly object[]): Promise<void> {
    try {
      const file = await open(this.#path, "a");
      try {
        await file.writeFile(linesOf(lines));
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (cause) {
      throw new WheelsdownError(
        "io-failed",
        `cannot write ${this.#path}: ${(cause as Error).message}`,
        { cause },
      );
    }
  }
}

function checkpointLines(kept: readonly JournalKept[], checkpoint: Checkpoint): object[] {
  return [...kept.map((one) => ({ kept: one })), { checkpoint }];
}

function linesOf(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
