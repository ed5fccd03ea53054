/** What a dossier is asked for: a question, and what its author adds to the answer or leaves out of it. */

import type { CaptionModel } from "../report/captions.js";
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
  /** "ID=TEXT": what its author says of a landing or a journey, each named once. */
  readonly caption?: readonly string[];
}

/** chosen: two lines of a heading; test/cli/dossier-choice.test.ts */
export const TITLE_MAX = 200;
/** chosen: fits, in most scripts, into an address of the server with the rest of a question; test/server/dossier.test.ts */
export const NOTE_MAX = 2_000;
/** chosen: what an address of the server can hold of them; more asks for a narrower question */
export const LEFT_OUT_MAX = 300;
/** chosen: three lines beside an event; more is a note. test/cli/dossier-captions.test.ts */
export const CAPTION_MAX = 300;
/** chosen: as many as can be left out */
export const CAPTIONS_MAX = 300;

/**
 * Brings the author's words into the one form that dossiers have them in, so that the same choice gives the same bytes
 * in whatever order and spacing it was written.
 *
 * @throws WheelsdownError "usage" for words that are too long or hold control characters, and for what is no id
 */
export function readDossierOptions(options: DossierOptions): DossierOptions {
  const { title, note, leaveOut, caption, ...others } = options;
  const words = {
    title: checkedText("--title", title, TITLE_MAX),
    note: checkedText("--note", note?.replace(/\r\n?/g, "\n").trim(), NOTE_MAX),
  };
  const ids = leaveOut === undefined ? [] : readIds(leaveOut);
  const captions = readCaptions(caption ?? []);
  return {
    ...others,
    ...(words.title !== undefined && { title: words.title }),
    ...(words.note !== undefined && { note: words.note }),
    ...(ids.length > 0 && { leaveOut: ids }),
    ...(captions.length > 0 && { caption: captions.map(({ id, text }) => `${id}=${text}`) }),
  };
}

function checkedText(option: string, text: string | undefined, most: number): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (text.length > most)
    throw new WheelsdownError(
      "usage",
      `${option} has ${text.length} characters, at most ${most} fit: shorten it, and put more into a file of your own`,
    );
  checkPlain(option, text, option !== "--note");
  return text;
}

/** @throws WheelsdownError "usage" for what a reader would not see, or would see elsewhere than it stands */
function checkPlain(what: string, text: string, isLine: boolean): void {
  const rest = isLine ? text : text.replaceAll("\n", "");
  if (/\p{Cc}/u.test(rest) || (isLine && /[\p{Zl}\p{Zp}]/u.test(rest)))
    throw new WheelsdownError(
      "usage",
      `${what} holds a control character: write plain text${isLine ? " on one line" : ""}`,
    );
  // They could make a command be read otherwise than it is typed. Source: Unicode UAX 9, explicit embeddings and overrides.
  if (/[\u202a-\u202e\u2066-\u2069]/.test(rest))
    throw new WheelsdownError(
      "usage",
      `${what} holds a character that turns the direction of text: leave it out, the direction is found by itself`,
    );
}

/**
 * Takes captions apart: each event has one, in the order of the ids.
 *
 * @param words "ID=TEXT" each; the time in the id may be written as tables have it
 * @throws WheelsdownError "usage" for what is no id, for no text, too long or unreadable ones, and for two of one event
 */
export function readCaptions(words: readonly string[]): CaptionModel[] {
  const captions = words.map(readCaption).sort((a, b) => (a.id < b.id ? -1 : 1));
  const twice = captions.find(({ id }, at) => captions[at + 1]?.id === id);
  if (twice)
    throw new WheelsdownError(
      "usage",
      `--caption is given twice for ${twice.id}: an event has one caption`,
    );
  if (captions.length > CAPTIONS_MAX)
    throw new WheelsdownError(
      "usage",
      `--caption is given ${captions.length} times, at most ${CAPTIONS_MAX} fit: ask a narrower question`,
    );
  return captions;
}

function readCaption(word: string): CaptionModel {
  const equals = word.indexOf("=");
  const id = equals < 0 ? undefined : readId(word.slice(0, equals).trim());
  if (id === undefined)
    throw new WheelsdownError(
      "usage",
      `--caption "${shortened(word)}" names no event: write the id of a landing or journey, "=" and your words, such as 157713-20190123T140327Z='Seen by a neighbour.'`,
    );
  const text = word.slice(equals + 1).trim();
  if (text === "")
    throw new WheelsdownError(
      "usage",
      `--caption ${id} has no words: write them behind the "=", or leave the caption out`,
    );
  if (text.length > CAPTION_MAX)
    throw new WheelsdownError(
      "usage",
      `--caption ${id} has ${text.length} characters, at most ${CAPTION_MAX} fit: shorten it, and put more into --note`,
    );
  checkPlain(`--caption ${id}`, text, true);
  return { id, text };
}

function shortened(word: string): string {
  return word.length > 60 ? `${word.slice(0, 60)}...` : word;
}

const ID = /^(journey-)?(~?[0-9a-f]{6})-(\d{4})-?(\d{2})-?(\d{2})T(\d{2}):?(\d{2}):?(\d{2})Z$/i;

/** Ids, each once and in order; the time in them may be written as tables have it. */
function readIds(words: readonly string[]): string[] {
  const ids = words
    .flatMap((word) => word.split(","))
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .map((word) => {
      const id = readId(word);
      if (id === undefined)
        throw new WheelsdownError(
          "usage",
          `--leave-out "${word.slice(0, 60)}" is no id: write address and time of a landing, such as 157713-20190123T140327Z, with "journey-" before it for a journey`,
        );
      return id;
    });
  const once = [...new Set(ids)].sort();
  if (once.length > LEFT_OUT_MAX)
    throw new WheelsdownError(
      "usage",
      `--leave-out names ${once.length}, at most ${LEFT_OUT_MAX} can be left out: ask a narrower question`,
    );
  return once;
}

/** @returns an id as dossiers have it; undefined for what is none */
function readId(word: string): string | undefined {
  const match = ID.exec(word);
  if (!match) return undefined;
  const [, journey = "", hex = "", year, month, day, hour, minute, second] = match;
  const time = `${year}${month}${day}T${hour}${minute}${second}Z`;
  return `${journey.toLowerCase()}${hex.toLowerCase()}-${time}`;
}
