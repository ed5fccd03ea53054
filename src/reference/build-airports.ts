import type { BuiltAirports } from "./airport-cache.js";
import { joinAirports } from "./join-airports.js";
import { provenanceOf } from "./packages.js";
import { readNewerAirports, readOlderAirports } from "./source-rows.js";
import { readSource } from "./sources.js";

/**
 * Builds the airport table from the installed packages; about 4 s and half a gigabyte for that time.
 */
export async function buildAirports(progress: (message: string) => void): Promise<BuiltAirports> {
  const older = readSource("airfields");
  const olderRows = readOlderAirports(older.bytes.toString("utf8"));
  const newer = readSource("runways");
  const newerRows = await readNewerAirports(newer.bytes);
  const { airports, counts } = joinAirports(olderRows, newerRows);
  progress(
    `${airports.length} airports; left out: ${counts.denied} that are no places, ` +
      `${counts.movedUnseen} that moved, ${counts.balloonPorts} balloon ports`,
  );
  const sources = [older, newer].map(({ file, bytes }) => provenanceOf(file, bytes));
  return { airports, sources };
}
