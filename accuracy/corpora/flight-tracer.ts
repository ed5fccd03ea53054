import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAddress } from "../../src/aircraft/address.js";
import type { AirportTable } from "../../src/place/airport.js";
import type { Point } from "../../src/track/track.js";
import type { Case } from "../case.js";
import { gatherTrack } from "./gather.js";
import { cell, groupBy, type Row, readRows } from "./read-rows.js";
import { knownTruths } from "./readsb.js";
import { highFlight } from "./sessions.js";

const FOLDER = "exports/flight-tracer";

/** Real traces as tables. In all but the raw one the rows on the ground were dropped by whoever made the table. */
export function flightTracerTables(dataFolder: string, airports: AirportTable): Case[] {
  const folder = join(dataFolder, FOLDER);
  const known = groupBy(readRows(join(dataFolder, "readsb", "known.csv")), (row) =>
    row.file!.replace(`../${FOLDER}/`, ""),
  );
  return readdirSync(folder)
    .filter((name) => name.endsWith(".csv.gz"))
    .sort()
    .flatMap((name) => {
      const rows = readRows(join(folder, name));
      const address = parseAddress(rows[0]?.icao ?? "");
      if (!address) return [];
      const track = gatherTrack({
        file: join(folder, name),
        format: "flight-tracer",
        address,
        stated: rows[0]?.model ? { typeDesignator: rows[0].model } : {},
        points: rows.map(tablePoint),
      });
      if (!track) return [];
      const truths = knownTruths(known.get(name) ?? [], airports);
      return [
        {
          id: `${FOLDER} ${name} ${address}`,
          corpus: FOLDER,
          file: `${FOLDER}/${name}`,
          track,
          truths,
          negatives: highFlight(track),
          complete: name.startsWith("raw_"),
          special: false,
          aircraftKey: address,
          airportKey: truths.at(-1)?.airport?.ident ?? "none",
        },
      ];
    });
}

function tablePoint(row: Row): Omit<Point, "row"> {
  const onGround = row.altitude === "ground";
  return {
    timeMs: Date.parse(`${(row.ping_time ?? row.point_time!).replace(" ", "T")}Z`),
    latDeg: Number(row.lat),
    lonDeg: Number(row.lon),
    altitudeFt: onGround ? undefined : cell(row.altitude),
    geometricAltitudeFt: cell(row.alt_geom),
    groundSpeedKt: cell(row.ground_speed),
    trackAngleDeg: onGround ? undefined : cell(row.heading),
    onGround: onGround ? true : undefined,
    callsign: (row.call_sign ?? row.flight)?.trim() || undefined,
  };
}
