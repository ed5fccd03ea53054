import { spawn } from "node:child_process";
import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { WheelsdownError } from "../units/errors.js";
import { VERSION } from "./version.js";

/** A browser that has not printed by then hangs. chosen: a hundred times what a dossier takes, test/cli/pdf.test.ts */
const LIMIT_MS = 180_000;
/** The end of what a browser says that failed. */
const SAID_CHARS_MAX = 4000;

/**
 * Nothing is asked of a network: no name has an address, and the browser's own errands are off. The page is on disk and
 * forbids itself to load anything.
 */
const FLAGS = [
  "--headless",
  "--disable-gpu",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-extensions",
  "--disable-sync",
  "--disable-background-networking",
  "--disable-component-update",
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--export-tagged-pdf",
  "--generate-pdf-document-outline",
  "--no-pdf-header-footer",
  // What the same was called before Chromium 112: a header would show the page's path on this machine.
  "--print-to-pdf-no-header",
  // A PDF names the agent that made it: else the browser, with the system of whoever prints.
  `--user-agent=wheelsdown ${VERSION}`,
];

export interface PrintOptions {
  /** Path of a Chromium. */
  readonly browser: string;
  /** The HTML file. */
  readonly page: string;
  /** Where the PDF goes; what is there is replaced once the new one is whole. */
  readonly pdf: string;
  readonly signal: AbortSignal;
  readonly limitMs?: number;
}

/**
 * Prints a page on disk to a tagged PDF, with a browser's own printing. The page's style says on which paper.
 *
 * @throws WheelsdownError "io-failed" when the browser fails, or takes too long; "interrupted" by the signal
 */
export async function printPage(options: PrintOptions): Promise<void> {
  const { page, pdf } = options;
  const profile = await mkdtemp(join(tmpdir(), "wheelsdown-print-"));
  const draft = `${resolve(pdf)}.${process.pid}.tmp`;
  try {
    const words = [
      ...FLAGS,
      // Chromium refuses to start as root with its sandbox; containers have no other user.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      `--user-data-dir=${profile}`,
      `--print-to-pdf=${draft}`,
      pathToFileURL(resolve(page)).href,
    ];
    const ended = await runBrowser(words, options);
    if (!(await isWholePdf(draft)))
      throw new WheelsdownError(
        "io-failed",
        `${options.browser} ${ended.how} and left no whole PDF${lastWords(ended.said)}`,
      );
    await rename(draft, pdf);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
    // A process of the browser may still be writing into it for a moment.
    const patient = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
    await rm(profile, patient).catch(() => undefined);
  }
}

interface Ended {
  /** "ended with 1" */
  readonly how: string;
  readonly said: string;
}

async function runBrowser(words: readonly string[], options: PrintOptions): Promise<Ended> {
  const { browser, signal, limitMs = LIMIT_MS } = options;
  // A group of its own, so that its many processes can be ended together.
  const isGroup = process.platform !== "win32";
  const child = spawn(browser, words, { stdio: ["ignore", "ignore", "pipe"], detached: isGroup });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-SAID_CHARS_MAX);
  });
  const end = () => {
    try {
      if (isGroup && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      else child.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    end();
  }, limitMs);
  signal.addEventListener("abort", end);
  try {
    const how = await new Promise<string>((done, fail) => {
      child.on("error", fail);
      child.on("close", (code, killedBy) =>
        done(code === null ? `was ended by ${killedBy}` : `ended with ${code}`),
      );
      if (signal.aborted) end();
    });
    if (signal.aborted)
      throw new WheelsdownError("interrupted", "interrupted; the PDF was not made");
    const took = `took longer than ${Math.round(limitMs / 1000)} s`;
    return { how: isLate ? took : how, said };
  } catch (cause) {
    if (cause instanceof WheelsdownError) throw cause;
    const message = `cannot run ${browser}: ${(cause as Error).message}`;
    throw new WheelsdownError("io-failed", message, { cause });
  } finally {
    clearTimeout(limit);
    signal.removeEventListener("abort", end);
  }
}

/** PDF 1.7 (ISO 32000-1), 7.5.2 and 7.5.5: how a file starts, and how it ends. */
async function isWholePdf(path: string): Promise<boolean> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return false;
  try {
    const { size } = await file.stat();
    const start = await file.read(Buffer.alloc(5), 0, 5, 0);
    const tailSize = Math.min(size, 1024);
    const tail = await file.read(Buffer.alloc(tailSize), 0, tailSize, size - tailSize);
    return start.buffer.toString("latin1") === "%PDF-" && tail.buffer.includes("%%EOF");
  } finally {
    await file.close();
  }
}

/** What a browser says last; its complaints of a missing desktop come in any case and tell nothing. */
function lastWords(said: string): string {
  const lines = said.split("\n").filter((line) => line.trim() && !/dbus|bytes written/.test(line));
  return lines.length > 0 ? `; it said: ${lines.at(-1)!.trim().slice(0, 300)}` : "";
}
