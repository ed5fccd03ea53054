import { RequestError } from "./problem.js";

/** Lets few questions run at once; a bounded number waits, the rest is sent away. */
export interface Turns {
  /**
   * Waits for a turn.
   *
   * @returns what ends the turn
   * @throws RequestError 503 when too many wait already, or when `signal` is aborted meanwhile
   */
  take(signal: AbortSignal): Promise<() => void>;
}

/** @param running at once; @param waiting at most */
export function turns({
  running,
  waiting,
}: {
  readonly running: number;
  readonly waiting: number;
}): Turns {
  let runningCount = 0;
  const queue: (() => void)[] = [];
  const end = () => {
    const next = queue.shift();
    // A turn is handed on as it is; only the last one gives it back.
    if (next) next();
    else runningCount--;
  };
  const once = () => {
    let isEnded = false;
    return () => {
      if (!isEnded) end();
      isEnded = true;
    };
  };
  return {
    async take(signal) {
      if (signal.aborted) throw gone();
      if (runningCount < running) {
        runningCount++;
        return once();
      }
      if (queue.length >= waiting)
        throw new RequestError(
          503,
          "busy",
          `${running} questions are being answered and ${waiting} wait: ask again in some seconds`,
          { "retry-after": "5" },
        );
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          queue.splice(queue.indexOf(enter), 1);
          reject(gone());
        };
        const enter = () => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        queue.push(enter);
        signal.addEventListener("abort", leave, { once: true });
      });
      return once();
    },
  };
}

function gone(): RequestError {
  return new RequestError(503, "interrupted", "the server stops, or nobody waits any more");
}
