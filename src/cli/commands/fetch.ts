import { join } from "node:path";
import { type Command, Option } from "commander";
import { ADSBLOL_API, ADSBLOL_BASE, AdsblolArchive, REPLICA_NAMES } from "../../fetch/adsblol.js";
import { fetchArchiveDay } from "../../fetch/archive-day.js";
import { parseDays } from "../../fetch/day-range.js";
import { FetchFolder } from "../../fetch/fetch-folder.js";
import { LICENCE_FILE, licenceText } from "../../fetch/licence.js";
import { fetchTraceDay } from "../../fetch/trace-day.js";
import { parseUrlTemplate } from "../../fetch/url-template.js";
import { parseHttpUrl } from "../../io/http-client.js";
import { WheelsdownError } from "../../units/errors.js";
import { type FetchAircraftOptions, readFetchAircraft } from "../fetch-aircraft.js";
import { type FetchLimits, fetchDays, makeClient } from "../fetch-days.js";
import { tellFetched } from "../fetch-summary.js";
import { addExamples, addFormats, collect } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

interface FetchOptions extends FetchAircraftOptions, FetchLimits {
  readonly out: string;
  readonly json?: boolean;
}

interface AdsblolFetchOptions extends FetchOptions {
  readonly base: string;
  readonly api?: string;
  readonly replica?: (typeof REPLICA_NAMES)[number];
}

export function addFetchCommand(program: Command): void {
  const fetch = program
    .command("fetch")
    .description(
      "Gets traces from where they are published, day by day, and writes down where each came from. A run that was " +
        "stopped or killed goes on when it is given again. Then: wheelsdown ingest DIR.",
    );
  addAdsblol(fetch);
  addUrl(fetch);
  addExamples(fetch, [
    "fetch adsblol 2025-10-01..2025-10-07 --hex 154078,157713",
    "fetch adsblol 2025-10-01 --fleet ru-government --out downloads",
    "fetch url 'https://example.org/{yyyy}/{mm}/{dd}/traces/{hex2}/trace_full_{hex}.json' 2025-10-01 --hex 154078",
  ]);
}

function addAdsblol(fetch: Command): void {
  const command = fetch
    .command("adsblol")
    .summary("the open archive of adsb.lol, since 2023")
    .description(
      "Streams the day archives of adsb.lol (ODbL 1.0; 2 to 3.5 GB a day are received) and keeps only the traces asked for.",
    )
    .argument("<days>", "UTC days: 2025-10-01 or 2025-10-01..2025-10-07");
  addFetchAircraft(command)
    .addOption(new Option("--all", "every aircraft of the day").conflicts(["hex", "fleet"]))
    .addOption(
      new Option(
        "--replica <name>",
        "copy of the archive (else the one it prefers, or prod, or staging)",
      ).choices(REPLICA_NAMES),
    )
    .option("--base <url>", "where the archive's repositories are", ADSBLOL_BASE)
    .option("--api <url>", `where releases are listed (${ADSBLOL_API} without --base)`);
  addLimits(command);
  addExamples(command, [
    "fetch adsblol 2025-10-01..2025-10-07 --hex 154078,157713",
    "fetch adsblol 2025-10-01 --all --max-bytes 4GB",
    "fetch adsblol 2025-10-01 --hex 154078 --base https://mirror.example.org/adsblol",
  ]);
  command.action((days: string, options: AdsblolFetchOptions) =>
    runCommand(command, (terminal) => fetchAdsblol(days, options, terminal)),
  );
}

function addUrl(fetch: Command): void {
  const command = fetch
    .command("url")
    .summary("a site you may use, one file for each aircraft and day")
    .description(
      "Gets traces from a site of the tar1090 kind. Whether you may, and on what terms, is between you and the site.",
    )
    .argument(
      "<template>",
      "address with {hex} {yyyy} {mm} {dd}, and {hex2} for its last two digits",
    )
    .argument("<days>", "UTC days: 2025-10-01 or 2025-10-01..2025-10-03");
  addFetchAircraft(command);
  addLimits(command);
  addExamples(command, [
    "fetch url 'https://example.org/{yyyy}/{mm}/{dd}/traces/{hex2}/trace_full_{hex}.json' 2025-10-01..2025-10-03 --hex 154078",
  ]);
  command.action((template: string, days: string, options: FetchOptions) =>
    runCommand(command, (terminal) => fetchUrl({ template, days }, options, terminal)),
  );
}

function addFetchAircraft(command: Command): Command {
  return command
    .option("--hex <hex,...>", "24-bit addresses, six hex digits", collect)
    .option("--fleet <name|file>", "a fleet: built in, added, or a CSV file", collect);
}

function addLimits(command: Command): void {
  command
    .option("--out <dir>", "folder to write to", "./downloads")
    .option("--pause <seconds>", "between two requests; 0 only on a server of your own", "1")
    .option("--retries <count>", "how often a failed request is made again", "5")
    .option("--timeout <seconds>", "silence after which a connection is given up", "60")
    .option("--max-bytes <size>", "receive no more in this run, such as 500MB", "100GB");
  addFormats(command, ["json"]);
}

async function fetchAdsblol(
  daysText: string,
  options: AdsblolFetchOptions,
  terminal: Terminal,
): Promise<void> {
  const days = parseDays(daysText);
  const base = withoutSlash(parseHttpUrl(options.base, "--base").href);
  const api = options.api ?? (base === ADSBLOL_BASE ? ADSBLOL_API : undefined);
  const aircraft = await readFetchAircraft(options, terminal);
  const client = makeClient(options, terminal);
  const onNote = (text: string) => terminal.note(text);
  const archive = new AdsblolArchive({
    client,
    base,
    api: api && withoutSlash(parseHttpUrl(api, "--api").href),
    replica: options.replica,
    onNote,
  });
  const folder = await FetchFolder.open(join(options.out, "adsblol"));
  try {
    await folder.write(LICENCE_FILE, licenceText());
    terminal.note(licenceText().trimEnd().split("\n")[0] ?? "");
    const outcomes = await fetchDays(days, { client, terminal, folder }, (day, tools) =>
      fetchArchiveDay(day, aircraft.askedOn(day), { ...tools, archive }),
    );
    await tellFetched(outcomes, { options, terminal, licence: "ODbL 1.0, adsb.lol" });
  } finally {
    await client.close();
    await folder.close();
  }
}

async function fetchUrl(
  words: { readonly template: string; readonly days: string },
  options: FetchOptions,
  terminal: Terminal,
): Promise<void> {
  const days = parseDays(words.days);
  const template = parseUrlTemplate(words.template);
  const aircraft = await readFetchAircraft(options, terminal);
  const client = makeClient(options, terminal);
  const folder = await FetchFolder.open(join(options.out, template.source));
  try {
    terminal.note(
      `${template.source}: whether you may fetch from there, and on what terms, is yours to know; they are not checked`,
    );
    const outcomes = await fetchDays(days, { client, terminal, folder }, (day, tools) => {
      const asked = aircraft.askedOn(day);
      if (asked === "all")
        throw new WheelsdownError("usage", "a site is asked for aircraft by name");
      return fetchTraceDay(day, asked, { ...tools, template });
    });
    await tellFetched(outcomes, { options, terminal });
  } finally {
    await client.close();
    await folder.close();
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
