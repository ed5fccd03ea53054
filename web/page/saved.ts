/**
 * Questions that are remembered in this browser: addresses of screens, never answers. Recent ones only when the reader
 * turned that on; named ones because the reader named them.
 */

import { signal } from "@preact/signals";
import { questionTitle } from "./question-title.js";
import { readView, type View, writeView } from "./url.js";

/** A remembered question. */
export interface SavedQuestion {
  /** Path and query, with what was asked and nothing of how it was looked at. */
  readonly address: string;
  /** What was asked, in words, or the reader's own name for it. */
  readonly title: string;
}

/** chosen: what fits on the first screen */
const RECENT_MAX = 12;
const NAMED_MAX = 100;
const TITLE_MAX = 120;
/** What says how a question is looked at, not what is asked. */
const NOT_ASKED = [
  "v",
  "proj",
  "theme",
  "gfx",
  "keys",
  "t",
  "sel",
  "offset",
  "draft",
  "show",
  "sort",
];

const RECENT_KEY = "questions-recent";
const NAMED_KEY = "questions-named";
const REMEMBER_KEY = "questions-remember";

function stored(key: string): SavedQuestion[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(read) ? read.filter(isSaved) : [];
  } catch {
    return [];
  }
}

/** Whatever else runs at this address may have written there. */
function isSaved(one: unknown): one is SavedQuestion {
  const { address, title } = (one ?? {}) as Partial<SavedQuestion>;
  if (typeof address !== "string" || typeof title !== "string") return false;
  const [path = "", query = ""] = address.split("?");
  return path.startsWith("/") && !path.startsWith("//") && readView(path, query) !== undefined;
}

/** Whether recent questions are remembered; off until the reader turns it on. */
export const isRemembering = signal(localStorage.getItem(REMEMBER_KEY) === "on");
/** The last one first. */
export const recentQuestions = signal<readonly SavedQuestion[]>(stored(RECENT_KEY));
/** In the order in which they were named. */
export const namedQuestions = signal<readonly SavedQuestion[]>(stored(NAMED_KEY));

function keepRecent(next: readonly SavedQuestion[]): void {
  recentQuestions.value = next;
  write(RECENT_KEY, next);
}

function keepNamed(next: readonly SavedQuestion[]): void {
  namedQuestions.value = next;
  write(NAMED_KEY, next);
}

function write(key: string, all: readonly SavedQuestion[]): void {
  try {
    if (all.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(all));
  } catch {
    // A browser without room for it still shows them until it is closed.
  }
}

/** @returns the address of what is asked, without how it is looked at */
export function questionAddress(view: View): string {
  const params = { ...view.params };
  for (const name of NOT_ASKED) delete params[name];
  return writeView({ ...view, params });
}

/** Remembers a question that was answered, if the reader wants that. */
export function noteQuestion(view: View): void {
  if (!isRemembering.value) return;
  const address = questionAddress(view);
  const others = recentQuestions.value.filter((each) => each.address !== address);
  keepRecent([{ address, title: questionTitle(view) }, ...others].slice(0, RECENT_MAX));
}

/** Keeps a question under a name; one of the same name is replaced. */
export function nameQuestion(view: View, name: string): void {
  const title = name.trim().slice(0, TITLE_MAX);
  if (title === "") return;
  const others = namedQuestions.value.filter((each) => each.title !== title);
  keepNamed([...others, { address: questionAddress(view), title }].slice(-NAMED_MAX));
}

/** Forgets a named question. */
export function forgetNamed(title: string): void {
  keepNamed(namedQuestions.value.filter((each) => each.title !== title));
}

/** Forgets what is recent. */
export function clearRecent(): void {
  keepRecent([]);
}

/** Turns remembering on, or off: then what was remembered is forgotten too. */
export function switchRemembering(): void {
  isRemembering.value = !isRemembering.value;
  if (isRemembering.value) localStorage.setItem(REMEMBER_KEY, "on");
  else localStorage.removeItem(REMEMBER_KEY);
  if (!isRemembering.value) clearRecent();
}
