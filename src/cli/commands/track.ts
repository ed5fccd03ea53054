import type { Command } from "commander";
import { askForAircraft } from "../../query/ask-lake.js";
import { tellNotKept } from "../../query/kept-positions.js";
import { identityOf } from "../../query/known-identity.js";
import type { QuestionOptions } from "../../query/question.js";
import { HIGH_FORMATS, type PlainExport, trackDocument } from "../../query/track-document.js";
import { coverageSentence, withLake } from "../../query/with-lake.js";
import type { ShowingOptions } from "../../query/withhold.js";
import { trackCsv } from "../../report/csv.js";
import { positionText } from "../../report/place-words.js";
import { pointJson } from "../../report/point-shape.js";
import { positionTable } from "../../report/position-table.js";
import { type CleanTrack, cleanTrack, maskTrack } from "../../track/clean.js";
import { findContacts, findGaps } from "../../track/contacts.js";
import type { Contact } from "../../track/gap.js";
import { GROUND_YES, isSimulated, type Track } from "../../track/track.js";
import { counted } from "../../units/counted.js";
import { WheelsdownError } from "../../units/errors.js";
import { formatDuration, utcMinutes } from "../../units/time.js";
import { aircraftWords } from "../movement-text.js";
import {
  addAltitudeMode,
  addExamples,
  addFormats,
  addLake,
  addPeriod,
  checkAltitudeMode,
  collect,
  type FormatOptions,
  formatOf,
  type HeightChoice,
} from "../options.js";
import { runCommand } from "../run-command.js";
import { addIncludeRecent, showingNow, tellWithheld } from "../showing.js";
import type { Terminal } from "../terminal.js";
import { checkParquet, writeParquet } from "../write-table.js";

type TrackOptions = FormatOptions &
  HeightChoice &
  ShowingOptions &
  Pick<QuestionOptions, "aircraft" | "hex" | "from" | "to"> & { readonly lake: string };

export function addTrackCommand(program: Command): void {
  const command = program
    .command("track")
    .description(
      "Writes the positions of an aircraft in the lake. CSV and JSON hold every received position with its file and row, " +
        "and say which ones cleaning leaves out; lines on a map are cut where nobody heard the aircraft, and hold " +
        "what cleaning keeps.",
    )
    .option("--aircraft <reg,...>", "registrations (or hex addresses)", collect)
    .option("--hex <hex,...>", "24-bit addresses, six hex digits", collect);
  addPeriod(command);
  addIncludeRecent(command);
  addLake(command);
  addFormats(command, ["json", "csv", "geojson", "trips", "kml", "czml", "gpx", "parquet"]);
  addAltitudeMode(command);
  addExamples(command, [
    "track --aircraft RA-96019 --from 2019-01-23 --to 2019-01-24",
    "track --hex 157713 --from 2019-01-23 --csv > points.csv",
    "track --hex 157713 --kml > track.kml",
    "track --hex 157713 --parquet points.parquet",
  ]);
  command.action((options: TrackOptions) =>
    runCommand(command, (terminal) => showTrack(options, terminal)),
  );
}

/** Answers on the terminal. */
export async function showTrack(options: TrackOptions, terminal: Terminal): Promise<void> {
  if (!options.aircraft && !options.hex)
    throw new WheelsdownError("usage", "which aircraft? give --aircraft REGISTRATION or --hex");
  checkAltitudeMode(options, formatOf(options), HIGH_FORMATS);
  await checkParquet(options);
  const showing = showingNow(options);
  await withLake({ ...options, showing }, terminal, async ({ lake, question }) => {
    const addresses = await askForAircraft(lake, question);
    const { fromMs, toMs } = question;
    const output = new TrackOutput(options, terminal);
    for (const address of addresses) {
      terminal.checkInterrupt();
      const track = await lake.track(address, { fromMs, toMs });
      if (track) await output.add(track);
    }
    await tellNotKept(lake, { fromMs, toMs, addresses, isAnswered: output.count > 0 }, terminal);
    await output.finish();
    if (output.count === 0)
      await output.none(
        `no position of the aircraft asked for; ${await coverageSentence(lake, question)}`,
      );
    else terminal.note(await coverageSentence(lake, question));
    await tellWithheld(lake, options, terminal);
  });
}

/** Writes tracks as they come, or gathers them for formats that need all of them. */
class TrackOutput {
  readonly #options: TrackOptions;
  readonly #terminal: Terminal;
  readonly #received: Track[] = [];
  readonly #drawn: PlainExport[] = [];
  count = 0;

