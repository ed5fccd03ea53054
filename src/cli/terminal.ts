import { SingleBar } from "cli-progress";
import Table from "cli-table3";
import { exitCodeOf, WheelsdownError } from "../units/errors.js";
import { formatDuration } from "../units/time.js";
import { visible, visibleLine } from "./terminal-text.js";

/** Width of tables that go to a file or a pipe, so that the same question gives the same bytes everywhere. */
const PIPE_WIDTH = 110;
const NARROWEST = 60;
const PROGRESS_PER_S = 10;
const PROGRESS_PIPE_MS = 10_000;

export interface TerminalOptions {
  readonly quiet: boolean;
}

/** Data goes to stdout, everything else to stderr. */
export class Terminal {
  readonly #quiet: boolean;
  readonly #stop = new AbortController();
  #progress: Progress | undefined;

  constructor({ quiet }: TerminalOptions) {
    this.#quiet = quiet;
    process.once("SIGINT", () => {
      // The first Ctrl-C stops between two steps, so that nothing stored is left half done; a second one ends at once.
      this.#stop.abort();
      process.stderr.write(
        "\ninterrupted, stopping after this step (Ctrl-C again to end at once)\n",
      );
    });
  }

  /** Writes data, waiting while the reader of a pipe is slow. */
  async write(text: string): Promise<void> {
    if (process.stdout.write(text)) return;
    await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
  }

  /** Writes a line, or a few: what data may hold to trick a terminal is shown as escapes, which JSON reads back. */
  async line(text = ""): Promise<void> {
    await this.write(`${visible(text)}\n`);
  }

  /** Says something to the person at the terminal, in one line. */
  note(text: string): void {
    if (!this.#quiet) process.stderr.write(`${visibleLine(text)}\n`);
  }

  /** Warnings are said even when quiet: they change what an answer is worth. */
  warn(text: string): void {
    process.stderr.write(`warning: ${visibleLine(text)}\n`);
  }

  /** As a warning, and with the exit code. */
  notWhole(error: WheelsdownError): void {
    this.warn(error.message);
    process.exitCode = exitCodeOf(error);
  }

  /** Aborted by the first Ctrl-C: for work that can stop in the middle of a step. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** @throws WheelsdownError "interrupted" after Ctrl-C; call it between steps */
  checkInterrupt(): void {
    if (this.signal.aborted)
      throw new WheelsdownError("interrupted", "interrupted; what was complete is kept");
  }

  progress(label: string, total: number): Progress {
    this.#progress?.stop();
    this.#progress = new Progress(label, this.#quiet ? 0 : total);
    return this.#progress;
  }

  /** Ends a progress line that an error left running: its clock would keep the process alive. */
  close(): void {
    this.#progress?.stop();
  }

  get width(): number {
    return process.stdout.isTTY
      ? Math.max(NARROWEST, process.stdout.columns ?? PIPE_WIDTH)
      : PIPE_WIDTH;
  }

  /** A table without rules, its last columns wrapped so that it fits the terminal. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    return plainTable(head, rows, this.width);
  }
}

/** One line redrawn on a terminal, a line every ten seconds elsewhere. */
export class Progress {
  readonly #bar: SingleBar | undefined;
  readonly #total: number;
  readonly #startMs = performance.now();
  #done = 0;

  constructor(label: string, total: number) {
    this.#total = total;
    if (total < 2 || (!process.stderr.isTTY && total < 200)) return;
    this.#bar = new SingleBar({
      stream: process.stderr,
      format: `${label} {bar} {value}/{total}  {left} left`,
      fps: PROGRESS_PER_S,
      noTTYOutput: true,
      notTTYSchedule: PROGRESS_PIPE_MS,
      clearOnComplete: true,
      hideCursor: true,
      barsize: 24,
    });
    this.#bar.start(total, 0, { left: "" });
  }

  /** Steps come in bursts, so the time left is told from all of them, not from the last few. */
  step(): void {
    if (!this.#bar) return;
    this.#done++;
    const eachMs = (performance.now() - this.#startMs) / this.#done;
    this.#bar.increment({ left: formatDuration(eachMs * (this.#total - this.#done)) });
  }

  stop(): void {
    if (this.#bar?.isActive) this.#bar.stop();
  }
}

const NO_RULES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};
const GAP = 2;

function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const widths = columnWidths(head, rows, width);
  const table = new Table({
    head: [...head],
    chars: NO_RULES,
    style: { "padding-left": 0, "padding-right": GAP, head: [], border: [] },
    colWidths: widths.map((column) => column + GAP),
    wordWrap: true,
  });
  table.push(...rows.map((row) => row.map(visible)));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Columns get the width of their longest cell; what is too much is taken from the widest. */
function columnWidths(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const widths = head.map((title, column) =>
    rows.reduce((widest, row) => Math.max(widest, longestLine(row[column] ?? "")), title.length),
  );
  let excess = widths.reduce((sum, column) => sum + column + GAP, 0) - width;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= 12) break;
    widths[widest]!--;
    excess--;
  }
  return widths;
}

function longestLine(cell: string): number {
  return cell.split("\n").reduce((longest, line) => Math.max(longest, line.length), 0);
}
