import type { ComponentChildren } from "preact";
import type { Answer } from "../api.js";
import { capitalised } from "../words.js";

/** @returns a problem as a sentence: it is written without a capital and a full stop, as on a terminal. */
export function sentenceOf(detail: string): string {
  return `${capitalised(detail)}${/[.?!]$/.test(detail) ? "" : "."}`;
}

/** An answer once it is there; until then that it is awaited, or why there is none. */
export function Wait<T>({
  answer,
  what,
  children,
}: {
  readonly answer: Answer<T>;
  /** "the journeys" */
  readonly what: string;
  readonly children: (value: T) => ComponentChildren;
}) {
  if (answer.state === "ready") return <>{children(answer.value)}</>;
  if (answer.state === "failed")
    return (
      <p class="failed" role="alert">
        {sentenceOf(answer.detail)}
      </p>
    );
  if (answer.state === "none") return null;
  return (
    <p class="waiting" role="status">
      Asking for {what} …
    </p>
  );
}

/** A screen of something that is not there, or cannot be asked for: why, and where to go on. */
export function NotThere({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <>
      <header class="head">
        <h1>{title}</h1>
      </header>
      <section aria-label="Why it is not shown">
        <p class="failed" role="alert">
          {sentenceOf(detail)}
        </p>
        <p>
          Search above, or <a href="/">begin at the start</a>.
        </p>
      </section>
    </>
  );
}
