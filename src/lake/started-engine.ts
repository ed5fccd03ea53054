import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { TMP_FOLDER } from "./disk.js";
import { type Engine, type EngineOptions, openReader } from "./duckdb.js";
import { loadDuckDb } from "./duckdb-library.js";

/** An engine on its way, for a lake that may not be opened yet. */
export interface StartedEngine {
  readonly tmpFolder: string;
  /** What goes wrong is told by the question that waits for it. */
  readonly engine: Promise<Engine>;
}

let startedCount = 0;

/** @returns a folder for what an engine of this process spills, of its own; it is not made */
export function newTmpFolder(dir: string): string {
  return join(resolve(dir), TMP_FOLDER, `query-${process.pid}-${startedCount++}`);
}

/**
 * Returns when the engine starts in a thread of its own, not when it has: loading what asks it takes as long.
 *
 * @param dir the lake's folder, which need not be there
 */
export async function startEngine(
  dir: string,
  options: EngineOptions = {},
): Promise<StartedEngine> {
  const tmpFolder = newTmpFolder(dir);
  const engine = openReader({ tmpFolder }, options);
  engine.catch(() => undefined);
  await loadDuckDb().catch(() => undefined);
  await setImmediate();
  return { tmpFolder, engine };
}
