import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseAddress } from "../../src/aircraft/address.js";
import type { AirportTable } from "../../src/place/airport.js";
import type { Point } from "../../src/track/track.js";
import type { Case, Truth } from "../case.js";
import { gatherTrack, inventedAddress } from "./gather.js";
import { knownFlightCase } from "./keyed-case.js";
import { cell, type Row, readRows, readText } from "./read-rows.js";
import { highFlight, selfKeyedTruths } from "./sessions.js";

const RECORDS = "fr24-records";
const EXPORTS = "exports/fr24-api";

interface RecordedPoint {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: { readonly feet: number };
  readonly speed: { readonly kts: number };
  readonly verticalSpeed?: { readonly fpm: number };
  readonly heading: number;
  readonly timestamp: number;
}

/** Two recorded long flights with their destinations. */
export function recordedFlights(dataFolder: string, airports: AirportTable): Case[] {
  const folder = join(dataFolder, RECORDS);
  return readRows(join(folder, "answer_key.csv")).flatMap((key) => {
    const path = join(folder, key.file!);
    // The shape is the service's own; a change of it fails here at once.
    const { flight } = JSON.parse(readText(path)).result.response.data as {
      flight: { track: RecordedPoint[] };
    };
    const address = parseAddress(key.icao24!)!;
    const track = gatherTrack({
      file: path,
      format: "fr24-playback",
      address,
      stated: { typeDesignator: key.type! },
      points: flight.track.map((point) => recordedPoint(point, key.callsign!)),
    });
    if (!track) return [];
    const known = {
      corpus: RECORDS,
      file: key.file!,
      name: key.callsign!,
      track,
      from: airports.find(key.origin!),
      to: airports.find(key.destination!),
      grade: "A" as const,
      how: "the record's own origin and destination",
      aircraftKey: address,
    };
    return [knownFlightCase(known, airports)];
  });
}

function recordedPoint(point: RecordedPoint, callsign: string): Omit<Point, "row"> {
  const onGround = point.altitude.feet === 0;
  return {
    timeMs: point.timestamp * 1000,
    latDeg: point.latitude,
    lonDeg: point.longitude,
    altitudeFt: onGround ? undefined : point.altitude.feet,
    groundSpeedKt: point.speed.kts,
    verticalRateFpm: onGround ? undefined : point.verticalSpeed?.fpm,
    trackAngleDeg: onGround ? undefined : point.heading,
    onGround: onGround ? true : undefined,
    callsign,
  };
}

interface Summary {
  readonly summary: {
    readonly fr24_id: string;
    readonly reg: string;
    readonly hex: string;
    readonly type: string;
    readonly orig_icao: string;
    readonly dest_icao_actual: string;
    readonly datetime_takeoff: string;
    readonly datetime_landed: string;
  };
}

/**
 * Tracks bought from the service's interface. The two legs of one airliner make one track with a turn-round between:
 * take-off and landing times are the service's.
 */
export function boughtTracks(dataFolder: string, airports: AirportTable): Case[] {
  const folder = join(dataFolder, EXPORTS);
  const flights = JSON.parse(readFileSync(join(folder, "flight-summaries.json"), "utf8")) as Record<
    string,
    Summary[]
  >;
  const rowsByFile = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".csv"))
      .sort()
      .map((name) => [name, readRows(join(folder, name))]),
  );
  const legs = flights.DL2983 ?? [];
  const keyed = legs.flatMap(({ summary }) => fileOf(rowsByFile, summary.fr24_id) ?? []);
  const cases: Case[] = [];
  const summary = legs[0]?.summary;
  const track =
    summary &&
    gatherTrack({
      file: join(folder, "data_DL2983"),
      format: "fr24-api",
      address: parseAddress(summary.hex)!,
      stated: { registration: summary.reg, typeDesignator: summary.type },
      points: keyed.flatMap((name) => rowsByFile.get(name)!.map(boughtPoint)),
    });
  if (track) cases.push(turnRound(track, legs, airports));
  for (const [name, rows] of rowsByFile)
    if (!keyed.includes(name)) cases.push(...unkeyed({ folder, name, rows, airports }));
  return cases;
}

function fileOf(files: ReadonlyMap<string, unknown>, id: string): string | undefined {
  return [...files.keys()].find((name) => name.includes(id));
}

function turnRound(track: Case["track"], legs: readonly Summary[], airports: AirportTable): Case {
  const common = { timed: true, toleranceMs: 60_000, seen: "ground", grade: "A" } as const;
  const how = "the service's own take-off and landing times";
  const truths: Truth[] = legs.flatMap(({ summary }) => [
    {
      kind: "takeoff" as const,
      airport: airports.find(summary.orig_icao),
      timeMs: Date.parse(summary.datetime_takeoff),
      how,
      ...common,
    },
    {
      kind: "landing" as const,
      airport: airports.find(summary.dest_icao_actual),
      timeMs: Date.parse(summary.datetime_landed),
      how,
      ...common,
    },
  ]);
  return {
    id: `${EXPORTS} DL2983 ${track.address}`,
    corpus: EXPORTS,
    file: `${EXPORTS}/data_DL2983`,
    track,
    truths: truths.sort((a, b) => a.timeMs - b.timeMs),
    negatives: highFlight(track),
    complete: true,
    special: false,
    aircraftKey: track.address,
    airportKey: "KDCA",
  };
}

function unkeyed({
  folder,
  name,
  rows,
  airports,
}: {
  readonly folder: string;
  readonly name: string;
  readonly rows: readonly Row[];
  readonly airports: AirportTable;
}): Case[] {
  const track = gatherTrack({
    file: join(folder, name),
    format: "fr24-api",
    address: inventedAddress(name),
    points: rows.map(boughtPoint),
  });
  if (!track) return [];
  const truths = selfKeyedTruths(track, airports);
  return [
    {
      id: `${EXPORTS} ${basename(name)} ${track.address}`,
      corpus: EXPORTS,
      file: `${EXPORTS}/${name}`,
      track,
      truths,
      negatives: highFlight(track),
      complete: false,
      // T-38s in the circuit: many passes, and the service itself has no landing for them.
      special: name.includes("DO61"),
      aircraftKey: track.address,
      airportKey: truths.at(-1)?.airport?.ident ?? "none",
    },
  ];
}

function boughtPoint(row: Row): Omit<Point, "row"> {
  const altitudeFt = cell(row.alt);
  const onGround = altitudeFt === 0 && !(Number(row.gspeed) > 150);
  return {
    timeMs: Date.parse(row.timestamp!),
    latDeg: Number(row.lat),
    lonDeg: Number(row.lon),
    altitudeFt: onGround ? undefined : altitudeFt,
    groundSpeedKt: cell(row.gspeed),
    verticalRateFpm: onGround ? undefined : cell(row.vspeed),
    trackAngleDeg: onGround ? undefined : cell(row.track),
    onGround: onGround ? true : undefined,
    callsign: row.callsign || undefined,
  };
}
