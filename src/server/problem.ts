import type { ProblemJson } from "../api/shapes.js";
import { type ErrorCode, WheelsdownError } from "../units/errors.js";

/** A request that is not answered, with what its sender reads. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what is wrong, where, and what to write instead */
  constructor(
    status: number,
    code: string,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = "RequestError";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What the user can act on is the sender's fault; what the lake cannot tell is unprocessable; the rest is ours. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  usage: 400,
  "unknown-name": 400,
  "input-invalid": 400,
  "input-missing": 404,
  "positions-not-kept": 422,
  withheld: 422,
  "lake-newer": 500,
  "lake-busy": 503,
  "folder-busy": 503,
  "program-missing": 500,
  "io-failed": 503,
  interrupted: 503,
};

/** @returns true for an error that says a bug of ours: its words are for the log alone */
export function isBug(error: unknown): boolean {
  return !(error instanceof RequestError) && !(error instanceof WheelsdownError);
}

/** The answer to a request that failed. */
export function problemOf(error: unknown): ProblemJson {
  if (error instanceof RequestError) return problem(error.status, error.code, error.message);
  if (error instanceof WheelsdownError)
    return problem(STATUS[error.code], error.code, error.message);
  return problem(500, "bug", "a bug of wheelsdown; the terminal it runs in shows more");
}

/** What an answer says that is none. */
export function problem(status: number, code: string, detail: string): ProblemJson {
  return { schema: "wheelsdown/problem/1", status, code, detail };
}

/** An error about a value of the request: names the parameter, and speaks of parameters, not of options. */
export function aboutParameters(
  error: unknown,
  values: Readonly<Record<string, string | undefined>>,
): unknown {
  if (!(error instanceof WheelsdownError) || STATUS[error.code] !== 400) return error;
  // What commands call --near is the parameter "near" here.
  const text = error.message.replace(/--([a-z][a-z-]*)/g, (_, name: string) => `"${name}"`);
  const named = Object.keys(values).some((name) => text.includes(`"${name}"`));
  const blamed = named ? undefined : blamedFor(text, values);
  return new RequestError(400, error.code, blamed ? `parameter "${blamed}": ${text}` : text);
}

/** The parameter whose value the words repeat; the longest such value, as "1" is in many words. */
function blamedFor(
  text: string,
  values: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const parts = Object.entries(values).flatMap(([name, value = ""]) =>
    [value, ...value.split(","), ...value.split(/[\s;]+/)].map((part) => ({
      name,
      part: part.trim(),
    })),
  );
  const repeated = parts.filter(({ part }) => part !== "" && text.includes(part));
  return repeated.sort((a, b) => b.part.length - a.part.length)[0]?.name;
}
