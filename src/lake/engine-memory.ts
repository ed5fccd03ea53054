import { totalmem } from "node:os";

/** Megabytes DuckDB may use when nothing else is said: a quarter of the machine's, 512 to 4096. */
export function defaultMemoryMb(): number {
  return Math.round(Math.min(4096, Math.max(512, totalmem() / 4 / 2 ** 20)));
}
