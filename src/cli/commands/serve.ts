import { spawn } from "node:child_process";
import { type Command, InvalidArgumentError } from "commander";
import type { ShowingOptions } from "../../query/withhold.js";
import { addExamples, addLake } from "../options.js";
import { runCommand } from "../run-command.js";
import { addShowing } from "../showing.js";
import type { Terminal } from "../terminal.js";

interface ServeOptions extends ShowingOptions {
  readonly lake: string;
  readonly port: number;
  readonly open?: boolean;
}

const DEFAULT_PORT = 8787;

export function addServeCommand(program: Command): void {
  const command = program
    .command("serve")
    .description(
      "Serves a lake to the browser and to programs of this machine: a page, and the same answers as JSON, CSV, GeoJSON\n" +
        "and KML. It listens on 127.0.0.1 only, reads and never writes, and ends with Ctrl-C.",
    )
    .option("--port <number>", "where to listen, 0 for any that is free", port, DEFAULT_PORT)
    .option("--open", "open the page in the browser");
  addShowing(command);
  addLake(command);
  addExamples(command, [
    "serve --open",
    "serve --lake wheelsdown-demo/lake --port 0",
    "serve & curl 'http://127.0.0.1:8787/api/landings?in=VE&state=RU'",
  ]);
  command.action((options: ServeOptions) =>
    runCommand(command, (terminal) => serve(options, terminal)),
  );
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError("write a number from 0 to 65535");
}

/** Runs until it is told to stop. */
async function serve(
  { lake, port: wanted, open, ...shown }: ServeOptions,
  terminal: Terminal,
): Promise<void> {
  // Loaded only here: the help of the command does without.
  const { startServer } = await import("../../server/serve.js");
  const server = await startServer({
    lake,
    port: wanted,
    ...shown,
    onNote: (text) => terminal.note(text),
  });
  await terminal.line(server.url);
  terminal.note(`serving ${lake} to this machine only; Ctrl-C ends it`);
  if (open) openBrowser(server.url, terminal);
  await toldToStop(terminal.signal);
  await server.close();
}

/** Ctrl-C, or the polite signal of whoever started it. */
async function toldToStop(interrupted: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    if (interrupted.aborted) resolve();
    interrupted.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** The system's own way to open an address; where there is none, the person can copy it. */
function openBrowser(url: string, terminal: Terminal): void {
  const [program, ...words] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const child = spawn(program!, words, { stdio: "ignore", detached: true });
  child.on("error", () => terminal.note(`no browser could be opened: open ${url} yourself`));
  child.unref();
}
