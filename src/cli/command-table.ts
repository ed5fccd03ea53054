import type { Command } from "commander";

/** A command as the list of commands shows it. */
export interface ListedCommand {
  readonly name: string;
  /** Its argument, as its own help writes it. */
  readonly argument?: string;
  /** Only holds commands of its own, and takes no options itself. */
  readonly isGroup?: boolean;
  readonly summary: string;
}

/** Commands of one file, which is loaded when one of them is asked for. */
export interface CommandFile {
  readonly commands: readonly ListedCommand[];
  /** Loads the file and declares its commands with all they take. */
  add(program: Command): Promise<void>;
}

/** Every command, in the order of the help. */
export const COMMAND_FILES: readonly CommandFile[] = [
  {
    commands: [{ name: "demo", summary: "a whole investigation on simulated data, offline" }],
    add: async (program) => (await import("./commands/demo.js")).addDemoCommand(program),
  },
  {
    commands: [
      {
        name: "movements",
        argument: "<path...>",
        summary: "landings and take-offs in files, straight from the files",
      },
    ],
    add: async (program) => (await import("./commands/movements.js")).addMovementsCommand(program),
  },
  {
    commands: [
      {
        name: "inspect",
        argument: "<path...>",
        summary: "what files are, what they hold and what is wrong with them",
      },
    ],
    add: async (program) => (await import("./commands/inspect.js")).addInspectCommand(program),
  },
  {
    commands: [{ name: "fetch", isGroup: true, summary: "get public data: adsblol, url" }],
    add: async (program) => (await import("./commands/fetch.js")).addFetchCommand(program),
  },
  {
    commands: [{ name: "ingest", argument: "<path...>", summary: "read files into a lake, once" }],
    add: async (program) => (await import("./commands/ingest.js")).addIngestCommand(program),
  },
  {
    commands: [{ name: "landings", summary: "who landed in or near a place, in these weeks" }],
    add: async (program) => (await import("./commands/landings.js")).addLandingsCommand(program),
  },
  {
    commands: [
      { name: "arrivals", argument: "<airport>", summary: "everything that landed at an airport" },
      {
        name: "departures",
        argument: "<airport>",
        summary: "everything that took off from an airport",
      },
    ],
    add: async (program) => (await import("./commands/arrivals.js")).addArrivalsCommands(program),
  },
  {
    commands: [{ name: "area", summary: "who was heard in an area, and who in two areas" }],
    add: async (program) => (await import("./commands/area.js")).addAreaCommand(program),
  },
  {
    commands: [{ name: "journeys", summary: "the stops and legs of an aircraft" }],
    add: async (program) => (await import("./commands/journeys.js")).addJourneysCommand(program),
  },
  {
    commands: [
      {
        name: "track",
        summary: "every position of an aircraft, with the row it was read from",
      },
    ],
    add: async (program) => (await import("./commands/track.js")).addTrackCommand(program),
  },
  {
    commands: [
      {
        name: "together",
        summary: "who stood at the same airport, or flew near, at the same time",
      },
    ],
    add: async (program) => (await import("./commands/together.js")).addTogetherCommand(program),
  },
  {
    commands: [{ name: "reach", summary: "what the silences of an aircraft allowed" }],
    add: async (program) => (await import("./commands/reach.js")).addReachCommand(program),
  },
  {
    commands: [
      { name: "dossier", summary: "the packet for an editor: HTML, CSV, GeoJSON, KML, JSON" },
    ],
    add: async (program) => (await import("./commands/dossier.js")).addDossierCommand(program),
  },
  {
    commands: [
      {
        name: "verify",
        argument: "<dossier>",
        summary: "whether a dossier is whole, and comes out the same again",
      },
    ],
    add: async (program) => (await import("./commands/verify.js")).addVerifyCommand(program),
  },
  {
    commands: [
      { name: "coverage", summary: "what is heard at a place, and so what silence there means" },
    ],
    add: async (program) => (await import("./commands/coverage.js")).addCoverageCommand(program),
  },
  {
    commands: [
      {
        name: "airport",
        argument: "<code or name...>",
        summary: "look an airport up: runways, elevation, neighbours",
      },
    ],
    add: async (program) => (await import("./commands/airport.js")).addAirportCommand(program),
  },
  {
    commands: [
      {
        name: "aircraft",
        argument: "<registration or hex...>",
        summary: "what is known of a registration or address, and who says so",
      },
    ],
    add: async (program) => (await import("./commands/aircraft.js")).addAircraftCommand(program),
  },
  {
    commands: [{ name: "fleet", isGroup: true, summary: "lists of aircraft: list, show, add" }],
    add: async (program) => (await import("./commands/fleet.js")).addFleetCommand(program),
  },
  {
    commands: [
      {
        name: "lake",
        isGroup: true,
        summary: "what a lake holds; whether its files are whole; copies sorted by area",
      },
    ],
    add: async (program) => (await import("./commands/lake.js")).addLakeCommand(program),
  },
  {
    commands: [{ name: "serve", summary: "a lake in the browser, and as JSON for programs" }],
    add: async (program) => (await import("./commands/serve.js")).addServeCommand(program),
  },
  {
    commands: [{ name: "method", summary: "what the probabilities rest on" }],
    add: async (program) => (await import("./commands/method.js")).addMethodCommand(program),
  },
];
