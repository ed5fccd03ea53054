import { Command } from "commander";
import { VERSION } from "../io/version.js";
import { COMMAND_FILES, type ListedCommand } from "./command-table.js";

/**
 * The command line: each command is declared in a file of its own, each option once.
 *
 * @param words what stands behind the program's name. Only the command they name is loaded; the others are in it as
 *   the list of commands shows them, without what they do. Left out: all are loaded
 */
export async function buildProgram(words?: readonly string[]): Promise<Command> {
  const program = new Command("wheelsdown")
    .description(
      "Turns public flight-tracking data into evidence: which aircraft landed where, when, by what route, " +
        "how sure we can be, and what nobody could have seen.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .option("-q, --quiet", "no progress, no notes; warnings and errors stay")
    .showSuggestionAfterError()
    .showHelpAfterError("(add --help for what it takes)")
    .exitOverride()
    .configureHelp({ sortSubcommands: false });
  // None of the options before a command takes a value, so the first word without a dash names it; `help` names another.
  const named = words?.filter((word) => !word.startsWith("-")).slice(0, 2);
  for (const { commands, add } of COMMAND_FILES) {
    if (!named || commands.some(({ name }) => named.includes(name))) await add(program);
    else for (const listed of commands) addListed(program, listed);
  }
  for (const { name, summary } of COMMAND_FILES.flatMap(({ commands }) => commands))
    program.commands.find((command) => command.name() === name)?.summary(summary);
  return program;
}

function addListed(program: Command, { name, argument, isGroup }: ListedCommand): void {
  const command = program.command(name);
  if (argument !== undefined) command.argument(argument);
  if (!isGroup) command.option("--options", "stands for those the command takes");
}
