import { fileURLToPath } from "node:url";
import type { StepListener } from "../../src/lake/disk.js";
import { openLake } from "../../src/lake/lake.js";

/** Makes the copies of a lake, or drops them, as the command does it. */
export async function runCompact(
  root: string,
  onStep?: StepListener,
  layout: "area" | "address" = "area",
): Promise<void> {
  const lake = await openLake(root);
  try {
    await lake.compact({ layout, onStep });
  } finally {
    await lake.close();
  }
}

// As a program: stops itself as a power cut would, before the step with the given number.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let step = 0;
  const killBefore = Number(process.argv[3] ?? Number.NaN);
  await runCompact(process.argv[2]!, () => {
    if (step++ === killBefore) process.kill(process.pid, "SIGKILL");
  });
}
