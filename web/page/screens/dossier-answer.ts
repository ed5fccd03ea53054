/** Asking for a dossier: only once its words have settled, and never twice at a time. */

import { useEffect, useState } from "preact/hooks";
import type { DossierAnswerJson } from "../../../src/api/dossier-shapes.js";
import { askAnew } from "../api.js";
import { queryOf, type View } from "../url.js";
import { QUESTION_FIELDS } from "./question-form.js";

/** chosen: longer than the pause between two letters */
const SETTLED_MS = 700;
/** The server takes no longer address. */
const ADDRESS_MAX = 8_000;

/** What the author of a dossier adds and leaves out, as the API has it. */
const AUTHOR_FIELDS = ["title", "note", "leave-out", "caption"] as const;

/** @returns those parameters of a view that are the question */
export function questionOf(params: View["params"]): Record<string, string> {
  return picked(params, QUESTION_FIELDS);
}

/** @returns what is asked of the API for a view: the question and the author's words */
export function askedOf(params: View["params"]): string {
  return queryOf(picked(params, [...QUESTION_FIELDS, ...AUTHOR_FIELDS]));
}

function picked(params: View["params"], names: readonly string[]): Record<string, string> {
  const some: Record<string, string> = {};
  // Blank words say nothing, and the server would refuse them.
  for (const name of names)
    if (params[name] !== undefined && params[name].trim() !== "") some[name] = params[name];
  return some;
}

/** How a dossier stands. What was made before stays until the next is there. */
export interface DossierState {
  /** The last one made, and what it was asked with. */
  readonly made: { readonly asked: string; readonly value: DossierAnswerJson } | undefined;
  readonly isMaking: boolean;
  readonly failed: string | undefined;
}

/** The dossier of a query, made anew whenever that has changed and then stays so for a moment. */
export function useDossier(asked: string): DossierState {
  const [state, setState] = useState<DossierState>({
    made: undefined,
    isMaking: true,
    failed: undefined,
  });
  useEffect(() => {
    const gone = new AbortController();
    setState(({ made }) => ({ made, isMaking: true, failed: undefined }));
    const tell = (next: Pick<DossierState, "failed"> & Partial<DossierState>) => {
      if (!gone.signal.aborted) setState(({ made }) => ({ made, isMaking: false, ...next }));
    };
    const begin = () => {
      askFor(asked, gone.signal).then(
        (value) => tell({ made: { asked, value }, failed: undefined }),
        (error: unknown) =>
          tell({ failed: error instanceof Error ? error.message : String(error) }),
      );
    };
    // The first one need not wait.
    const timer = setTimeout(begin, state.made || state.failed !== undefined ? SETTLED_MS : 0);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [asked]);
  return state;
}

async function askFor(asked: string, signal: AbortSignal): Promise<DossierAnswerJson> {
  const length = "/api/dossier.html?".length + asked.length;
  if (length > ADDRESS_MAX) throw new Error(tooLong(length));
  return await askAnew<DossierAnswerJson>(`/api/dossier?${asked}`, signal);
}

function tooLong(length: number): string {
  return `Question, words and choice make an address of ${length} characters, and ${ADDRESS_MAX} fit: write less, ask a narrower question, or use the command.`;
}
