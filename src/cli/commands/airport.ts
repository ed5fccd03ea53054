import type { Command } from "commander";
import { geodesicDistanceM } from "../../geo/geodesic.js";
import type { Airport } from "../../place/airport.js";
import type { AirportDirectory } from "../../place/airport-table.js";
import { airportJson } from "../../query/airport-document.js";
import { loadReference, type Reference } from "../../reference/reference.js";
import { WheelsdownError } from "../../units/errors.js";
import { METRES_PER_NM } from "../../units/quantity.js";
import { addExamples, addFormats, type FormatOptions } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

const NEIGHBOURS_M = 30 * METRES_PER_NM;
const NEIGHBOURS_SHOWN = 6;

export function addAirportCommand(program: Command): void {
  const command = program
    .command("airport")
    .description("Looks an airport up by ident, IATA code, former ident or words of its name.")
    .argument("<code or name...>");
  addFormats(command, ["json"]);
  addExamples(command, ["airport SVMI", "airport havana", "airport HSSS --json"]);
  command.action((words: string[], options: FormatOptions) =>
    runCommand(command, (terminal) => runAirport(words.join(" "), options, terminal)),
  );
}

async function runAirport(text: string, options: FormatOptions, terminal: Terminal): Promise<void> {
  const reference = await loadReference({ onProgress: (message) => terminal.note(message) });
  const found = findAirports(text, reference.airports);
  if (options.json) {
    for (const airport of found)
      await terminal.line(JSON.stringify(airportJson(airport, reference)));
    return;
  }
  if (found.length === 1) await terminal.write(airportText(found[0]!, reference, terminal));
  else {
    const rows = found.map((airport) => [
      airport.ident,
      airport.iata,
      airport.kind,
      airport.name,
      airport.municipality,
      airport.country,
    ]);
    await terminal.line(
      terminal.table(["IDENT", "IATA", "KIND", "NAME", "PLACE", "COUNTRY"], rows),
    );
  }
  await terminal.line();
  for (const { name, version, dataDate, licence } of reference.provenance)
    await terminal.line(`source: ${name} ${version}, data of ${dataDate}, ${licence}`);
}

function findAirports(text: string, airports: AirportDirectory): Airport[] {
  const exact = airports.find(text);
  if (exact) return [exact];
  const found = airports.search(text);
  if (found.length > 0) return found;
  const nearest = airports.suggest(text).map(({ ident, name }) => `${ident} (${name})`);
  throw new WheelsdownError("unknown-name", `no airport "${text}"; nearest: ${nearest.join(", ")}`);
}

function airportText(airport: Airport, reference: Reference, terminal: Terminal): string {
  const { airports, countries } = reference;
  const claimed = countries
    .at(airport.latDeg, airport.lonDeg)
    .map(({ code, name }) => `${name} (${code})`);
  const elevation = Number.isFinite(airport.elevationFt)
    ? `${airport.elevationFt} ft`
    : "elevation not known";
  const lines = [
    `${airport.ident} ${airport.name}${airport.iata ? ` (${airport.iata})` : ""}`,
    `  ${airport.kind}${airport.military ? ", military" : ""}${airport.scheduled ? ", scheduled service" : ""}; ${airport.municipality}, ${claimed.join(", claimed also by ") || airport.country}`,
    `  ${airport.latDeg.toFixed(4)}, ${airport.lonDeg.toFixed(4)}, ${elevation}, ${airports.timeZoneOf(airport) ?? "time zone not known"}`,
  ];
  if (airport.aliases.length > 0) lines.push(`  also found as ${airport.aliases.join(", ")}`);
  const runways = airport.runways.map((runway) => [
    runway.ends.map(({ name }) => name).join("/"),
    Number.isFinite(runway.lengthM) ? `${Math.round(runway.lengthM)} m` : "not known",
    runway.surface,
    Number.isFinite(runway.ends[0].headingDeg)
      ? `${Math.round(runway.ends[0].headingDeg)} deg true`
      : "",
    `${Number.isFinite(runway.ends[0].latDeg) ? "" : "ends not surveyed"}${runway.closed ? " closed" : ""}`.trim(),
  ]);
  lines.push(
    "",
    runways.length > 0
      ? terminal.table(["RUNWAY", "LENGTH", "SURFACE", "HEADING", ""], runways)
      : "  no runway in the table",
    "",
  );
  const around = airports
    .near(airport, {
      radiusM: NEIGHBOURS_M,
      limit: 60,
      accept: ({ kind }) => kind === "large" || kind === "medium" || kind === "small",
    })
    .filter((other) => other !== airport)
    .slice(0, NEIGHBOURS_SHOWN);
  if (around.length > 0) {
    lines.push("Fields nearby, which it may be mistaken for:");
    lines.push(
      terminal.table(
        ["IDENT", "NAME", "DISTANCE", "KIND"],
        around.map((other) => [
          other.ident,
          other.name,
          `${(geodesicDistanceM(airport, other) / METRES_PER_NM).toFixed(1)} NM`,
          other.kind,
        ]),
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}
