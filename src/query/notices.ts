import type { WheelsdownError } from "../units/errors.js";

/** Who is told what happens while a question is answered: a terminal, or the server's log. */
export interface Notices {
  /** Something to know, in one line. */
  note(text: string): void;
  /** Something that changes what an answer is worth. */
  warn(text: string): void;
  /** The answer lacks a part that could be had, as the error says: more than a warning, a script must see it. */
  notWhole(error: WheelsdownError): void;
  /** @throws WheelsdownError "interrupted" once the answer is no longer wanted; called between steps */
  checkInterrupt(): void;
  /** Begins to count steps of work that takes its time. */
  progress(what: string, total: number): { step(): void; stop(): void };
}
