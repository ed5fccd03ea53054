/** Answers of the server, each asked for once. */

import { useEffect, useState } from "preact/hooks";
import type { ProblemJson } from "../../src/api/shapes.js";

/** How an answer stands. */
export type Answer<T> =
  | { readonly state: "none" }
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly detail: string };

/** chosen: some screens' worth; tracks are the largest, about 1 MB each */
const KEPT_ANSWERS_MAX = 40;
const asked = new Map<string, Promise<unknown>>();

let tellFirst: () => void = () => undefined;

/** Settles with the first answer of the server, whatever it says: what is heavy waits for it. */
export const firstAnswer = new Promise<void>((resolve) => {
  tellFirst = resolve;
});

/**
 * @param path of the API, with its query
 * @returns what the server answers
 * @throws Error with the problem's own words when it refuses, or when there is no server
 */
export async function ask<T>(path: string): Promise<T> {
  const kept = asked.get(path);
  if (kept) return kept as Promise<T>;
  const answer = fetchJson(path);
  asked.set(path, answer);
  for (const old of [...asked.keys()].slice(0, Math.max(0, asked.size - KEPT_ANSWERS_MAX)))
    asked.delete(old);
  answer.catch(() => asked.delete(path)).finally(tellFirst);
  return answer as Promise<T>;
}

/** As `ask`, but asked anew and given up when `signal` is aborted: for what costs the server much. */
export async function askAnew<T>(path: string, signal: AbortSignal): Promise<T> {
  return (await fetchJson(path, signal)) as T;
}

async function fetchJson(path: string, signal: AbortSignal | null = null): Promise<unknown> {
  return (await responseOf(path, signal)).json();
}

/**
 * @returns an answer whose body is still to be read
 * @throws Error as `ask` does
 */
export async function responseOf(path: string, signal: AbortSignal | null): Promise<Response> {
  const headers = { accept: "application/json" };
  const response = await fetch(path, { headers, signal }).catch(() => undefined);
  if (!response)
    throw new Error("The server does not answer. Is `wheelsdown serve` still running?");
  if (!response.ok) {
    const problem = (await response.json().catch(() => undefined)) as
      | Partial<ProblemJson>
      | undefined;
    throw new Error(problem?.detail ?? `The server answered ${response.status}.`);
  }
  return response;
}

/** The answer to a path, anew whenever the path changes; undefined asks for nothing. */
export function useAnswer<T>(path: string | undefined): Answer<T> {
  const [held, setHeld] = useState<{ path: string | undefined; answer: Answer<T> }>({
    path: undefined,
    answer: { state: "none" },
  });
  useEffect(() => {
    if (path === undefined) return undefined;
    let wanted = true;
    const keep = (answer: Answer<T>) => {
      if (wanted) setHeld({ path, answer });
    };
    ask<T>(path).then(
      (value) => keep({ state: "ready", value }),
      (error: unknown) =>
        keep({ state: "failed", detail: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [path]);
  if (path === undefined) return { state: "none" };
  return held.path === path ? held.answer : { state: "loading" };
}

/** Answers to several paths, as far as they are there, in the order of the paths. */
export function useAnswers<T>(paths: readonly string[]): readonly T[] {
  const [values, setValues] = useState<readonly T[]>([]);
  const key = paths.join(" ");
  useEffect(() => {
    let wanted = true;
    const asking = key === "" ? [] : key.split(" ");
    Promise.allSettled(asking.map((path) => ask<T>(path))).then(
      (answers) =>
        wanted &&
        setValues(answers.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []))),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return values;
}

/** @returns the value of a ready answer */
export function valueOf<T>(answer: Answer<T>): T | undefined {
  return answer.state === "ready" ? answer.value : undefined;
}
