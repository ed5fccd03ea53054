import { Command, CommanderError, InvalidArgumentError } from "commander";
import { WheelsdownError } from "../../src/units/errors.js";

/** What the benchmark is asked to do. */
export interface WorldBenchOptions {
  readonly aircraftCount: number;
  readonly seed: number;
  /** Archives are kept here from run to run; lakes and results lie beside them. */
  readonly workFolder: string;
  /** Also a sixteenth and a quarter of the aircraft. */
  readonly growth: boolean;
  /** Rounds of each way of reading; the median counts. */
  readonly rounds: number;
  /** Files that are read in each way at most, spread over the archive. */
  readonly readFilesMax: number;
  /** Landings in a lake of their own for the question about a fleet; 0 for none. */
  readonly landingCount: number;
  /** Where the picture of the growth goes; undefined for none. */
  readonly picturePath: string | undefined;
  readonly python: string;
}

/** Chosen: six digits of addresses hold no more without repeating themselves in some blocks. */
const AIRCRAFT_COUNT_MAX = 200_000;

/**
 * @param words as given behind `npm run bench:world --`
 * @returns undefined when only help was wanted; it has been printed
 * @throws WheelsdownError "usage" for anything the benchmark does not know
 */
export function parseWorldOptions(words: readonly string[]): WorldBenchOptions | undefined {
  const command = new Command("npm run bench:world --")
    .description("Makes a simulated day of the world and measures reading, a lake and questions.")
    .option("--aircraft <n>", "aircraft of the day; a real one has 65000", whole(1), 1000)
    .option("--seed <n>", "another world of the same size", whole(0), 1)
    .option("--work <dir>", "folder for archives, lakes and results", "bench-work")
    .option("--growth", "also a sixteenth and a quarter of the aircraft", false)
    .option("--rounds <n>", "rounds of each way of reading", whole(1), 3)
    .option("--read-files <n>", "files that are read in each way, at most", whole(1), 4000)
    .option("--landings <n>", "landings in a lake of their own, such as 1000000", whole(0), 0)
    .option("--picture <file>", "write the growth as a picture (SVG); needs --growth")
    .option("--python <program>", "for the comparison with pandas", "python3")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    command.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return undefined;
    throw new WheelsdownError("usage", `${error.message.replace(/^error: /, "")}; see --help`);
  }
  const given = command.opts();
  if (given.aircraft > AIRCRAFT_COUNT_MAX)
    throw new WheelsdownError("usage", `--aircraft goes up to ${AIRCRAFT_COUNT_MAX}`);
  if (given.growth && given.aircraft < 16)
    throw new WheelsdownError(
      "usage",
      "--growth needs at least --aircraft 16: it takes a sixteenth",
    );
  if (given.picture !== undefined && !given.growth)
    throw new WheelsdownError("usage", "--picture shows the growth: give --growth too");
  return {
    aircraftCount: given.aircraft,
    seed: given.seed,
    workFolder: given.work,
    growth: given.growth,
    rounds: given.rounds,
    readFilesMax: given.readFiles,
    landingCount: given.landings,
    picturePath: given.picture,
    python: given.python,
  };
}

function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`it takes a whole number from ${least} on.`);
    return value;
  };
}
