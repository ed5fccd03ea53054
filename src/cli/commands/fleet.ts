import type { Command } from "commander";
import type { Fleet, FleetEntry } from "../../aircraft/fleet.js";
import { writeFleetCsv } from "../../aircraft/write-fleet-csv.js";
import { addFleet, fleetByWord, knownFleets, readFleetFile } from "../../query/fleets.js";
import { utcDay } from "../../units/time.js";
import { addExamples, addFormats, type FormatOptions } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

const ISSUES_SHOWN = 20;

export function addFleetCommand(program: Command): void {
  const fleet = program
    .command("fleet")
    .description(
      "A fleet is a dated list of aircraft. CSV columns: hex, registration, type, operator, state, category, valid_from, valid_to, source, note; plane-alert-db's header is read too.",
    );
  const list = fleet.command("list").description("fleets known by name");
  addFormats(list, ["json"]);
  list.action((options: FormatOptions) =>
    runCommand(list, (terminal) => listFleets(options, terminal)),
  );

  const show = fleet
    .command("show")
    .description("the aircraft of a fleet")
    .argument("<name or file>");
  addFormats(show, ["json", "csv"]);
  show.action((word: string, options: FormatOptions) =>
    runCommand(show, (terminal) => showFleet(word, options, terminal)),
  );

  const add = fleet
    .command("add")
    .description("check a CSV file and keep it under a name, for --fleet NAME")
    .argument("<file>")
    .option("--name <name>", "name to keep it under (else the file's)");
  add.action((file: string, options: { name?: string }) =>
    runCommand(add, (terminal) => addFromFile(file, options.name, terminal)),
  );
  addExamples(fleet, [
    "fleet list",
    "fleet show ru-government",
    "fleet add my-list.csv --name my-list",
  ]);
}

async function listFleets(options: FormatOptions, terminal: Terminal): Promise<void> {
  const fleets = await knownFleets(terminal);
  if (options.json) {
    for (const { name, title, entries } of fleets) {
      await terminal.line(
        JSON.stringify({ schema: "wheelsdown/fleet/1", name, title, aircraft: entries.length }),
      );
    }
  } else {
    const rows = fleets.map(({ name, title, entries }) => [name, String(entries.length), title]);
    await terminal.line(terminal.table(["NAME", "AIRCRAFT", "WHAT"], rows));
  }
}

async function showFleet(word: string, options: FormatOptions, terminal: Terminal): Promise<void> {
  const fleet = await fleetByWord(word, terminal);
  if (options.csv) await terminal.write(writeFleetCsv(fleet));
  else if (options.json) {
    for (const entry of fleet.entries) await terminal.line(JSON.stringify(entryJson(fleet, entry)));
  } else {
    await terminal.line(`${fleet.name}: ${fleet.title}`);
    const rows = fleet.entries.map((entry) => [
      entry.address ?? "",
      entry.registration ?? "",
      entry.typeDesignator ?? "",
      entry.operator,
      memberText(entry),
      entry.note,
    ]);
    await terminal.line(
      terminal.table(["HEX", "REG.", "TYPE", "OPERATOR", "MEMBER", "NOTE"], rows),
    );
  }
}

function entryJson(fleet: Fleet, entry: FleetEntry): object {
  return {
    schema: "wheelsdown/fleet-entry/1",
    fleet: fleet.name,
    hex: entry.address ?? null,
    registration: entry.registration ?? null,
    type: entry.typeDesignator ?? null,
    operator: entry.operator,
    state: entry.state,
    category: entry.category,
    validFrom: dayOrNull(entry.validFromMs),
    validTo: dayOrNull(entry.validToMs - 1),
    source: entry.source,
    note: entry.note,
  };
}

function dayOrNull(timeMs: number): string | null {
  return Number.isFinite(timeMs) ? utcDay(timeMs) : null;
}

function memberText({ validFromMs, validToMs }: FleetEntry): string {
  const from = dayOrNull(validFromMs);
  const to = dayOrNull(validToMs - 1);
  if (from && to) return `${from} to ${to}`;
  return from ? `from ${from}` : to ? `to ${to}` : "dates open";
}

async function addFromFile(
  file: string,
  name: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const { fleet, issues } = await readFleetFile(file, name);
  for (const issue of issues.slice(0, ISSUES_SHOWN))
    terminal.warn(`${file}, line ${issue.line}: ${issue.detail}`);
  if (issues.length > ISSUES_SHOWN)
    terminal.warn(`${issues.length - ISSUES_SHOWN} more lines of ${file} need a look`);
  const path = await addFleet(fleet);
  terminal.note(`${fleet.entries.length} aircraft kept as "${fleet.name}" in ${path}`);
}
