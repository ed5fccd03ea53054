import type { Command } from "commander";
import { startEngine } from "../../lake/started-engine.js";
import {
  addAircraftFilter,
  addExamples,
  addFormats,
  addLake,
  addNoCoverage,
  addPeriod,
  addPlace,
} from "../options.js";
import { runCommand } from "../run-command.js";
import type { LandingsOptions } from "../show-landings.js";
import { addShowing } from "../showing.js";

export function addLandingsCommand(program: Command): void {
  const command = program
    .command("landings")
    .description(
      "Lists landings in the lake by aircraft, place and time. Seen and inferred landings are told apart; a landing at " +
        "one of several fields is listed as possible; stops whose place nothing tells are counted, never guessed.",
    )
    .option("--basis", "say what each landing rests on")
    .option(
      "--coverage",
      "say at the area's large airports with what probability a landing would have been seen",
    );
  addNoCoverage(command);
  addPlace(command);
  addPeriod(command);
  addAircraftFilter(command);
  addShowing(command);
  addLake(command);
  addFormats(command, ["json", "csv", "geojson", "kml", "parquet"]);
  addExamples(command, [
    "landings --in VE --near 300km --fleet ru-government --from 2018-12-01 --to 2019-01-31",
    "landings --near MUHA --within 50km --state RU --csv",
    'landings --in CU --callsign "RSD*" --basis',
  ]);
  command.action((options: LandingsOptions) =>
    runCommand(command, async (terminal) => {
      const started = await startEngine(options.lake);
      const { showLandings } = await import("../show-landings.js");
      await showLandings({ ...options, started }, terminal);
    }),
  );
}
