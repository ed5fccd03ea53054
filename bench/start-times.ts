import { runProcess } from "./world/run-child.js";
import { median } from "./world/statistics.js";

/** How long a program takes from start to end, milliseconds of wall time. */
export interface StartTime {
  /** The least disturbed round. */
  readonly leastMs: number;
  readonly medianMs: number;
}

/**
 * Runs Node with each list of words in turn, round after round, so that a busy moment meets all of them. The first round
 * reads files into memory and does not count.
 */
export async function measureStarts<Key extends string>(
  words: Readonly<Record<Key, readonly string[]>>,
  rounds: number,
): Promise<Record<Key, StartTime>> {
  const keys = Object.keys(words) as Key[];
  const times = new Map<Key, number[]>(keys.map((key) => [key, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const key of keys) {
      const { wallMs } = await runProcess(process.execPath, words[key]);
      if (round > 0) times.get(key)!.push(wallMs);
    }
  }
  return Object.fromEntries(
    [...times].map(([key, all]) => [key, { leastMs: Math.min(...all), medianMs: median(all) }]),
  ) as Record<Key, StartTime>;
}
