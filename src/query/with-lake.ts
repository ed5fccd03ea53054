import { type Lake, openLake } from "../lake/lake.js";
import { type StartedEngine, startEngine } from "../lake/started-engine.js";
import { TRACE_FOLDERS, traceFolderOf } from "../lake/trace-days.js";
import { loadReference, type Reference } from "../reference/reference.js";
import { counted } from "../units/counted.js";
import { WheelsdownError } from "../units/errors.js";
import { notKeptWords } from "./kept-positions.js";
import type { Notices } from "./notices.js";
import { checkQuestion, type Question, type QuestionOptions, readQuestion } from "./question.js";
import { type Showing, withhold } from "./withhold.js";

/** What every command that asks a lake works with. */
export interface LakeTools {
  readonly lake: Lake;
  readonly reference: Reference;
  readonly question: Question;
  readonly notices: Notices;
}

/** The lake that is asked. */
export interface LakeOptions {
  readonly lake: string;
  /** Its engine, when it was started before the code that asks it was loaded. */
  readonly started?: StartedEngine;
}

/** What of a lake its answer may show; who asks has to say it. */
export interface ShownOptions {
  readonly showing: Showing;
}

/**
 * Opens the lake and the tables, reads the question, does the work, closes. The work sees of the lake what may be shown.
 *
 * @throws WheelsdownError "withheld" when nothing of the period may be shown
 */
export async function withLake(
  options: QuestionOptions & LakeOptions & ShownOptions,
  notices: Notices,
  work: (tools: LakeTools) => Promise<void>,
): Promise<void> {
  checkQuestion(options);
  const started = options.started ?? (await startEngine(options.lake));
  const lake = await openLake(options.lake, { started }).catch(async (error: unknown) => {
    (await started.engine.catch(() => undefined))?.close();
    throw error;
  });
  try {
    await checkLakeHolds(lake, notices);
    // Every answer ends with them; they are kept for it while tables are opened and the question is read.
    lake.traceDays().catch(() => undefined);
    lake.withholdable().catch(() => undefined);
    const reference = await loadReference({ onProgress: (message) => notices.note(message) });
    const asked = await readQuestion(options, { reference, notices, lake });
    const shown = await withhold(lake, asked, options.showing);
    await work({ ...shown, reference, notices });
  } finally {
    await lake.close();
  }
}

/**
 * An empty lake answers "none" to everything: that must not read as an answer.
 *
 * @throws WheelsdownError "input-missing"
 */
export async function checkLakeHolds(lake: Lake, notices: Notices): Promise<void> {
  const { inputCount, isEventsOnlyUnfinished } = await lake.holdings();
  if (inputCount === 0 && !isEventsOnlyUnfinished)
    throw new WheelsdownError(
      "input-missing",
      "the lake is empty; ingest files first, or again if an ingest was killed",
    );
  if (isEventsOnlyUnfinished)
    notices.warn(
      "an `ingest --events-only` into this lake was killed before its end: until the same ingest is run again " +
        "movements and coverage are not whole, and positions are as good as not kept",
    );
}

/**
 * What the lake covers of the asked period, as one sentence: absence of data is not absence of an aircraft, and the
 * reader must see how much data there is.
 */
export async function coverageSentence(lake: Lake, question: Question): Promise<string> {
  const { fromMs, toMs } = question;
  const { days, inputCount, simulated } = await lake.holdings();
  const inside = days.filter((day) => isInside(day, fromMs, toMs));
  const notKept = await lake.notKept({ fromMs, toMs });
  const mark = simulated ? "SIMULATED data: " : "";
  if (inside.length === 0 && notKept.days.length === 0)
    return `${mark}the lake holds no data of this period`;
  const wanted =
    fromMs !== undefined && toMs !== undefined
      ? Math.floor(toMs / 86_400_000) - Math.floor(fromMs / 86_400_000) + 1
      : undefined;
  const of = wanted === undefined ? "" : `${inside.length} of `;
  const dayWords = counted(wanted ?? inside.length, "day", "days");
  const held = `${mark}the lake holds positions on ${of}${dayWords} of this period, from ${counted(inputCount, "input", "inputs")} in all`;
  const gone = notKept.days.length > 0 ? [notKeptWords(notKept)] : [];
  return [held, ...gone, ...(await partialDayWords(lake, question))].join("; ");
}

/** Days named one by one; of more, the number is said. */
const DAYS_NAMED = 3;

/**
 * What days mean of which the lake holds only a part: aircraft of a missing folder could not have been seen in these traces.
 *
 * @returns nothing when no such day lies in the period
 */
export async function partialDayWords(
  lake: Lake,
  { fromMs, toMs, aircraft }: Question,
): Promise<string[]> {
  const partial = (await lake.traceDays()).filter(
    ({ day, state }) => state === "partial" && isInside(day, fromMs, toMs),
  );
  const named = partial.slice(0, DAYS_NAMED).map(({ day, folderCount }) => {
    return `${folderCount} of ${TRACE_FOLDERS} trace folders of ${day}`;
  });
  if (named.length === 0) return [];
  const more =
    partial.length > DAYS_NAMED
      ? `, and not all of ${partial.length - DAYS_NAMED} more days (\`wheelsdown lake status\`)`
      : "";
  const lost = [...(aircraft.addresses ?? [])].flatMap((address) => {
    const days = partial.filter(({ missing }) => missing.includes(traceFolderOf(address)));
    return days.length > 0
      ? [`the folder of ${address} is missing on ${days.map(({ day }) => day).join(", ")}`]
      : [];
  });
  return [
    `of traces it holds only ${named.join(", ")}${more}: aircraft of the missing folders could not have been seen in them`,
    ...lost,
  ];
}

function isInside(day: string, fromMs: number | undefined, toMs: number | undefined): boolean {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return (
    (toMs === undefined || startMs <= toMs) &&
    (fromMs === undefined || startMs + 86_400_000 > fromMs)
  );
}
