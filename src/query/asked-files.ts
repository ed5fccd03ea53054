import { join } from "node:path";
import { hashFile } from "../io/hash-file.js";
import type { NamedHash } from "../report/dossier-manifest.js";
import { fleetFolder } from "./fleets.js";
import type { QuestionOptions } from "./question.js";
import { checkFile } from "./read-text.js";

/**
 * Files that a question takes its fleets and its area from, with the hash of what is in them now: the answer rests on
 * them as it does on the lake. A fleet that is built in goes with the program's version and is not among them.
 *
 * @throws WheelsdownError "input-missing" or "input-invalid" when one of them cannot be read
 */
export async function askedFiles(options: QuestionOptions): Promise<NamedHash[]> {
  const found: NamedHash[] = [];
  for (const word of options.fleet ?? []) {
    if (/[\\/.]/.test(word)) found.push(await namedHash(word, word));
    else {
      const path = join(fleetFolder(), `${word}.csv`);
      const added = await namedHash(word, path).catch(() => undefined);
      if (added) found.push(added);
    }
  }
  const place = options.in ?? options.near;
  if (place !== undefined && /\.(geo)?json$/i.test(place))
    found.push(await namedHash(place, place));
  return found;
}

async function namedHash(word: string, path: string): Promise<NamedHash> {
  await checkFile(path, "the file");
  return { file: word, sha256: (await hashFile(path)).sha256 };
}
