/** What an answer may show: the options that say so, the clock, and what is told of what was withheld. */

import type { Command } from "commander";
import type { Lake } from "../lake/lake.js";
import {
  type Showing,
  type ShowingOptions,
  showingAt,
  type WithheldJson,
  withholdingOf,
} from "../query/withhold.js";
import { type FormatOptions, formatOf } from "./options.js";
import type { Terminal } from "./terminal.js";

/** Adds the option that shows what is recent. */
export function addIncludeRecent(command: Command): Command {
  return command.option(
    "--include-recent",
    "also positions and movements younger than 24 h, which are withheld",
  );
}

/** Adds both options that show what is withheld. */
export function addShowing(command: Command): Command {
  command.option(
    "--include-private",
    "also aircraft that a source marks as private (LADD or PIA), which are withheld unless they are named",
  );
  return addIncludeRecent(command);
}

/** Reads the clock: what is recent is so now. */
export function showingNow(options: ShowingOptions): Showing {
  return showingAt(Date.now(), options);
}

/** Tells of what an answer withheld: in text as lines of it, in JSON as its last line, beside files on stderr. */
export async function tellWithheld(
  lake: Lake,
  options: FormatOptions,
  terminal: Terminal,
): Promise<void> {
  await writeWithheld(withholdingOf(lake).json(), options, terminal);
}

/** @param withheld undefined when nothing was */
export async function writeWithheld(
  withheld: WithheldJson | undefined,
  options: FormatOptions,
  terminal: Terminal,
): Promise<void> {
  if (!withheld) return;
  const format = formatOf(options);
  if (format === "json") await terminal.line(JSON.stringify(withheld));
  for (const line of withheld.notes) {
    if (format === undefined) await terminal.line(line);
    else terminal.warn(line);
  }
}
