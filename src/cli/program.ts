import { Command } from "commander";
import { VERSION } from "../io/version.js";
import { addAircraftCommand } from "./commands/aircraft.js";
import { addAirportCommand } from "./commands/airport.js";
import { addAreaCommand } from "./commands/area.js";
import { addArrivalsCommands } from "./commands/arrivals.js";
import { addCoverageCommand } from "./commands/coverage.js";
import { addDemoCommand } from "./commands/demo.js";
import { addDossierCommand } from "./commands/dossier.js";
import { addFetchCommand } from "./commands/fetch.js";
import { addFleetCommand } from "./commands/fleet.js";
import { addIngestCommand } from "./commands/ingest.js";
import { addJourneysCommand } from "./commands/journeys.js";
import { addLakeCommand } from "./commands/lake.js";
import { addLandingsCommand } from "./commands/landings.js";
import { addMethodCommand } from "./commands/method.js";
import { addMovementsCommand } from "./commands/movements.js";
import { addReachCommand } from "./commands/reach.js";
import { addTogetherCommand } from "./commands/together.js";
import { addTrackCommand } from "./commands/track.js";

/** The command line: each command is declared in a file of its own, each option once. */
export function buildProgram(): Command {
  const program = new Command("wheelsdown")
    .description(
      "Turns public flight-tracking data into evidence: which aircraft landed where, when, by what route, " +
        "how sure we can be, and what nobody could have seen.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .option("-q, --quiet", "no progress, no notes; warnings and errors stay")
    .showSuggestionAfterError()
    .showHelpAfterError("(add --help for what it takes)")
    .exitOverride()
    .configureHelp({ sortSubcommands: false });
  addDemoCommand(program);
  addMovementsCommand(program);
  addFetchCommand(program);
  addIngestCommand(program);
  addLandingsCommand(program);
  addArrivalsCommands(program);
  addAreaCommand(program);
  addJourneysCommand(program);
  addTrackCommand(program);
  addTogetherCommand(program);
  addReachCommand(program);
  addDossierCommand(program);
  addCoverageCommand(program);
  addAirportCommand(program);
  addAircraftCommand(program);
  addFleetCommand(program);
  addLakeCommand(program);
  addMethodCommand(program);
  return program;
}
