import type { ReadingTerms } from "../formats/terms.js";
import { saveTableMap } from "../query/table-maps.js";
import { askForMap, terminalAsking } from "./ask-map.js";
import { readingTerms, type SaveMapOptions, type TermOptions } from "./options.js";
import type { Terminal } from "./terminal.js";

/**
 * What a user says of inputs: by options, and where a table needs it and somebody can answer, when asked.
 *
 * @throws WheelsdownError as `readingTerms` and `saveTableMap` do
 */
export async function askedTerms(
  paths: readonly string[],
  options: TermOptions & SaveMapOptions,
  terminal: Terminal,
): Promise<ReadingTerms> {
  const terms = await askForMap(paths, await readingTerms(options), terminalAsking(terminal));
  if (options.saveMap !== undefined) {
    const path = await saveTableMap(options.saveMap, terms);
    terminal.note(`kept the mapping in ${path}; use it with --map ${options.saveMap}`);
  }
  return terms;
}
