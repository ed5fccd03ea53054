import { join } from "node:path";
import { parseAddress } from "../../src/aircraft/address.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import type { AirportDirectory } from "../../src/place/airport-table.js";
import type { Point } from "../../src/track/track.js";
import type { Case } from "../case.js";
import { gatherTrack, inventedAddress } from "./gather.js";
import { knownFlightCase } from "./keyed-case.js";
import { cell, groupBy, type Row, readRows } from "./read-rows.js";

const FEBRUARY = "trrrj-feb2017";
const HEATHROW = "trrrj-egll-aug2017";
/** Codes that moved since: Istanbul's traffic left Ataturk in April 2019. Source: the aerodrome's history. */
const IN_2017: Readonly<Record<string, string>> = { IST: "LTBA" };

/** Real airline flights of 5 February 2017; destinations as radar and the network's manager know them. */
export function februaryFlights(dataFolder: string, airports: AirportDirectory): Case[] {
  const folder = join(dataFolder, FEBRUARY);
  const aircraft = new Map(
    readRows(join(folder, "20170205_flights.csv")).map((row) => [row.flight_id!, row]),
  );
  const file = "20170205_positions_all.csv.gz";
  const positions = groupBy(readRows(join(folder, file)), (row) => row.flight_id!);
  return readRows(join(folder, "answer_key.csv")).flatMap((key) => {
    const registration = aircraft.get(key.flight_id!)?.reg ?? key.callsign!;
    const track = gatherTrack({
      file: join(folder, file),
      format: "fr24-archive",
      address: inventedAddress(registration),
      stated: { registration, typeDesignator: key.type! },
      points: (positions.get(key.flight_id!) ?? []).map((row) => archivePoint(row, key.callsign!)),
    });
    if (!track) return [];
    const known = {
      corpus: FEBRUARY,
      file,
      name: key.callsign!,
      track,
      from: airportOf(airports, key.adep_nm!, key.from_iata!),
      to: airportOf(airports, key.ades_nm!, key.to_iata_real!),
      grade: "A" as const,
      how: "real destination of the archive, and the network manager's where it has the flight",
      aircraftKey: registration,
    };
    return [knownFlightCase(known, airports)];
  });
}

function airportOf(airports: AirportDirectory, icao: string, iata: string): Airport | undefined {
  if (/^[A-Z]{4}$/.test(icao)) return airports.find(icao);
  const then = IN_2017[iata];
  return then ? airports.find(then) : airports.findIata(iata);
}

/** The archive writes altitude 0 for an aircraft on the ground, whatever the field's elevation. */
function archivePoint(row: Row, callsign: string): Omit<Point, "row"> {
  const altitudeFt = cell(row.altitude);
  const onGround = altitudeFt === 0;
  return {
    timeMs: Number(row.snapshot_id) * 1000,
    latDeg: Number(row.latitude),
    lonDeg: Number(row.longitude),
    altitudeFt: onGround ? undefined : altitudeFt,
    groundSpeedKt: cell(row.speed),
    trackAngleDeg: cell(row.heading),
    onGround: onGround ? true : undefined,
    callsign,
  };
}

/** Heathrow arrivals of 2 August 2017: sparse tracks from afar, and dense ones of the last minutes. */
export function heathrowArrivals(dataFolder: string, airports: AirportTable): Case[] {
  const folder = join(dataFolder, HEATHROW);
  const flights = readRows(join(folder, "egll_flt_rt_2017-08-02.csv.gz"));
  return [
    ...tracksOf(join(folder, "egll-positions-fr24.csv.gz"), (id) =>
      flights.find((row) => row.source_ids!.includes(`'0x${id}'`)),
    ),
    ...tracksOf(join(folder, "egll-positions-rt.csv.gz"), (id) =>
      flights.find((row) => row.flight_id === id),
    ),
  ].flatMap(({ file, id, flight, rows }) => {
    const address = parseAddress(flight.aircraft_address!.slice(2)) ?? inventedAddress(id);
    const typeDesignator = flight.aircraft_type === "NA" ? undefined : flight.aircraft_type!;
    const track = gatherTrack({
      file: join(folder, file),
      format: "trrrj",
      address,
      stated: typeDesignator ? { typeDesignator } : {},
      points: believable(rows).map((row) => heathrowPoint(row, flight.callsign!)),
    });
    if (!track) return [];
    const known = {
      corpus: HEATHROW,
      file,
      name: `${flight.callsign} ${address} ${id.slice(0, 8)}`,
      track,
      from: airports.find(flight.adep!),
      to: airports.find(flight.ades!),
      grade: "A" as const,
      how: "flight list",
      aircraftKey: address,
    };
    return [knownFlightCase(known, airports)];
  });
}

interface FlightRows {
  readonly file: string;
  readonly id: string;
  readonly flight: Row;
  readonly rows: readonly Row[];
}

function tracksOf(path: string, flightOf: (id: string) => Row | undefined): FlightRows[] {
  return [...groupBy(readRows(path), (row) => row.flight_id!)].flatMap(([id, rows]) => {
    const flight = flightOf(id);
    return flight ? [{ file: path.slice(path.lastIndexOf("/") + 1), id, flight, rows }] : [];
  });
}

/** Below this the smoothed reference tracks are extrapolated: they fly on at 0 ft, or stop in the air. */
const SMOOTHED_DOWN_TO_FT = 300 + 83;
/** Where the smoother bridged a wrong join it flies backwards or at 400 kt on final. */
const FLYING_MIN_KT = 80;
const LOW_MAX_KT = 300;
const LOW_FT = 6_000;

/** Points that an aircraft could have flown; none of a smoothed track with a wrong join in it. */
function believable(rows: readonly Row[]): readonly Row[] {
  if (rows[0]?.sequence_number === undefined) return rows;
  const sorted = [...rows].sort((a, b) => (a.timestamp! < b.timestamp! ? -1 : 1));
  const low = sorted.findIndex((row) => Number(row.altitude) < SMOOTHED_DOWN_TO_FT);
  const flown = low < 0 ? sorted : sorted.slice(0, low);
  const nonsense = flown.some((row) => {
    const speedKt = Number(row.speed_gnd);
    return speedKt < FLYING_MIN_KT || (speedKt > LOW_MAX_KT && Number(row.altitude) < LOW_FT);
  });
  return nonsense ? [] : flown;
}

function heathrowPoint(row: Row, callsign: string): Omit<Point, "row"> {
  const onGround = row.on_ground === "1" ? true : row.on_ground === "0" ? false : undefined;
  return {
    timeMs: Date.parse(row.event_time ?? row.timestamp!),
    latDeg: Number(row.latitude),
    lonDeg: Number(row.longitude),
    altitudeFt: onGround ? undefined : cell(row.altitude),
    groundSpeedKt: cell(row.speed ?? row.speed_gnd),
    trackAngleDeg: cell(row.track_gnd),
    verticalRateFpm: cell(row.vert_speed),
    onGround,
    callsign,
  };
}
