import { fileURLToPath } from "node:url";
import { partsToJson } from "../../src/coverage/coverage-json.js";
import { NO_PARTS } from "../../src/coverage/parts.js";
import type { StepListener } from "../../src/lake/disk.js";
import { openLake } from "../../src/lake/lake.js";
import { BATCHES, inferMovements } from "./ingest-run.js";

/** As `runIngest`, without keeping positions: movements at the end, from all that the run has read. */
export async function runEventsOnly(root: string, onStep?: StepListener): Promise<void> {
  const lake = await openLake(root, { create: true });
  const session = await lake.beginIngest({ onStep, eventsOnly: true });
  const replaceAll = async () => {
    await session.beginInferring();
    for (const address of [...session.awaitingMovements()]) {
      for await (const track of lake.tracks([address]))
        await session.replaceMovements([address], inferMovements(track));
    }
    if (session.staged() !== "none") await session.endStaged(partsToJson(NO_PARTS));
  };
  try {
    if (session.staged() === "inferring") await replaceAll();
    for (const batch of BATCHES)
      if (!session.hasInput(batch.inputs[0]!.sha256)) await session.addBatch(batch);
    await replaceAll();
  } finally {
    await session.close();
    await lake.close();
  }
}

// As a program: stops itself as a power cut would, before the step with the given number.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let step = 0;
  const killBefore = Number(process.argv[3] ?? Number.NaN);
  await runEventsOnly(process.argv[2]!, () => {
    if (step++ === killBefore) process.kill(process.pid, "SIGKILL");
  });
}
