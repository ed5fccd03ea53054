/** What an answer withholds unless its user says otherwise: docs/withheld.md. The only place that decides it. */

import type { Address } from "../aircraft/address.js";
import { type Fleet, isMember } from "../aircraft/fleet.js";
import { isMilitaryAddress } from "../aircraft/state-blocks.js";
import type { AircraftQuestion } from "../journey/select-aircraft.js";
import type { Lake, Withholdable } from "../lake/lake.js";
import { counted } from "../units/counted.js";
import { WheelsdownError } from "../units/errors.js";
import { DAY_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import type { Question } from "./question.js";
import { lakeShowing } from "./withholding-lake.js";

/** What may be shown, as the user said it. */
export interface Showing {
  /** Also aircraft that a source marks as private. */
  readonly includePrivate: boolean;
  /** Nothing later than this is shown, milliseconds since 1970 UTC; undefined for no limit. */
  readonly untilMs: number | undefined;
  /** Where the options that lift it are written: of the command itself, or of `wheelsdown serve`. */
  readonly liftedBy: "command" | "serve";
}

/** For what shows no aircraft, such as coverage. */
export const EVERYTHING: Showing = {
  includePrivate: true,
  untilMs: undefined,
  liftedBy: "command",
};

/** Options that lift it, as commander gives them. */
export interface ShowingOptions {
  readonly includePrivate?: boolean;
  readonly includeRecent?: boolean;
}

/**
 * Positions and movements younger than this are withheld; those exactly so old are shown.
 * Source: the delay that those who publish positions keep so that nobody can be followed (docs/withheld.md).
 */
export const RECENT_MS = DAY_MS;

/** @param nowMs the clock, which only commands and the server read */
export function showingAt(
  nowMs: number,
  { includePrivate = false, includeRecent = false }: ShowingOptions,
  liftedBy: Showing["liftedBy"] = "command",
): Showing {
  const untilMs = includeRecent ? undefined : nowMs - RECENT_MS;
  return { includePrivate, untilMs, liftedBy };
}

/** Aircraft withheld from one answer: those that would stand in it, and those with nothing but a stop that nothing places. */
export interface WithheldCounts {
  readonly privateCount: number;
  readonly unplacedCount: number;
}

/** What is withheld from one answer, and a tally of it. */
export interface Withholding {
  /** All of it, for what shows no aircraft. */
  readonly whole: Lake;
  /** With aircraft that are withheld, for who sifts what comes out; nothing that is too recent. */
  readonly unsifted: Lake;
  /** Nothing later is shown; undefined where the lake holds nothing later. */
  readonly untilMs: number | undefined;
  /** Whether an aircraft is private and was not named. */
  isPrivate(address: Address): boolean;
  /**
   * Whether an aircraft that belongs to the answer may be shown; one that may not is counted.
   *
   * @param isPlaced false when it belongs to it only because nothing tells where it was
   */
  sift(address: Address, isPlaced?: boolean): boolean;
  /** What was withheld so far. */
  counts(): WithheldCounts;
  /** Sentences on what was withheld so far; none when nothing was. */
  lines(): string[];
  /** The same for programs; undefined when nothing was. */
  json(): WithheldJson | undefined;
}

/** What an answer withheld: the last line of a command's JSON, where anything was. */
export interface WithheldJson {
  readonly schema: "wheelsdown/withheld/1";
  /** Aircraft marked private by a source that would stand in the answer. */
  readonly privateAircraft: number;
  /** Further ones with a stop that nothing places, and which could therefore belong to it. */
  readonly privateUnplaced: number;
  /** Positions and movements after this moment were withheld; null when the lake holds none of the period. */
  readonly recentAfter: string | null;
  /** The same as sentences. */
  readonly notes: readonly string[];
}

const HOLDERS = new WeakMap<Lake, Withholding>();

/** @returns what is withheld from answers of a lake; nothing where `withhold` did not give it */
export function withholdingOf(lake: Lake): Withholding {
  return (
    HOLDERS.get(lake) ?? withholdingFrom(lake, { isPrivate: () => false, showing: EVERYTHING })
  );
}

/**
 * The lake as an answer to one question may show it, and the question as far as it may be answered. A simulated lake is
 * nobody's, and is given as it is.
 *
 * @throws WheelsdownError "withheld" when all of the period is withheld
 */
export async function withhold(
  lake: Lake,
  question: Question,
  showing: Showing,
): Promise<{ readonly lake: Lake; readonly question: Question }> {
  const held = await lake.withholdable();
  if (held.isSimulated) return { lake, question };
  const hidden = showing.includePrivate ? NOBODY : privateOf(held);
  const { untilMs } = showing;
  const isCut = untilMs !== undefined && held.lastMs > untilMs;
  if (hidden.size === 0 && !isCut) return { lake, question };
  if (isCut && question.fromMs !== undefined && question.fromMs > untilMs)
    throw new WheelsdownError(
      "withheld",
      `all of the period is withheld: what is later than ${isoSeconds(untilMs)} is younger than 24 h; ` +
        `${liftWords("recent", showing.liftedBy)} it`,
    );
  const isInPeriod = isCut && (question.toMs ?? Number.POSITIVE_INFINITY) > untilMs;
  const limit = isCut ? untilMs : undefined;
  const withholding = withholdingFrom(lake, {
    isPrivate: unnamedOf(hidden, held, question.aircraft),
    showing: { ...showing, untilMs: limit },
    isInPeriod,
  });
  const shown = lakeShowing(lake, withholding);
  HOLDERS.set(shown, withholding);
  return { lake: shown, question: isInPeriod ? { ...question, toMs: untilMs } : question };
}

/**
 * Aircraft of a lake that are withheld where none is named. Asking costs no query while the lake stays as it is.
 *
 * @returns addresses; none of a simulated lake
 */
export async function withheldAircraft(
  lake: Lake,
  { includePrivate }: Pick<Showing, "includePrivate">,
): Promise<ReadonlySet<Address>> {
  const held = await lake.withholdable();
  return held.isSimulated || includePrivate ? NOBODY : privateOf(held);
}

/** What all answers of a lake withhold, or show because they were told to; none where there is nothing of either. */
export async function standingLines(lake: Lake, showing: Showing): Promise<string[]> {
  const held = await lake.withholdable();
  const { includePrivate, untilMs, liftedBy } = showing;
  if (held.isSimulated) return [];
  const lines: string[] = [];
  const count = privateOf(held).size;
  if (count > 0) {
    const marked = `${counted(count, "aircraft of this lake is", "aircraft of this lake are")} marked private by a source (LADD or PIA)`;
    lines.push(
      includePrivate
        ? `${marked} and shown all the same: --include-private was given`
        : `${marked} and withheld from every answer that does not name them; ${liftWords("private", liftedBy)} them`,
    );
  }
  if (untilMs === undefined)
    lines.push("nothing is withheld for being younger than 24 h: --include-recent was given");
  else if (held.lastMs > untilMs)
    lines.push(
      `positions and movements younger than 24 h, now those after ${isoSeconds(untilMs)}, are withheld from every answer; ` +
        `${liftWords("recent", liftedBy)} them`,
    );
  return lines;
}

const NOBODY: ReadonlySet<Address> = new Set();

/** Private aircraft of a state of a lake. */
const PRIVATE = new WeakMap<Withholdable["privateAircraft"], ReadonlySet<Address>>();

function privateOf({ privateAircraft }: Withholdable): ReadonlySet<Address> {
  let all = PRIVATE.get(privateAircraft);
  if (!all) {
    all = new Set([...privateAircraft.keys()].filter(isOutsideMilitaryRanges));
    PRIVATE.set(privateAircraft, all);
  }
  return all;
}

/** @returns which of the private aircraft a question does not name */
function unnamedOf(
  all: ReadonlySet<Address>,
  { privateAircraft }: Withholdable,
  { addresses, fleets = [] }: AircraftQuestion,
): (address: Address) => boolean {
  const isIn = (fleet: Fleet, address: Address) =>
    [undefined, ...(privateAircraft.get(address) ?? [])].some((registration) =>
      isMember(fleet, { address, registration }),
    );
  return (address) =>
    all.has(address) && !addresses?.has(address) && !fleets.some((fleet) => isIn(fleet, address));
}

/** What is marked private and lies in a State's military range is no private person's. */
function isOutsideMilitaryRanges(address: Address): boolean {
  return isMilitaryAddress(address) === undefined;
}

/** @returns whether a source's mark makes an aircraft private: the mark of a file, for which there is no lake */
export function isMarkedPrivate(
  address: Address,
  stated: readonly { readonly privacyAddress?: boolean; readonly limitedDisplay?: boolean }[],
): boolean {
  const isMarked = stated.some(
    ({ privacyAddress, limitedDisplay }) => privacyAddress || limitedDisplay,
  );
  return isMarked && isOutsideMilitaryRanges(address);
}

function withholdingFrom(
  whole: Lake,
  {
    isPrivate,
    showing,
    isInPeriod = false,
  }: {
    readonly isPrivate: (address: Address) => boolean;
    readonly showing: Showing;
    readonly isInPeriod?: boolean;
  },
): Withholding {
  const tally = withheldTally();
  const { untilMs } = showing;
  const told = () => (isInPeriod ? untilMs : undefined);
  const unsifted =
    untilMs === undefined
      ? whole
      : lakeShowing(whole, { untilMs, isPrivate: () => false, sift: () => true });
  return {
    whole,
    unsifted,
    untilMs,
    isPrivate,
    sift(address, isPlaced = true) {
      if (!isPrivate(address)) return true;
      tally.add(address, isPlaced);
      return false;
    },
    counts: () => tally.counts(),
    lines: () => withheldLines({ ...tally.counts(), untilMs: told() }, showing),
    json: () => withheldJson({ ...tally.counts(), untilMs: told() }, showing),
  };
}

/** Counts aircraft, each once. */
export interface WithheldTally {
  add(address: Address, isPlaced: boolean): void;
  counts(): WithheldCounts;
}

/** An empty tally. */
export function withheldTally(): WithheldTally {
  const placed = new Set<Address>();
  const unplaced = new Set<Address>();
  return {
    add(address, isPlaced) {
      (isPlaced ? placed : unplaced).add(address);
    },
    counts() {
      const unplacedCount = [...unplaced].filter((address) => !placed.has(address)).length;
      return { privateCount: placed.size, unplacedCount };
    },
  };
}

/** What was withheld from an answer. */
export interface Withheld extends WithheldCounts {
  /** What came later was withheld; undefined when nothing was for its time. */
  readonly untilMs: number | undefined;
}

/** Sentences on what an answer withheld, without full stops; none when nothing was withheld. */
export function withheldLines(withheld: Withheld, { liftedBy }: Showing): string[] {
  const { privateCount, unplacedCount, untilMs } = withheld;
  const lines: string[] = [];
  if (privateCount + unplacedCount > 0)
    lines.push(
      `${privateWords(withheld)} withheld: what they did is not in this answer, and no count holds it; ` +
        `${liftWords("private", liftedBy)} it`,
    );
  if (untilMs !== undefined) lines.push(recentWords({ untilMs, liftedBy }));
  return lines;
}

function privateWords({ privateCount, unplacedCount }: WithheldCounts): string {
  const marked = "aircraft marked private by a source (LADD or PIA)";
  const were = privateCount + unplacedCount === 1 ? "was" : "were";
  const unplaced = `${unplacedCount} with a stop that nothing places`;
  if (unplacedCount === 0) return `${privateCount} ${marked} ${were}`;
  if (privateCount === 0) return `${marked}, ${unplaced}, ${were}`;
  return `${privateCount} ${marked}, and ${unplaced}, ${were}`;
}

function recentWords({ untilMs, liftedBy }: Pick<Showing, "untilMs" | "liftedBy">): string {
  return (
    `positions and movements after ${isoSeconds(untilMs!)} are younger than 24 h and were withheld: this answer says ` +
    `nothing of that time; ${liftWords("recent", liftedBy)} them`
  );
}

/** What shows what is withheld, as the subject and the verb of a sentence. */
export function liftWords(what: "private" | "recent", liftedBy: Showing["liftedBy"]): string {
  const option = `--include-${what}`;
  return liftedBy === "command"
    ? `${option} shows`
    : `started with ${option}, wheelsdown serve shows`;
}

/** @returns undefined when nothing was withheld */
export function withheldJson(withheld: Withheld, showing: Showing): WithheldJson | undefined {
  const notes = withheldLines(withheld, showing);
  if (notes.length === 0) return undefined;
  const { privateCount, unplacedCount, untilMs } = withheld;
  return {
    schema: "wheelsdown/withheld/1",
    privateAircraft: privateCount,
    privateUnplaced: unplacedCount,
    recentAfter: untilMs === undefined ? null : isoSeconds(untilMs),
    notes,
  };
}
