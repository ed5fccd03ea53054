import { type Lake, openLake } from "../lake/lake.js";
import { loadReference, type Reference } from "../reference/reference.js";
import { checkQuestion, type Question, type QuestionOptions, readQuestion } from "./question.js";
import type { Terminal } from "./terminal.js";

/** What every command that asks a lake works with. */
export interface LakeTools {
  readonly lake: Lake;
  readonly reference: Reference;
  readonly question: Question;
  readonly terminal: Terminal;
}

/** Opens the lake and the tables, reads the question, does the work, closes. */
export async function withLake(
  options: QuestionOptions & { readonly lake: string },
  terminal: Terminal,
  work: (tools: LakeTools) => Promise<void>,
): Promise<void> {
  checkQuestion(options);
  const lake = await openLake(options.lake);
  try {
    const reference = await loadReference({ onProgress: (message) => terminal.note(message) });
    const question = await readQuestion(options, { reference, terminal, lake });
    await work({ lake, reference, question, terminal });
  } finally {
    await lake.close();
  }
}

/**
 * What the lake covers of the asked period, as one sentence: absence of data is not absence of an aircraft, and the
 * reader must see how much data there is.
 */
export async function coverageSentence(lake: Lake, { fromMs, toMs }: Question): Promise<string> {
  const { days, inputCount, simulated } = await lake.status();
  const inside = days.filter((day) => isInside(day, fromMs, toMs));
  const mark = simulated ? "SIMULATED data: " : "";
  if (inside.length === 0) return `${mark}the lake holds no data of this period`;
  const wanted =
    fromMs !== undefined && toMs !== undefined
      ? Math.floor(toMs / 86_400_000) - Math.floor(fromMs / 86_400_000) + 1
      : undefined;
  const of = wanted === undefined ? "" : ` of ${wanted}`;
  return `${mark}the lake holds positions on ${inside.length}${of} days of this period, from ${inputCount} inputs in all`;
}

function isInside(day: string, fromMs: number | undefined, toMs: number | undefined): boolean {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return (
    (toMs === undefined || startMs <= toMs) &&
    (fromMs === undefined || startMs + 86_400_000 > fromMs)
  );
}
