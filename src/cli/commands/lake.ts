import type { Command } from "commander";
import type { Lake, OpenLakeOptions } from "../../lake/lake.js";
import type { AreaCopiesStatus, LakeStatus } from "../../lake/lake-status.js";
import { startEngine } from "../../lake/started-engine.js";
import { folderRanges, TRACE_FOLDERS, type TraceDay } from "../../lake/trace-days.js";
import { dayNames, notKeptWords } from "../../query/kept-positions.js";
import { counted } from "../../units/counted.js";
import { addFormats, addLake, type FormatOptions } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";
import { addCompactCommand } from "./lake-compact.js";

type LakeOptions = FormatOptions & { readonly lake: string };

export function addLakeCommand(program: Command): void {
  const lake = program.command("lake");
  const status = lake.command("status").description("days, sources and sizes");
  addLake(status);
  addFormats(status, ["json"]);
  status.action((options: LakeOptions) =>
    runCommand(status, (terminal) => showStatus(options, terminal)),
  );
  const inputs = lake
    .command("inputs")
    .description("the ledger: every input with its hash, rows and issues");
  addLake(inputs);
  addFormats(inputs, ["json"]);
  inputs.action((options: LakeOptions) =>
    runCommand(inputs, (terminal) => showInputs(options, terminal)),
  );
  const verify = lake.command("verify").description("read every file again and compare its hash");
  addLake(verify);
  verify.action((options: LakeOptions) =>
    runCommand(verify, (terminal) => verifyLake(options, terminal)),
  );
  addCompactCommand(lake);
}

async function using(
  options: LakeOptions,
  work: (lake: Lake) => Promise<void>,
  open: OpenLakeOptions = {},
): Promise<void> {
  // After the engine, which starts in a thread of its own.
  const { openLake } = await import("../../lake/lake.js");
  const lake = await openLake(options.lake, open);
  try {
    await work(lake);
  } finally {
    await lake.close();
  }
}

async function showStatus(options: LakeOptions, terminal: Terminal): Promise<void> {
  const started = await startEngine(options.lake);
  const open = { started };
  await using(options, (lake) => tellStatus(lake, options, terminal), open);
}

async function tellStatus(lake: Lake, options: LakeOptions, terminal: Terminal): Promise<void> {
  const status = await lake.status();
  if (options.json) {
    await terminal.line(JSON.stringify({ schema: "wheelsdown/lake-status/1", ...status }));
    return;
  }
  const {
    days,
    pointCount,
    movementCount,
    inputCount,
    byteCount,
    simulated,
    awaitingMovementCount,
    partialInputCount,
    traceDays,
  } = status;
  if (simulated) await terminal.line("SIMULATED data only");
  await terminal.line(
    `${pointCount} positions and ${movementCount} movements from ${inputCount} inputs, ${(byteCount / 1e6).toFixed(1)} MB`,
  );
  await terminal.line(
    `${counted(days.length, "day", "days")} with positions${days.length > 0 ? `, ${days[0]} to ${days.at(-1)}` : ""}`,
  );
  for (const { format, inputCount: count, keptCount } of status.sources) {
    await terminal.line(`  ${format}: ${count} inputs, ${keptCount} positions`);
  }
  if (partialInputCount > 0)
    await terminal.line(
      `${counted(partialInputCount, "input breaks", "inputs break")} off in the middle: PARTIAL in \`wheelsdown lake inputs\``,
    );
  for (const line of notKeptLines(status)) await terminal.line(line);
  for (const line of traceDayLines(traceDays)) await terminal.line(line);
  for (const line of areaCopyLines(status.areaCopies)) await terminal.line(line);
  if (awaitingMovementCount > 0) {
    await terminal.line(
      `${awaitingMovementCount} aircraft wait for their movements: run the last ingest again`,
    );
  }
}

