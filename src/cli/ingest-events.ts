import { stagedCoverage } from "../lake/coverage-cache.js";
import type { IngestSession } from "../lake/ingest.js";
import type { Lake } from "../lake/lake.js";
import { loadReference } from "../reference/reference.js";
import type { IngestRun } from "./ingest-run.js";
import type { Terminal } from "./terminal.js";

interface EndTools {
  readonly session: IngestSession;
  readonly lake: Lake;
  readonly terminal: Terminal;
}

/** Lets the positions go that `--events-only` does not keep, once coverage was measured from them. */
export async function endEventsOnly({ session, lake, terminal }: EndTools): Promise<void> {
  if (session.staged() === "none") return;
  const { airports } = await loadReference();
  let progress: ReturnType<Terminal["progress"]> | undefined;
  const coverageText = await stagedCoverage(lake, {
    airports,
    onAircraft: (_done, total) => {
      terminal.checkInterrupt();
      progress ??= terminal.progress("measuring coverage", total);
      progress.step();
    },
  });
  progress?.stop();
  await session.endStaged(coverageText);
}

/**
 * Ends an earlier run with --events-only that was killed, where the one that begins cannot go on with it: it keeps
 * positions, or the movements of the earlier one are being replaced already.
 */
export async function endEarlierRun(
  ingest: IngestRun,
  { eventsOnly, ...tools }: EndTools & { readonly eventsOnly: boolean },
): Promise<void> {
  const staged = tools.session.staged();
  if (staged === "none" || (staged === "reading" && eventsOnly)) return;
  tools.terminal.note(
    "an earlier run with --events-only was killed before its end: it is ended first",
  );
  await ingest.inferMovements();
  await endEventsOnly(tools);
}
