import type { Case, Claim, Truth } from "../../accuracy/case.js";
import { gatherTrack } from "../../accuracy/corpora/gather.js";
import { parseAddress } from "../../src/aircraft/address.js";
import type { Airport } from "../../src/place/airport.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import type { Point, Track } from "../../src/track/track.js";
import { METRES_PER_NM } from "../../src/units/quantity.js";

export const START_MS = Date.UTC(2020, 0, 1);
const MINUTE_MS = 60_000;
const DEG_PER_NM = METRES_PER_NM / 111_195;

function airport(ident: string, latDeg: number, scheduled: boolean): Airport {
  const half = 0.015;
  return {
    ident,
    name: ident,
    kind: "medium",
    latDeg,
    lonDeg: 10,
    elevationFt: 100,
    country: "XX",
    municipality: ident,
    iata: "",
    aliases: [],
    scheduled,
    military: false,
    runways: [
      {
        id: "1",
        lengthM: 3000,
        widthM: 45,
        surface: "hard",
        closed: false,
        ends: [
          { name: "36", latDeg: latDeg - half, lonDeg: 10, headingDeg: 0 },
          { name: "18", latDeg: latDeg + half, lonDeg: 10, headingDeg: 180 },
        ],
      },
    ],
  };
}

/** NORTH has airline service; MILNEAR, 7 NM south of it under the approach, has none. SOUTH lies 120 NM south. */
export const NORTH = airport("NORTH", 52, true);
export const MILNEAR = airport("MILNEAR", 52 - 7 * DEG_PER_NM, false);
export const SOUTH = airport("SOUTH", 50, true);
export const AIRPORTS = buildAirportTable([NORTH, MILNEAR, SOUTH]);

export function trackOf(points: readonly Omit<Point, "row">[]): Track {
  return gatherTrack({
    file: "tiny",
    format: "test",
    address: parseAddress("abc123")!,
    points,
  })!;
}

/** From SOUTH to NORTH along the meridian, a point a minute: 10 min of ground, 40 of flight, 10 of ground. */
export function southToNorth(fromMs = START_MS): Omit<Point, "row">[] {
  const points: Omit<Point, "row">[] = [];
  for (let minute = 0; minute <= 60; minute++) {
    const flown = Math.min(1, Math.max(0, (minute - 10) / 40));
    const onGround = flown === 0 || flown === 1;
    const heightFt = 1_000 * Math.min(20, 40 * flown, 40 * (1 - flown));
    points.push({
      timeMs: fromMs + minute * MINUTE_MS,
      latDeg: 50 + 2 * flown,
      lonDeg: 10,
      altitudeFt: onGround ? undefined : 100 + heightFt,
      groundSpeedKt: onGround ? 5 : 180,
      onGround,
    });
  }
  return points;
}

export function truthOf(kind: Truth["kind"], airportOf: Airport, timeMs: number): Truth {
  return {
    kind,
    airport: airportOf,
    timeMs,
    toleranceMs: 60_000,
    timed: true,
    seen: "ground",
    grade: "A",
    how: "test",
  };
}

/** The flight of `southToNorth` with its truth. */
export function southToNorthCase(): Case {
  return {
    id: "tiny",
    corpus: "test",
    file: "tiny",
    track: trackOf(southToNorth()),
    truths: [
      truthOf("takeoff", SOUTH, START_MS + 10 * MINUTE_MS),
      truthOf("landing", NORTH, START_MS + 50 * MINUTE_MS),
    ],
    negatives: [],
    complete: true,
    special: false,
    aircraftKey: "abc123",
    airportKey: "NORTH",
  };
}

export function claimOf(options: Partial<Claim> & { readonly timeMs: number }): Claim {
  return {
    kind: "landing",
    timeFromMs: options.timeMs,
    timeToMs: options.timeMs,
    airport: undefined,
    ranked: options.airport ? [{ airport: options.airport, probability: 0.9 }] : [],
    probability: 0.9,
    why: "test",
    ...options,
  };
}
