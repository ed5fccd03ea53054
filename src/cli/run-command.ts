import type { Command } from "commander";
import { Terminal } from "./terminal.js";

/** Runs a command's work with a terminal made from the global options. */
export async function runCommand(
  command: Command,
  work: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const { quiet } = command.optsWithGlobals<{ quiet?: boolean }>();
  const terminal = new Terminal({ quiet: quiet ?? false });
  try {
    await work(terminal);
  } finally {
    terminal.close();
  }
}
