import type {
  AirportsStatedJson,
  InspectedGroupJson,
  InspectedJson,
  InspectSummaryJson,
} from "../report/inspect-shape.js";
import { counted } from "../units/counted.js";
import { utcMinutes } from "../units/time.js";
import type { Terminal } from "./terminal.js";

const ISSUES_SHOWN = 3;
const AIRCRAFT_SHOWN = 3;
/** Groups of inputs that were not read; more are many different troubles, which --all lists. */
const GROUPS_SHOWN = 10;

/** @returns what `inspect` says of one input, lines without line ends */
export function inspectedLines(json: InspectedJson): string[] {
  const packing = json.packing === "parquet" ? "Parquet" : json.packing;
  const packed = packing === null ? "" : ` in ${packing}`;
  const title = json.title === null ? "not read" : `${json.title}${packed}`;
  const lines = [`${json.file}: ${title}`];
  if (json.sameAs !== null) lines.push(`the same bytes as ${json.sameAs}, counted once`);
  if (json.rows === null) {
    lines.push(json.outcome === "refused" ? `not read: ${json.reason}` : `${json.reason}`);
  } else {
    lines.push(holdsLine(json), rowsLine(json));
    const sources = Object.entries(json.positionSources)
      .map(([source, count]) => `${source} ${count}`)
      .join(", ");
    if (sources !== "" && sources !== `unknown ${json.kept}`) lines.push(`received as: ${sources}`);
    if (json.airportsStated !== null) lines.push(airportsLine(json.airportsStated));
    if (json.format !== null && json.format.includes(" "))
      lines.push(`read with ${json.format.slice(json.format.indexOf(" ") + 1)}`);
    if (json.simulated) lines.push("SIMULATED, as it says of itself");
    lines.push(...issueLines(json));
  }
  if (json.next !== null) lines.push(`next: ${json.next}`);
  return lines.map((line, index) => (index === 0 ? line : `  ${line}`));
}

function holdsLine({
  aircraftCount,
  aircraft,
  registration,
  kept,
  from,
  to,
}: InspectedJson): string {
  if (kept === 0) return "no position that can be used";
  const named = aircraft.slice(0, AIRCRAFT_SHOWN).join(", ");
  const more = aircraftCount! > AIRCRAFT_SHOWN ? ", ..." : "";
  const who = registration === null ? `${named}${more}` : `${named}, ${registration}`;
  return `${aircraftCount} aircraft (${who}), ${counted(kept!, "position", "positions")}, ${from} to ${to}`;
}

/** The source's word, and that it is no more than that. */
function airportsLine({ origin, destination, basis }: AirportsStatedJson): string {
  const from = origin === null ? [] : [`from ${origin}`];
  const to = destination === null ? [] : [`to ${destination}`];
  const what = basis === "plan" ? "a plan" : "a table of routes by callsign";
  return `the source says: ${[...from, ...to].join(" ")} (${what}, seen by nobody)`;
}

function rowsLine({ rows, kept, keptShare, outcome }: InspectedJson): string {
  const end = outcome === "partial" ? "; it breaks off, what comes at the end is missing" : "";
  if (rows === 0) return `no row in it${end}`;
  if (keptShare === null) return `${counted(rows!, "message", "messages")}${end}`;
  return `${kept} of ${counted(rows!, "row", "rows")} used (${percent(keptShare)})${end}`;
}

/** Never "100 %" of less than all, never "0 %" of more than nothing. */
function percent(share: number): string {
  const tenths = Math.min(
    share < 1 ? 999 : 1000,
    Math.max(share > 0 ? 1 : 0, Math.round(share * 1000)),
  );
  return `${tenths / 10} %`;
}

function issueLines({ issues, firstIssues }: InspectedJson): string[] {
  return Object.entries(issues).flatMap(([kind, count]) => {
    const first = firstIssues.filter((issue) => issue.kind === kind).slice(0, ISSUES_SHOWN);
    const shown = first.map(({ row, detail }) => (row < 0 ? detail : `row ${row}: ${detail}`));
    return [`${count} x ${kind}`, ...shown.map((line) => `  ${line}`)];
  });
}

/** Writes what `inspect` says of all inputs together. */
export async function writeSummary(
  { files, aircraftCount, kept, from, to, groups, problems, next }: InspectSummaryJson,
  terminal: Terminal,
): Promise<void> {
  const read = groups.filter(({ outcome }) => outcome === "read" || outcome === "partial");
  const others = groups.filter(({ outcome }) => outcome === "refused" || outcome === "unknown");
  const period = from === null ? "" : `, ${from} to ${to}`;
  await terminal.line(
    `${counted(files, "file", "files")}: ${aircraftCount} aircraft, ${counted(kept, "position", "positions")}${period}`,
  );
  if (read.length > 0)
    await terminal.line(
      terminal.table(
        ["FORMAT", "FILES", "AIRCRAFT", "POSITIONS", "USED", "FROM", "TO", "WITH ISSUES"],
        read.map(groupCells),
      ),
    );
  for (const { issues, title } of read) {
    const words = Object.entries(issues).map(([kind, count]) => `${count} x ${kind}`);
    if (words.length > 0) await terminal.line(`issues in ${title}: ${words.join(", ")}`);
  }
  for (const group of others.slice(0, GROUPS_SHOWN)) await terminal.line(otherLine(group));
  const hidden = others.slice(GROUPS_SHOWN).reduce((sum, group) => sum + group.files, 0);
  if (hidden > 0)
    await terminal.line(
      `not read: ${counted(hidden, "more file", "more files")}; --all lists each`,
    );
  for (const problem of problems) await terminal.line(`not whole: ${problem}`);
  if (next !== null) await terminal.line(`next: ${next}`);
}

function groupCells(group: InspectedGroupJson): string[] {
  // What stands in brackets behind a format's name says which files those are: here an example would.
  const title = (group.title ?? "").replace(/ \(.*$/, "");
  return [
    group.outcome === "partial" ? `${title}, breaks off` : title,
    String(group.files),
    String(group.aircraftCount),
    String(group.kept),
    group.keptShare === null ? "" : percent(group.keptShare),
    minutesOf(group.from),
    minutesOf(group.to),
    group.filesWithIssues === 0 ? "" : String(group.filesWithIssues),
  ];
}

/** "2019-01-23 23:41Z" of an ISO time. */
function minutesOf(time: string | null): string {
  return time === null ? "" : utcMinutes(Date.parse(time));
}

function otherLine({ title, files, reason, example }: InspectedGroupJson): string {
  const what = title === null ? "" : `${title}: `;
  const which = files === 1 ? example : `${counted(files, "file", "files")} such as ${example}`;
  return `not read: ${which}: ${what}${reason}`;
}
