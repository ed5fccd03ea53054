import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { readInput } from "../../src/io/read-input.js";
import type { AirportTable } from "../../src/place/airport.js";
import { TrackCollector } from "../../src/track/collector.js";
import type { Track } from "../../src/track/track.js";
import { MINUTE_MS } from "../../src/units/quantity.js";
import type { Case, Negative, Truth, TruthKind } from "../case.js";
import { groupBy, type Row, readRows } from "./read-rows.js";
import { highFlight, sessionsOf } from "./sessions.js";

const FOLDER = "readsb";

/** Real readsb traces; their landings were read off by hand, and traces without any had none. */
export async function readsbTraces(dataFolder: string, airports: AirportTable): Promise<Case[]> {
  const folder = join(dataFolder, FOLDER);
  const known = groupBy(readRows(join(folder, "known.csv")), (row) => row.file!);
  const cases: Case[] = [];
  for (const file of traceFiles(folder)) {
    const collector = new TrackCollector();
    await readInput(join(folder, file), collector);
    const rows = known.get(file) ?? [];
    for (const track of collector.take()) {
      const truths = knownTruths(rows, airports);
      cases.push({
        id: `${FOLDER} ${file} ${track.address}`,
        corpus: FOLDER,
        file: `${FOLDER}/${file}`,
        track,
        truths,
        negatives: rows.length > 0 ? highFlight(track) : overflights(track),
        complete: rows.length > 0,
        special: false,
        aircraftKey: track.address,
        airportKey: truths.at(-1)?.airport?.ident ?? "none",
      });
    }
  }
  return cases;
}

function traceFiles(folder: string): string[] {
  return ["globe_history", "live_or_plain"]
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .flatMap((path) =>
      readdirSync(path, { recursive: true }).map((name) => join(path, String(name))),
    )
    .filter((path) => path.endsWith(".json") && statSync(path).isFile())
    .map((path) => relative(folder, path))
    .sort();
}

/** Truths of `known.csv`; rows whose class says that a stop is only likely are left out. */
export function knownTruths(rows: readonly Row[], airports: AirportTable): Truth[] {
  return rows
    .filter((row) => row.class !== "probable_only")
    .map((row) => ({
      kind: row.event as TruthKind,
      airport: airports.find(row.airport!),
      timeMs: Date.parse(row.time_utc!),
      toleranceMs: Number(row.tolerance_s) * 1000,
      timed: row.class === "observed",
      seen: row.class === "observed" ? ("ground" as const) : ("low" as const),
      grade: "A" as const,
      how: `${row.how_known}: ${row.class}`,
    }))
    .sort((a, b) => a.timeMs - b.timeMs);
}

/** No landing while it was heard; what it did in the hours between two passes nobody knows. */
function overflights(track: Track): Negative[] {
  return sessionsOf(track).map(({ start, end }) => ({
    fromMs: track.timeMs[start]! - MINUTE_MS,
    toMs: track.timeMs[end - 1]! + MINUTE_MS,
    why: "an overflight, by hand",
  }));
}
