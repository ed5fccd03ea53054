import { type Command, InvalidArgumentError, Option } from "commander";
import { notKeptWords } from "../../query/kept-positions.js";
import { counted } from "../../units/counted.js";
import { WheelsdownError } from "../../units/errors.js";
import { parseUtc, utcDay } from "../../units/time.js";
import { addExamples, addLake } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

interface Days {
  readonly from: string;
  readonly to: string;
}

interface CompactCommandOptions {
  readonly lake: string;
  readonly layout?: "area" | "address";
  readonly day?: Days;
  readonly remove?: boolean;
}

export function addCompactCommand(lake: Command): void {
  const command = lake
    .command("compact")
    .summary("make or drop area-sorted copies of days")
    .description(
      "Makes a second copy of the positions of each day, sorted by hour and place, beside the lake's own files, which " +
        "stay as they are. Answers are the same with and without; questions about areas come sooner. A copy of a day " +
        "that has changed since is not used; run this again and it is made anew.",
    )
    .addOption(
      new Option(
        "--layout <layout>",
        "area: make copies where there are none; address: drop them, as the lake itself is sorted by address",
      ).choices(["area", "address"]),
    )
    .option("--day <day>", "only this day (UTC), or days as 2019-01-20..2019-01-27", parseDays)
    .addOption(new Option("--remove", "drop the copies, as --layout address").conflicts("layout"));
  addLake(command);
  addExamples(command, [
    "lake compact --layout area",
    "lake compact --layout area --day 2019-01-20..2019-01-27",
    "lake compact --remove",
  ]);
  command.action((options: CompactCommandOptions) =>
    runCommand(command, (terminal) => compact(options, terminal)),
  );
}

/** @throws InvalidArgumentError for anything but a day, or two days in order with ".." between them */
function parseDays(text: string): Days {
  const [from, to = from, ...more] = text.split("..").map((word) => word.trim());
  if (more.length > 0 || !isDay(from) || !isDay(to) || to < from)
    throw new InvalidArgumentError(
      "write a day as 2019-01-23, or days as 2019-01-20..2019-01-27, the earlier one first",
    );
  return { from, to };
}

function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const timeMs = parseUtc(text);
  return timeMs !== undefined && utcDay(timeMs) === text;
}

async function compact(
  { lake: dir, layout, remove, day: days }: CompactCommandOptions,
  terminal: Terminal,
): Promise<void> {
  if (!layout && !remove)
    throw new WheelsdownError(
      "usage",
      "make area-sorted copies with --layout area, or drop them with --remove",
    );
  const { openLake } = await import("../../lake/lake.js");
  const lake = await openLake(dir);
  let progress: ReturnType<Terminal["progress"]> | undefined;
  const onDay = (_done: number, total: number) => {
    terminal.checkInterrupt();
    progress ??= terminal.progress("sorting by area", total);
    progress.step();
  };
  try {
    // Between two parts of a day as well: each takes seconds.
    const onStep = () => terminal.checkInterrupt();
    const summary = await lake.compact({
      layout: remove ? "address" : layout!,
      ...{ days, onDay, onStep },
    });
    progress?.stop();
    const { madeDays, keptDays, droppedDays } = summary;
    if (remove || layout === "address") {
      await terminal.line(`${counted(droppedDays.length, "copy", "copies")} of days dropped`);
      return;
    }
    const notKept = await lake.notKept();
    const skipped = notKept.days.filter((day) => !days || (day >= days.from && day <= days.to));
    if (madeDays.length + keptDays.length === 0 && skipped.length > 0)
      throw new WheelsdownError("positions-not-kept", notKeptWords({ ...notKept, days: skipped }));
    if (madeDays.length + keptDays.length === 0)
      throw new WheelsdownError(
        "input-missing",
        days
          ? `the lake holds no positions of ${days.from === days.to ? days.from : `${days.from} to ${days.to}`}; \`wheelsdown lake status\` tells its days`
          : "the lake holds no positions; ingest files first",
      );
    const kept = keptDays.length > 0 ? `; ${keptDays.length} had one already` : "";
    await terminal.line(
      `${counted(madeDays.length, "day", "days")} sorted by area${kept}: copies of ${megabytes(summary.byteCount)} beside ${megabytes(summary.sourceByteCount)}`,
    );
  } finally {
    progress?.stop();
    await lake.close();
  }
}

function megabytes(byteCount: number): string {
  return `${(byteCount / 1e6).toFixed(1)} MB`;
}
