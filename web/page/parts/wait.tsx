import type { ComponentChildren } from "preact";
import type { Answer } from "../api.js";
import { capitalised } from "../words.js";

/** Problems are written without a capital and a full stop, as on a terminal. */
function sentenceOf(detail: string): string {
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
