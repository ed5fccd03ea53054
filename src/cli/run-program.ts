import { CommanderError } from "commander";
import { exitCodeOf, WheelsdownError } from "../units/errors.js";
import { buildProgram } from "./program.js";
import { visible } from "./terminal-text.js";

const USAGE_EXIT = 64;

/** Runs the command that the process was called with, and sets its exit code. */
export function runProgram(): void {
  // A closed pipe (`| head`) is the reader's way to say enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    process.stderr.write(`error: cannot write the output: ${error.message}\n`);
    process.exit(exitCodeOf(new WheelsdownError("io-failed", error.message)));
  });
  // Nobody reads the notes (`2>&1 | head`): the work goes on without them.
  process.stderr.on("error", () => undefined);
  process.on("uncaughtException", (error) => {
    // What the program was doing is unknown now, so it must not go on.
    process.exitCode = report(error);
    process.exit();
  });

  buildProgram(process.argv.slice(2))
    .then((program) => program.parseAsync())
    .catch((error: unknown) => {
      process.exitCode = report(error);
    });
}

function report(error: unknown): number {
  // Commander has printed its own message by now; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT;
  if (error instanceof WheelsdownError) process.stderr.write(`error: ${visible(error.message)}\n`);
  else
    process.stderr.write(
      `this is a bug of wheelsdown, please report it:\n${(error as Error)?.stack ?? error}\n`,
    );
  return exitCodeOf(error);
}
