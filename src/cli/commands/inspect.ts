import type { Command } from "commander";
import { shellWord } from "../../formats/table-map.js";
import type { ReadingTerms } from "../../formats/terms.js";
import { streamMembers } from "../../io/archive.js";
import { STDIN } from "../../io/list-inputs.js";
import { WheelsdownError } from "../../units/errors.js";
import { listGroups } from "../file-groups.js";
import { type Inspected, inspectItem, said } from "../inspect-item.js";
import { InspectSummary } from "../inspect-summary.js";
import { inspectedLines, writeSummary } from "../inspect-text.js";
import {
  addExamples,
  addFormats,
  addReadingTerms,
  readingTerms,
  type TermOptions,
} from "../options.js";
import type { ReadItem } from "../read-item.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

/** Inputs up to which each is told by itself. chosen: what fits two screens */
const LISTED_MAX = 20;

interface InspectOptions extends TermOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

export function addInspectCommand(program: Command): void {
  const command = program
    .command("inspect")
    .description(
      "Says of files what they are, what they hold, what is wrong with them, how much of them can be used, what has to be " +
        `said to read them, and what to type next. Nothing is stored. More than ${LISTED_MAX} files are summed up by format.`,
    )
    .argument("<path...>", "files, folders, tar or ZIP archives; - for standard input")
    .option("--all", `list each file, however many there are`);
  addReadingTerms(command);
  addFormats(command, ["json"]);
  addExamples(command, [
    "inspect downloads/",
    "inspect --json downloads/ > inputs.jsonl",
    "inspect own.csv",
    "inspect --tz Europe/Moscow stream.txt",
  ]);
  command.action((paths: string[], options: InspectOptions) =>
    runCommand(command, (terminal) => runInspect(paths, options, terminal)),
  );
}

async function runInspect(
  paths: readonly string[],
  options: InspectOptions,
  terminal: Terminal,
): Promise<void> {
  const terms = await readingTerms(options);
  const summary = new InspectSummary();
  const output = new InspectOutput(options, terminal);
  let isFaulty = false;
  for await (const one of inspectAll(paths, { terms, terminal, summary })) {
    summary.add(one);
    if (one.isFaulty) isFaulty = true;
    await output.add(one);
  }
  if (summary.fileCount === 0 && summary.problems.length === 0)
    throw new WheelsdownError("input-invalid", `there is no file in ${paths.join(", ")}`);
  const next = ["wheelsdown ingest", ...said(terms), ...paths.map(shellWord)].join(" ");
  await output.finish(summary, next);
  if (isFaulty || summary.problems.length > 0 || summary.readCount === 0) process.exitCode = 65;
}

interface Inspecting {
  readonly terms: ReadingTerms;
  readonly terminal: Terminal;
  readonly summary: InspectSummary;
}

/** Inputs by name, then the members of archives that can only be read in their order. */
async function* inspectAll(
  paths: readonly string[],
  { terms, terminal, summary }: Inspecting,
): AsyncGenerator<Inspected> {
  const { groups, broken, failed } = await listGroups(paths, { whole: false });
  summary.problems.push(...failed, ...broken.map(({ path, reason }) => `${path} ${reason}`));
  const items = groups.flatMap((group) => group.items);
  items.sort((a, b) => (a.path < b.path ? -1 : 1));
  const firstPaths = new Map<string, string>();
  const look = async (item: ReadItem): Promise<Inspected> => {
    terminal.checkInterrupt();
    const one = await inspectItem(item, terms);
    const { sha256, file } = one.json;
    if (sha256 === null) return one;
    const first = firstPaths.get(sha256);
    if (first === undefined) firstPaths.set(sha256, file);
    return first === undefined ? one : { ...one, json: { ...one.json, sameAs: first } };
  };
  const progress = terminal.progress("reading", items.length);
  for (const item of items) {
    yield await look(item);
    progress.step();
  }
  progress.stop();
  for (const archive of groups.flatMap((group) => group.archives)) {
    for await (const member of streamMembers(archive)) {
      if ("refused" in member) summary.problems.push(member.refused.message);
      else if ("broken" in member) summary.problems.push(`${archive.path} ${member.broken}`);
      else {
        const { path, whole, isCutOff } = member.input;
        const place = { kind: "bytes", bytes: whole!, isCutOff } as const;
        yield await look({ path, named: path === STDIN, place });
      }
    }
  }
}

/** Writes inputs as they come, or holds the first until it is known that they are few. */
class InspectOutput {
  readonly #options: InspectOptions;
  readonly #terminal: Terminal;
  #held: Inspected[] = [];
  #isMany = false;

  constructor(options: InspectOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
  }

  async add(one: Inspected): Promise<void> {
    if (this.#options.json) await this.#terminal.line(JSON.stringify(one.json));
    else if (this.#options.all) await this.#write(one);
    else if (!this.#isMany) {
      this.#held.push(one);
      this.#isMany = this.#held.length > LISTED_MAX;
      if (this.#isMany) this.#held = [];
    }
  }

  async finish(summary: InspectSummary, next: string): Promise<void> {
    for (const one of this.#held) await this.#write(one);
    const json = summary.json(next);
    if (this.#options.json) await this.#terminal.line(JSON.stringify(json));
    // One input has said all there is.
    else if (summary.fileCount !== 1 || json.problems.length > 0)
      await writeSummary(json, this.#terminal);
  }

  async #write({ json }: Inspected): Promise<void> {
    for (const line of inspectedLines(json)) await this.#terminal.line(line);
    await this.#terminal.line();
  }
}
