// Scores `movements` on real tracks against the answer keys in ../shared/data, straight from the files.
//
//   npm run score [-- --errors]
//
// A session of an answer key is one flight of one aircraft. Its last landing is compared with the key's destination,
// its first take-off with the origin; where the key says that the data ends outside, any landing in it is a false one.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { readInput } from "../src/io/read-input.js";
import { Analyst } from "../src/movement/analyse.js";
import type { Movement } from "../src/movement/movement.js";
import { traitsOf } from "../src/movement/traits.js";
import { loadReference } from "../src/reference/reference.js";
import { TrackCollector } from "../src/track/collector.js";

const SHARED = join(process.cwd(), "..", "shared", "data");
const MATCH_MS = 15 * 60_000;
const COUNTED_MIN_PROBABILITY = 0.5;

type Row = Readonly<Record<string, string>>;
type Kind = "landing" | "takeoff";

interface Tally {
  truth: number;
  found: number;
  named: number;
  right: number;
  wrong: number;
  falseClaims: number;
  timeErrorsS: number[];
}

const tallies = new Map<string, Tally>();
const errors: string[] = [];

function tally(name: string): Tally {
  let entry = tallies.get(name);
  if (!entry) {
    entry = { truth: 0, found: 0, named: 0, right: 0, wrong: 0, falseClaims: 0, timeErrorsS: [] };
    tallies.set(name, entry);
  }
  return entry;
}

function rows(path: string): Row[] {
  return parse(readFileSync(path), { columns: true, bom: true, relax_column_count: true });
}

async function movementsOf(
  file: string,
  analyst: Analyst,
): Promise<Map<string, readonly Movement[]>> {
  const collector = new TrackCollector();
  await readInput(file, collector);
  return new Map(
    collector
      .take()
      .map((track) => [track.address, analyst.analyse(track, traitsOf(track)).movements]),
  );
}

function scoreEnd(
  name: string,
  session: { readonly row: Row; readonly movements: readonly Movement[] },
  { kind, status, airport, atMs }: { kind: Kind; status: string; airport: string; atMs: number },
): void {
  const entry = tally(name);
  const fromMs = Date.parse(session.row.seg_start_utc!) - MATCH_MS;
  const toMs = Date.parse(session.row.seg_end_utc!) + MATCH_MS;
  const inside = session.movements.filter(
    (m) =>
      m.kind === kind &&
      m.timeMs >= fromMs &&
      m.timeMs <= toMs &&
      m.probability >= COUNTED_MIN_PROBABILITY,
  );
  const where = `${session.row.file} ${session.row.icao24} ${kind}`;
  if (status === "outside_data") {
    // Stops between the ends of a session are hints of the key, neither right nor wrong here.
    const false_ = inside.filter((m) => m.airport && Math.abs(m.timeMs - atMs) < MATCH_MS);
    entry.falseClaims += false_.length;
    for (const m of false_)
      errors.push(
        `${where}: claimed at ${m.airport?.ident}, key says outside the data: ${m.basis}`,
      );
    return;
  }
  if (!airport || !status.startsWith("observed")) return;
  entry.truth++;
  const best = kind === "landing" ? inside.at(-1) : inside[0];
  if (!best) {
    errors.push(`${where}: not found, key says ${airport} (${status})`);
    return;
  }
  entry.found++;
  if (best.airport) {
    entry.named++;
    if (best.airport.ident === airport) entry.right++;
    else {
      entry.wrong++;
      errors.push(`${where}: named ${best.airport.ident}, key says ${airport}: ${best.basis}`);
    }
  } else
    errors.push(
      `${where}: not named (${best.candidates.map((c) => `${c.airport.ident} ${c.probability.toFixed(2)}`).join(", ")}), key says ${airport}`,
    );
}

async function scoreSessions(analyst: Analyst): Promise<void> {
  const folder = join(SHARED, "traffic-samples");
  const key = rows(join(folder, "answer_key.csv"));
  const byFile = groupByFile(key);
  for (const [file, sessions] of byFile) {
    const found = await movementsOf(join(folder, file), analyst);
    for (const row of sessions) {
      const session = { row, movements: found.get(row.icao24!) ?? [] };
      const grade = `traffic-samples ${(row.grade ?? "").slice(0, 1)}`;
      scoreEnd(`${grade} landing`, session, {
        kind: "landing",
        status: row.destination_status!,
        airport: row.destination!,
        atMs: Date.parse(row.seg_end_utc!),
      });
      scoreEnd(`${grade} takeoff`, session, {
        kind: "takeoff",
        status: row.origin_status!,
        airport: row.origin!,
        atMs: Date.parse(row.seg_start_utc!),
      });
    }
  }
}

function groupByFile(key: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of key) groups.set(row.file!, [...(groups.get(row.file!) ?? []), row]);
  return groups;
}

async function scoreKnown(analyst: Analyst): Promise<void> {
  const folder = join(SHARED, "readsb");
  const known = rows(join(folder, "known.csv")).filter((row) => !row.file!.startsWith(".."));
  for (const [file, events] of groupByFile(known)) {
    const found = (await movementsOf(join(folder, file), analyst)).get(events[0]!.hex!) ?? [];
    const counted = found.filter((m) => m.kind === "landing" || m.kind === "takeoff");
    const used = new Set<Movement>();
    for (const event of events) {
      const entry = tally(`readsb ${event.event}`);
      entry.truth++;
      const atMs = Date.parse(event.time_utc!);
      const match = counted.find(
        (m) => m.kind === event.event && Math.abs(m.timeMs - atMs) < MATCH_MS && !used.has(m),
      );
      if (!match) {
        errors.push(`${file} ${event.event} ${event.time_utc}: not found`);
        continue;
      }
      used.add(match);
      entry.found++;
      entry.timeErrorsS.push(Math.abs(match.timeMs - atMs) / 1000);
      if (match.airport) entry.named++;
      if (match.airport?.ident === event.airport) entry.right++;
      else entry.wrong++;
    }
    for (const m of counted.filter((each) => !used.has(each))) {
      tally(`readsb ${m.kind}`).falseClaims++;
      errors.push(`${file} ${m.kind}: ${m.basis}`);
    }
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}

function median(values: readonly number[]): string {
  if (values.length === 0) return "-";
  return `${[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(0)} s`;
}

if (existsSync(SHARED)) {
  const { airports } = await loadReference();
  const analyst = new Analyst(airports);
  await scoreKnown(analyst);
  await scoreSessions(analyst);
  for (const [name, t] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(
      `${name.padEnd(28)} truth ${String(t.truth).padStart(3)}  recall ${percent(t.found, t.truth).padStart(7)}  named ${percent(t.named, t.found).padStart(7)}  right when named ${percent(t.right, t.named).padStart(7)}  false ${t.falseClaims}  median time error ${median(t.timeErrorsS)}`,
    );
  }
  if (process.argv.includes("--errors")) for (const error of errors) console.log(`  ${error}`);
} else console.error("needs ../shared/data, which is not here");