  constructor(options: TrackOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
  }

  async add(track: Track): Promise<void> {
    const terminal = this.#terminal;
    const format = formatOf(this.#options);
    const isFirst = this.count++ === 0;
    switch (format) {
      case "json":
        await writeJson(track, terminal);
        return;
      case "csv": {
        const text = trackCsv(track);
        await terminal.write(isFirst ? text : text.slice(text.indexOf("\n") + 1));
        return;
      }
      case "parquet":
        this.#received.push(track);
        return;
    }
    const clean = cleanTrack(track);
    const contacts = findContacts(clean.track);
    if (format === undefined) {
      await writeText(track, clean, { contacts, terminal });
      return;
    }
    const gaps = findGaps(clean.track, contacts);
    const title = identityOf(track).registration ?? track.address;
    this.#drawn.push({ track: clean.track, contacts, gaps, journeys: [], title });
  }

  /** Writes what was gathered; a file asked for is written without any positions too. */
  async finish(): Promise<void> {
    const { parquet, altitudeMode } = this.#options;
    const terminal = this.#terminal;
    if (parquet !== undefined) {
      const simulated = this.#received.some(isSimulated);
      const table = positionTable(this.#received);
      await writeParquet(parquet, table, { what: "positions", simulated, terminal });
      return;
    }
    const format = formatOf(this.#options);
    const [first, ...others] = this.#drawn;
    if (!first || format === undefined) return;
    if (format === "json" || format === "csv" || format === "parquet") return;
    const title = others.length === 0 ? first.title : "Tracks";
    const of = { title, altitudeMode };
    for (const piece of await trackDocument(format, this.#drawn, of)) await terminal.write(piece);
  }

  async none(text: string): Promise<void> {
    if (formatOf(this.#options) === undefined) await this.#terminal.line(text);
    else this.#terminal.warn(text);
  }
}

async function writeJson(track: Track, terminal: Terminal): Promise<void> {
  const { mask } = maskTrack(track);
  for (let i = 0; i < track.length; i++) {
    terminal.checkInterrupt();
    await terminal.line(JSON.stringify(pointJson(track, mask, i)));
  }
}

async function writeText(
  track: Track,
  clean: CleanTrack,
  { contacts, terminal }: { readonly contacts: readonly Contact[]; readonly terminal: Terminal },
): Promise<void> {
  const { registration, typeDesignator } = identityOf(track);
  const words = aircraftWords({
    hex: track.address,
    registration: registration ?? null,
    type: typeDesignator ?? null,
    simulated: isSimulated(track),
  });
  const { duplicate, stale, jump } = clean.setAside;
  const asideCount = duplicate + stale + jump;
  const aside =
    asideCount > 0
      ? `; ${asideCount} set aside (${jump} jumps, ${stale} stale, ${duplicate} doubles)`
      : "";
  await terminal.line(
    `${words}: ${counted(track.length, "position", "positions")}${aside}, ${counted(contacts.length, "contact", "contacts")}`,
  );
  const rows = contacts.map((contact, index) => {
    const nextMs = contacts[index + 1];
    const silentMs = nextMs
      ? clean.track.timeMs[nextMs.start]! - clean.track.timeMs[contact.end - 1]!
      : undefined;
    return contactCells(clean.track, contact, silentMs);
  });
  await terminal.line(
    terminal.table(
      ["FROM (UTC)", "TO", "POSITIONS", "FIRST AT", "LAST AT", "THEN SILENT FOR"],
      rows,
    ),
  );
  const files = new Set(track.sources.map(({ file }) => file));
  await terminal.line(
    `from ${counted(files.size, "input", "inputs")}; --csv or --json write every position with its file and row`,
  );
}

function contactCells(
  track: Track,
  { start, end }: Contact,
  silentMs: number | undefined,
): string[] {
  return [
    utcMinutes(track.timeMs[start]!),
    utcMinutes(track.timeMs[end - 1]!),
    String(end - start),
    placeCell(track, start),
    placeCell(track, end - 1),
    silentMs === undefined ? "" : formatDuration(silentMs),
  ];
}

function placeCell(track: Track, index: number): string {
  const altitudeFt = track.altitudeFt[index]!;
  const level =
    track.ground[index] === GROUND_YES
      ? "on the ground"
      : Number.isFinite(altitudeFt)
        ? `${Math.round(altitudeFt)} ft`
        : "altitude not known";
  return `${positionText(track.latDeg[index]!, track.lonDeg[index]!)}, ${level}`;
}