/** Days without their positions, and what is not answered of them. */
function notKeptLines({ notKept, isEventsOnlyUnfinished }: LakeStatus): string[] {
  const { days, aircraftCount } = notKept;
  if (days.length === 0 && !isEventsOnlyUnfinished) return [];
  const held =
    days.length === 0
      ? []
      : [
          `EVENTS ONLY, ${counted(days.length, "day", "days")} (${dayNames(days)}), ${counted(aircraftCount, "aircraft", "aircraft")}: ${notKeptWords(notKept)}`,
        ];
  const unfinished = "  that run was killed before its end: run the same ingest again";
  return isEventsOnlyUnfinished ? [...held, unfinished] : held;
}

/** Which days have copies sorted by area, and which of them are of no use any more. */
function areaCopyLines({ days, staleDays, byteCount, isBroken }: AreaCopiesStatus): string[] {
  const again = "make them anew with `wheelsdown lake compact --layout area`";
  if (isBroken) return [`the list of copies sorted by area is broken, so none is used: ${again}`];
  if (days.length + staleDays.length === 0) return [];
  return [
    `copies sorted by area: ${counted(days.length, "day", "days")}, ${(byteCount / 1e6).toFixed(1)} MB more`,
    ...(staleDays.length > 0
      ? [
          `  STALE, of days that have changed since, not used: ${dayNames(staleDays)}; ${again}, or drop them with --remove`,
        ]
      : []),
  ];
}

/** Which days of trace archives are whole, and what is missing of the others. */
function traceDayLines(days: readonly TraceDay[]): string[] {
  if (days.length === 0) return [];
  const of = (state: TraceDay["state"]) => days.filter((day) => day.state === state);
  const [whole, partial, few] = [of("whole"), of("partial"), of("few")];
  return [
    `days of trace folders (${TRACE_FOLDERS} to a day): ${whole.length} whole, ${partial.length} partial, ${few.length} with too few traces to tell`,
    ...partial.map(
      ({ day, folderCount, traceCount, missing }) =>
        `  PARTIAL ${day}: ${folderCount} of ${TRACE_FOLDERS} folders, ${traceCount} traces; missing ${folderRanges(missing)}: ` +
        "aircraft whose address ends so could not have been seen in them",
    ),
  ];
}

async function showInputs(options: LakeOptions, terminal: Terminal): Promise<void> {
  await using(options, async (lake) => {
    const inputs = await lake.inputs();
    if (options.json) {
      for (const input of inputs) {
        await terminal.line(
          JSON.stringify({
            schema: "wheelsdown/input/1",
            file: input.file,
            sha256: input.sha256,
            format: input.format,
            rows: input.rowCount,
            kept: input.keptCount,
            issues: Object.fromEntries(input.issues.map(({ kind, count }) => [kind, count])),
            simulated: input.simulated,
            complete: input.complete,
            licence: input.licence,
            positionsKept: input.positionsKept !== false,
          }),
        );
      }
      return;
    }
    const rows = inputs.map((input) => [
      input.sha256.slice(0, 12),
      input.format,
      `${input.keptCount}/${input.rowCount}`,
      [
        ...(input.complete ? [] : ["PARTIAL"]),
        ...(input.positionsKept === false ? ["EVENTS ONLY"] : []),
      ].join(", "),
      input.file,
    ]);
    await terminal.line(terminal.table(["SHA-256", "FORMAT", "KEPT", "", "FILE"], rows));
  });
}

async function verifyLake(options: LakeOptions, terminal: Terminal): Promise<void> {
  await using(options, async (lake) => {
    const { isOfAreaCopies } = await import("../../lake/area-copies.js");
    const broken = await lake.verify();
    for (const { path, problem } of broken) await terminal.line(`${problem}: ${path}`);
    const copies = broken.filter(({ path }) => isOfAreaCopies(path)).length;
    const own = broken.length - copies;
    if (own > 0)
      await terminal.line(
        `${counted(own, "file is", "files are")} not as written; \`wheelsdown ingest\` of the inputs into a new folder makes them anew`,
      );
    if (copies > 0)
      await terminal.line(
        `${counted(copies, "file of the copies", "files of the copies")} sorted by area not as written, ` +
          "nothing is lost; `wheelsdown lake compact --layout area` makes them anew",
      );
    if (broken.length === 0) await terminal.line("every file is as it was written");
    if (broken.length > 0) process.exitCode = 65;
  });
}
