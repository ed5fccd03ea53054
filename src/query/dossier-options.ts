/** What a dossier is asked for: a question, and what its author adds to the answer or leaves out of it. */

import { WheelsdownError } from "../units/errors.js";
import type { QuestionOptions } from "./question.js";
import type { WeighOptions } from "./weigh-lake.js";

/** The question of a dossier with the words of its author. */
export interface DossierOptions extends QuestionOptions, WeighOptions {
  /** What the lake is called in the dossier; which one is asked is for whoever opens it. */
  readonly lake: string;
  readonly title?: string;
  /** The author's own words; an empty line parts paragraphs. */
  readonly note?: string;
  /** Also aircraft that a source marks as private. */
  readonly includePrivate?: boolean;
  /** Ids of landings and journeys that the dossier leaves out, and says so. */
  readonly leaveOut?: readonly string[];
}

/** chosen: two lines of a heading; test/cli/dossier-choice.test.ts */
export const TITLE_MAX = 200;
/** chosen: fits, in most scripts, into an address of the server with the rest of a question; test/server/dossier.test.ts */
export const NOTE_MAX = 2_000;
/** chosen: what an address of the server can hold of them; more asks for a narrower question */
export const LEFT_OUT_MAX = 300;

/**
 * Brings the author's words into the one form that dossiers have them in, so that the same choice gives the same bytes
 * in whatever order and spacing it was written.
 *
 * @throws WheelsdownError "usage" for words that are too long or hold control characters, and for what is no id
 */
export function readDossierOptions(options: DossierOptions): DossierOptions {
  const { title, note, leaveOut, ...others } = options;
  const words = {
    title: checkedText("--title", title, TITLE_MAX),
    note: checkedText("--note", note?.replace(/\r\n?/g, "\n").trim(), NOTE_MAX),
  };
  const ids = leaveOut === undefined ? [] : readIds(leaveOut);
  return {
    ...others,
    ...(words.title !== undefined && { title: words.title }),
    ...(words.note !== undefined && { note: words.note }),
    ...(ids.length > 0 && { leaveOut: ids }),
  };
}

function checkedText(option: string, text: string | undefined, most: number): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (text.length > most)
    throw new WheelsdownError(
      "usage",
      `${option} has ${text.length} characters, at most ${most} fit: shorten it, and put more into a file of your own`,
    );
  const isLine = option === "--title";
  if (/\p{Cc}/u.test(isLine ? text : text.replaceAll("\n", "")))
    throw new WheelsdownError(
      "usage",
      `${option} holds a control character: write plain text${isLine ? " on one line" : ""}`,
    );
  return text;
}

const ID = /^(journey-)?(~?[0-9a-f]{6})-(\d{4})-?(\d{2})-?(\d{2})T(\d{2}):?(\d{2}):?(\d{2})Z$/i;

/** Ids, each once and in order; the time in them may be written as tables have it. */
function readIds(words: readonly string[]): string[] {
  const ids = words
    .flatMap((word) => word.split(","))
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .map((word) => {
      const match = ID.exec(word);
      if (!match)
        throw new WheelsdownError(
          "usage",
          `--leave-out "${word.slice(0, 60)}" is no id: write address and time of a landing, such as 157713-20190123T140327Z, with "journey-" before it for a journey`,
        );
      const [, journey = "", hex = "", year, month, day, hour, minute, second] = match;
      const time = `${year}${month}${day}T${hour}${minute}${second}Z`;
      return `${journey.toLowerCase()}${hex.toLowerCase()}-${time}`;
    });
  const once = [...new Set(ids)].sort();
  if (once.length > LEFT_OUT_MAX)
    throw new WheelsdownError(
      "usage",
      `--leave-out names ${once.length}, at most ${LEFT_OUT_MAX} can be left out: ask a narrower question`,
    );
  return once;
}
