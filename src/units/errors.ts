/** What went wrong, as a word scripts can test; `exitCodeOf` gives the process exit code. */
export type ErrorCode =
  | "usage"
  | "unknown-name"
  | "input-invalid"
  | "input-missing"
  | "positions-not-kept"
  | "withheld"
  | "program-missing"
  | "lake-newer"
  | "lake-busy"
  | "folder-busy"
  | "io-failed"
  | "interrupted";

/** An error the user can act on: the message says what, where and what to do. */
export class WheelsdownError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "WheelsdownError";
    this.code = code;
  }
}

const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  usage: 64,
  "unknown-name": 64,
  "input-invalid": 65,
  "input-missing": 66,
  "positions-not-kept": 66,
  withheld: 66,
  // EX_UNAVAILABLE, "a support program or file does not exist" (sysexits.h).
  "program-missing": 69,
  "lake-newer": 65,
  "lake-busy": 74,
  "folder-busy": 74,
  "io-failed": 74,
  interrupted: 130,
};

/** @returns the exit code for any thrown value; 70 means a bug of ours (sysexits.h) */
export function exitCodeOf(error: unknown): number {
  return error instanceof WheelsdownError ? EXIT_CODES[error.code] : 70;
}
