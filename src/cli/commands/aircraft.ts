import type { Command } from "commander";
import { type AircraftDescription, describeAircraft } from "../../aircraft/identity.js";
import { findType, typeName } from "../../aircraft/types/index.js";
import { type Lake, openLake } from "../../lake/lake.js";
import { fleetIdentities, lakeIdentities } from "../../query/known-aircraft.js";
import { addressesOf } from "../../query/question.js";
import { WheelsdownError } from "../../units/errors.js";
import { METRES_PER_NM } from "../../units/quantity.js";
import { addExamples, addFormats, addLake, type FormatOptions } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

export function addAircraftCommand(program: Command): void {
  const command = program
    .command("aircraft")
    .description(
      "Gathers what State rules, fleets and the lake's inputs say of an aircraft. Where they disagree, all are shown.",
    )
    .argument("<registration or hex...>");
  addLake(command);
  addFormats(command, ["json"]);
  addExamples(command, ["aircraft RA-96019", "aircraft 157713 a11f59 --json"]);
  command.action((names: string[], options: FormatOptions & { readonly lake: string }) =>
    runCommand(command, (terminal) => runAircraft(names, options, terminal)),
  );
}

async function runAircraft(
  names: readonly string[],
  options: FormatOptions & { readonly lake: string },
  terminal: Terminal,
): Promise<void> {
  // The lake is a source among others here: without one, rules and fleets still answer.
  const lake = await openIfThere(options.lake);
  try {
    for (const name of names) {
      for (const address of await addressesOf(name, lake)) {
        const known = describeAircraft(address, [
          ...(await fleetIdentities(address, terminal)),
          ...(lake ? await lakeIdentities(address, lake) : []),
        ]);
        if (options.json)
          await terminal.line(JSON.stringify({ schema: "wheelsdown/aircraft/1", ...known }));
        else await terminal.line(aircraftText(known));
      }
    }
    if (!lake) terminal.note(`no lake in ${options.lake}: rules and fleets only`);
  } finally {
    await lake?.close();
  }
}

/** A lake that is there but cannot be read is an error: its silence would be taken for knowledge. */
async function openIfThere(folder: string): Promise<Lake | undefined> {
  try {
    return await openLake(folder);
  } catch (error) {
    if (error instanceof WheelsdownError && error.code === "input-missing") return undefined;
    throw error;
  }
}

function aircraftText(known: AircraftDescription): string {
  const type = findType(known.typeDesignator ?? "");
  const lines = [
    `address ${known.address}: ${known.registration ?? "registration not known"}${known.registrationBasis === "rule" ? " (by the State's numbering rule, stated by nobody)" : ""}`,
    known.state
      ? `  address block of ${known.state.country}${known.state.note ? ` (${known.state.note})` : ""}`
      : `  ${known.stateless ?? "no State"}`,
  ];
  if (known.military)
    lines.push(`  in a military range of ${known.military.country}: ${known.military.source}`);
  if (type) {
    const { cruiseKt, rangeM, enduranceMs, runwayNeedM, source } = type.performance;
    lines.push(
      `  type ${type.designator}, ${typeName(type)}: cruise ${cruiseKt} kt, range ${Math.round(rangeM / METRES_PER_NM)} NM, endurance ${(enduranceMs / 3_600_000).toFixed(1)} h, runway ${runwayNeedM} m (${source})`,
    );
  } else if (known.typeDesignator)
    lines.push(`  type ${known.typeDesignator}, not in the type table`);
  for (const [what, values] of [
    ["registration", known.registrations],
    ["type", known.typeDesignators],
    ["operator", known.operators],
  ] as const) {
    for (const { value, sources } of values)
      lines.push(`  ${what} ${value}: ${sources.join("; ")}`);
  }
  for (const conflict of known.conflicts) lines.push(`  CONFLICT: ${conflict}`);
  return `${lines.join("\n")}\n`;
}
