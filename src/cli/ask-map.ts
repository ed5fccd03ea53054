import { stat } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { detectReader } from "../formats/detect.js";
import { guessMap } from "../formats/table-guess.js";
import { isTableLike } from "../formats/table-look.js";
import { parseTableMap, shellWord, tableMapText } from "../formats/table-map.js";
import type { ReadingTerms } from "../formats/terms.js";
import { fileBytes } from "../io/input-bytes.js";
import { STDIN } from "../io/list-inputs.js";
import { unpackedHead } from "../io/read-input.js";
import { WheelsdownError } from "../units/errors.js";
import { previewRows } from "./table-preview.js";

/** The person at the terminal, as far as questions go. */
export interface Asking {
  /** False where nobody can answer: then nothing is asked. */
  readonly canAsk: boolean;
  say(line: string): void;
  /** @returns what was typed */
  ask(question: string): Promise<string>;
}

/** Asks on stderr, so that what goes to stdout is not touched. */
export function terminalAsking(terminal: { note(text: string): void }): Asking {
  return {
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
    say: (line) => terminal.note(line),
    ask: async (question) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
  };
}

/**
 * Shows what a table that nobody knows looks like, and asks whether to read it so. Only the first such file that the user
 * named is asked about; the answer counts for all that have its columns.
 *
 * @param terms what was said already; with a mapping among it nothing is asked
 * @returns the terms with a mapping, or as they were
 */
export async function askForMap(
  paths: readonly string[],
  terms: ReadingTerms,
  asking: Asking,
): Promise<ReadingTerms> {
  if (!asking.canAsk || terms.map !== undefined) return terms;
  for (const path of paths) {
    const head = path === STDIN ? undefined : await headOf(path);
    if (!head || detectReader(head, path, { named: true }) || !isTableLike(head)) continue;
    const guess = guessMap(head, terms.timeZone !== undefined);
    // What is open cannot be answered with yes or no: the refusal says it.
    if (!guess || guess.open.length > 0) continue;
    const guessed = { ...terms, map: tableMapText(parseTableMap(guess.text)) };
    asking.say(`${path} is a table of no kind that is known; it looks like`);
    asking.say(`  --map ${shellWord(guessed.map)}`);
    asking.say("and its first rows would be read as");
    for (const line of await previewRows(head, guessed)) asking.say(`  ${line}`);
    const answer = await asking.ask("Read it so? [y/N] ");
    return /^y(?:es)?$/i.test(answer.trim()) ? guessed : terms;
  }
  return terms;
}

/** What cannot be opened is told when it is read. */
async function headOf(path: string): Promise<Uint8Array | undefined> {
  try {
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() ? await unpackedHead(await fileBytes(path)) : undefined;
  } catch (error) {
    if (error instanceof WheelsdownError) return undefined;
    throw error;
  }
}
