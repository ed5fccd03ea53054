import { join } from "node:path";
import type { AirportTable } from "../../src/place/airport.js";
import type { Point } from "../../src/track/track.js";
import type { Case, Truth } from "../case.js";
import { gatherTrack, inventedAddress } from "./gather.js";
import { airportNear } from "./ground-ends.js";
import { cell, groupBy, type Row, readRows } from "./read-rows.js";

const PHLAB = "phlab-flights";
const FLARM = "skyhop-flarm";
/** The recorder gives seconds from its start; the day is in the file's name, the hour is about right. */
const PHLAB_STARTS_MS: Readonly<Record<string, number>> = {
  "phlab_20170320_08.csv.gz": Date.UTC(2017, 2, 20, 8),
  "phlab_20170320_10.csv.gz": Date.UTC(2017, 2, 20, 10),
};

/** Flights of a research aircraft as its own recorder saw them, once a second. */
export function onboardRecords(dataFolder: string, airports: AirportTable): Case[] {
  const folder = join(dataFolder, PHLAB);
  return readRows(join(folder, "answer_key.csv")).flatMap((key) => {
    const startMs = PHLAB_STARTS_MS[key.file!] ?? Date.UTC(2017, 2, 20, 12);
    const track = gatherTrack({
      file: join(folder, key.file!),
      format: "recorder",
      address: inventedAddress("PH-LAB"),
      stated: { registration: "PH-LAB", typeDesignator: "C550" },
      points: readRows(join(folder, key.file!)).map((row) => recorderPoint(row, startMs)),
    });
    if (!track) return [];
    const common = { toleranceMs: 15_000, timed: true, seen: "ground", grade: "A" } as const;
    const how = "onboard recorder";
    const truths: Truth[] = [
      {
        kind: "takeoff",
        airport: airports.find(key.origin!),
        timeMs: startMs + Number(key.liftoff_ts) * 1000,
        how,
        ...common,
      },
      {
        kind: "landing",
        airport: airports.find(key.destination!),
        timeMs: startMs + Number(key.touchdown_ts) * 1000,
        how,
        ...common,
      },
    ];
    return [
      {
        id: `${PHLAB} ${key.file}`,
        corpus: PHLAB,
        file: `${PHLAB}/${key.file}`,
        track,
        truths,
        negatives: [],
        complete: true,
        special: false,
        aircraftKey: "PH-LAB",
        airportKey: key.destination!,
      },
    ];
  });
}

function recorderPoint(row: Row, startMs: number): Omit<Point, "row"> {
  return {
    timeMs: startMs + Number(row.ts) * 1000,
    latDeg: Number(row.lat),
    lonDeg: Number(row.lon),
    altitudeFt: cell(row.alt),
    groundSpeedKt: cell(row.gs),
    trackAngleDeg: cell(row.trk),
    verticalRateFpm: cell(row.roc),
  };
}

/** Gliders heard over FLARM; times are the word of the source's own tests, the place is where it stood. */
export function flarmGliders(dataFolder: string, airports: AirportTable): Case[] {
  const folder = join(dataFolder, FLARM);
  const key = groupBy(readRows(join(folder, "answer_key.csv")), (row) => row.file!);
  return [...key].flatMap(([file, flights]) => {
    const track = gatherTrack({
      file: join(folder, file),
      format: "flarm-table",
      address: inventedAddress(file),
      stated: { typeDesignator: "GLID" },
      points: readRows(join(folder, file)).map(flarmPoint),
    });
    if (!track) return [];
    const airport = airportNear(airports, { latDeg: track.latDeg[0]!, lonDeg: track.lonDeg[0]! });
    const common = { airport, toleranceMs: 60_000, timed: true, seen: "ground" } as const;
    const how = "the source's own tests";
    const truths: Truth[] = flights.flatMap((row) => [
      {
        kind: "takeoff" as const,
        timeMs: Date.parse(row.departure_utc!),
        grade: "B",
        how,
        ...common,
      },
      {
        kind: "landing" as const,
        timeMs: Date.parse(row.arrival_utc!),
        grade: "B",
        how,
        ...common,
      },
    ]);
    return [
      {
        id: `${FLARM} ${file}`,
        corpus: FLARM,
        file: `${FLARM}/${file}`,
        track,
        truths,
        negatives: [],
        // The key itself tells of a further start that it leaves out.
        complete: false,
        special: true,
        aircraftKey: file,
        airportKey: airport?.ident ?? "none",
      },
    ];
  });
}

/** .NET ticks: 100 ns since the year 1. */
const TICKS_PER_MS = 10_000n;
const UNIX_EPOCH_MS = 62_135_596_800_000n;
/** SQL Server geography: 6 bytes of header, then latitude and longitude as little-endian doubles. */
const GEOGRAPHY_HEADER_BYTES = 6;

function flarmPoint(row: Row): Omit<Point, "row"> {
  const blob = Buffer.from(row.Location!.replace(/^0x/, ""), "hex");
  const readable = blob.length >= GEOGRAPHY_HEADER_BYTES + 16;
  return {
    timeMs: Number(BigInt(row.Ticks!) / TICKS_PER_MS - UNIX_EPOCH_MS),
    latDeg: readable ? blob.readDoubleLE(GEOGRAPHY_HEADER_BYTES) : Number.NaN,
    lonDeg: readable ? blob.readDoubleLE(GEOGRAPHY_HEADER_BYTES + 8) : Number.NaN,
    altitudeFt: cell(row.Altitude),
    groundSpeedKt: cell(row.Speed),
    trackAngleDeg: cell(row.Heading),
    positionSource: "flarm",
  };
}
