import { fileURLToPath } from "node:url";
import type { StepListener } from "../../src/lake/disk.js";
import { openLake } from "../../src/lake/lake.js";
import type { MovementRow } from "../../src/lake/movement-row.js";
import type { IngestBatch } from "../../src/lake/records.js";
import type { Track } from "../../src/track/track.js";
import { type BuiltPoint, buildTrack, inputOf, movementOf, sourceOf } from "./build-track.js";

const EVENING_MS = Date.UTC(2019, 0, 31, 23, 58);

/** Four points, two on either side of midnight and of a month's end. */
function points(source = 0): BuiltPoint[] {
  return [0, 1, 2, 3].map((row) => {
    return { timeMs: EVENING_MS + row * 60_000, latDeg: 10 + row, lonDeg: -67, row, source };
  });
}

const FIRST: IngestBatch = {
  inputs: [inputOf("a"), inputOf("b")],
  tracks: [
    buildTrack("4ca7b3", points(), [sourceOf("a", { stated: { registration: "EI-DEO" } })]),
    buildTrack("~00000a", points(), [sourceOf("b")]),
  ],
};
const SECOND: IngestBatch = {
  inputs: [inputOf("c")],
  tracks: [buildTrack("4ca7b3", points(), [sourceOf("c")])],
};
export const BATCHES: readonly IngestBatch[] = [FIRST, SECOND];

/** Movements as a detector would make them: from all the points the lake has of an aircraft, and nothing else. */
export function inferMovements(track: Track): MovementRow[] {
  const { address } = track;
  const basis = `${track.length} points of ${track.sources.map(({ file }) => file).join(", ")}`;
  return [
    movementOf(address, { timeMs: track.timeMs[0]! - 60_000 * track.sources.length, basis }),
    movementOf(address, { timeMs: track.timeMs.at(-1)!, basis, kind: "takeoff" }),
  ];
}

/** An ingest of two batches with their movements, as the command does it: it goes on where the last run ended. */
export async function runIngest(root: string, onStep?: StepListener): Promise<void> {
  const lake = await openLake(root, { create: true });
  const session = await lake.beginIngest({ onStep });
  try {
    for (const batch of BATCHES) {
      if (!session.hasInput(batch.inputs[0]!.sha256)) await session.addBatch(batch);
      const owed = session.awaitingMovements();
      if (owed.length === 0) continue;
      const tracks = await Promise.all(owed.map((address) => lake.track(address)));
      const rows = tracks.map((track) => inferMovements(track!));
      await session.replaceMovements(owed, rows.flat());
    }
  } finally {
    await session.close();
    await lake.close();
  }
}

// As a program: stops itself as a power cut would, before the step with the given number.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let step = 0;
  const killBefore = Number(process.argv[3] ?? Number.NaN);
  await runIngest(process.argv[2]!, () => {
    if (step++ === killBefore) process.kill(process.pid, "SIGKILL");
  });
}
