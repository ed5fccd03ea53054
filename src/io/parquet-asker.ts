// Asks a process that reads Parquet: another one for each file, so that bytes that are made to do harm reach no other file.
// From the second file on the next process is started while one is at work. All end with whoever asks, and by themselves when
// they are not wanted.
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { WheelsdownError } from "../units/errors.js";
import {
  FrameReader,
  type ParquetFailure,
  type ParquetFrame,
  type ParquetQuestion,
} from "./parquet-frames.js";

/** chosen: longer than anything between two files of one reading, shorter than anybody misses its memory */
const IDLE_MS = 5000;

/** What is there between two questions. */
const kept: {
  /** The process of the last file, which may be asked again: first what it is, then all of it. */
  last: { readonly reading: ReadingProcess; readonly path: string } | undefined;
  /** One that read nothing yet. */
  spare: ReadingProcess | undefined;
  fileCount: number;
  timer: NodeJS.Timeout | undefined;
} = { last: undefined, spare: undefined, fileCount: 0, timer: undefined };

/**
 * @returns the frames of an answer: a heading, rows, an end. Whoever stops before the end ends the process too
 * @throws WheelsdownError "input-invalid" when the file is damaged or too large, "io-failed" when nothing can be read here
 */
export async function* askParquet(question: ParquetQuestion): AsyncGenerator<ParquetFrame> {
  const before = takeKept(question.path);
  let reading = before ?? new ReadingProcess();
  reading.begin(question);
  let isDone = false;
  try {
    let frame = await reading.next();
    if (frame === undefined && before) {
      // It may have ended while nobody asked, and not of this file.
      reading = new ReadingProcess();
      reading.begin(question);
      frame = await reading.next();
    }
    for (; ; frame = await reading.next()) {
      if (frame === undefined) throw endedError(await reading.ended);
      if (frame.kind === "failed") throw errorOf(frame.failure);
      isDone = frame.kind === "end";
      if (isDone) keep(reading, question.path);
      yield frame;
      if (isDone) return;
    }
  } finally {
    if (!isDone) reading.end();
  }
}

/** @returns a process that is there for this file */
function takeKept(path: string): ReadingProcess | undefined {
  clearTimeout(kept.timer);
  const { last } = kept;
  kept.last = undefined;
  if (last?.path === path) return last.reading;
  last?.reading.end();
  const { spare } = kept;
  kept.spare = kept.fileCount++ > 0 ? new ReadingProcess() : undefined;
  kept.spare?.hold(false);
  return spare;
}

/** Keeps a process for another question about its file, and nobody from ending. */
function keep(reading: ReadingProcess, path: string): void {
  kept.last?.reading.end();
  kept.last = { reading, path };
  reading.hold(false);
  clearTimeout(kept.timer);
  kept.timer = setTimeout(() => {
    kept.last?.reading.end();
    kept.spare?.end();
    kept.last = undefined;
    kept.spare = undefined;
    kept.fileCount = 0;
  }, IDLE_MS).unref();
}

function errorOf({ kind, message }: ParquetFailure): Error {
  if (kind === "bug") return new Error(message);
  if (kind === "engine") return new WheelsdownError("io-failed", message);
  return new WheelsdownError("input-invalid", `a Parquet file that ${message}`);
}

class ReadingProcess {
  readonly #child: ChildProcess;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #frames = new FrameReader();
  readonly ended: Promise<EndedProcess>;
  #ready: ParquetFrame[] = [];

  constructor() {
    const program = fileURLToPath(new URL("parquet-process.js", import.meta.url));
    this.#child = spawn(process.execPath, [program], {
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    this.#chunks = this.#child.stdout![Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    // A process that is gone is told by the end of what it says.
    this.#child.stdin!.on("error", () => undefined);
    this.ended = new Promise((resolve) => {
      this.#child.on("exit", (code, signal) => resolve({ code, signal }));
      this.#child.on("error", () => resolve({ code: -1, signal: null }));
    });
  }

  begin(question: ParquetQuestion): void {
    this.hold(true);
    this.#child.stdin!.write(`${JSON.stringify(question)}\n`);
  }

  /** @returns undefined when the process ended instead of answering */
  async next(): Promise<ParquetFrame | undefined> {
    while (this.#ready.length === 0) {
      const { value, done } = await this.#chunks.next();
      if (done) return undefined;
      this.#ready = this.#frames.take(value);
    }
    return this.#ready.shift();
  }

  end(): void {
    this.#child.kill("SIGKILL");
    this.hold(false);
  }

  /** @param isHeld whether this program waits for it before it ends */
  hold(isHeld: boolean): void {
    const { stdin, stdout } = this.#child;
    for (const one of [this.#child, stdin as Socket, stdout as Socket])
      if (isHeld) one.ref();
      else one.unref();
  }
}

interface EndedProcess {
  /** -1 when it could not be started. */
  readonly code: number | null;
  readonly signal: string | null;
}

function endedError({ code, signal }: EndedProcess): WheelsdownError {
  if (signal === "SIGINT" || signal === "SIGTERM" || signal === "SIGHUP")
    return new WheelsdownError("interrupted", `interrupted while a Parquet file was read`);
  if (code === -1)
    return new WheelsdownError(
      "io-failed",
      "Parquet is read in a process of its own, and none can be started here",
    );
  return new WheelsdownError(
    "input-invalid",
    `a Parquet file that ended the process that read it (${signal ?? `exit code ${code}`}): it is damaged, or made to do harm; download it again`,
  );
}
