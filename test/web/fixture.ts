import type { JourneyJson, MovementJson, StopJson, TrackJson } from "../../src/api/shapes.js";

const START_S = Date.parse("2019-01-23T00:00:00Z") / 1000;
/** The aircraft of the fixture. */
export const HEX = "1403c0";

/** @returns a time so many minutes after the start, ISO 8601 */
export function isoAt(minute: number): string {
  return `${new Date((START_S + minute * 60) * 1000).toISOString().slice(0, 19)}Z`;
}

/** An hour up from Vnukovo, three hours of silence, an hour down to Dakar. */
export const TRACK: TrackJson = (() => {
  const minutes = [
    ...Array.from({ length: 61 }, (_, i) => i),
    ...Array.from({ length: 61 }, (_, i) => 240 + i),
  ];
  return {
    schema: "wheelsdown/track/1",
    hex: HEX,
    simulated: true,
    positionCount: minutes.length,
    time: minutes.map((minute) => START_S + minute * 60),
    lat: minutes.map((minute) => 55.6 + (minute / 300) * (14.67 - 55.6)),
    lon: minutes.map((minute) => 37.26 + (minute / 300) * (-17.07 - 37.26)),
    altitudeFt: minutes.map((minute) =>
      minute === 0 ? null : Math.min(34_000, minute * 1500, (301 - minute) * 1500),
    ),
    speedKt: minutes.map(() => 450),
    ground: minutes.map((minute) => minute === 0),
    source: minutes.map(() => 0),
    gapAt: [61],
    gaps: [
      {
        id: `${HEX}-${START_S + 3600}`,
        from: isoAt(60),
        to: isoAt(240),
        durationS: 10_800,
        distanceKm: 3800,
      },
    ],
    endGaps: [],
  };
})();

function movement(
  kind: "landing" | "takeoff",
  minute: number,
  more: Partial<MovementJson>,
): MovementJson {
  return {
    schema: "wheelsdown/movement/1",
    hex: HEX,
    registration: "RA-00960",
    type: "IL96",
    callsign: "SIM96",
    kind,
    timeFrom: isoAt(minute),
    timeTo: isoAt(minute),
    time: isoAt(minute),
    airport: "UUWW",
    airportName: "Vnukovo International Airport",
    country: "RU",
    candidates: [{ airport: "UUWW", probability: 0.995 }],
    offAirport: false,
    lat: 55.6,
    lon: 37.26,
    runway: "06",
    evidence: "seen",
    class: "G0",
    probability: 0.995,
    basis: "seen on the ground",
    simulated: true,
    timeLocal: null,
    timeZone: "Europe/Moscow",
    exhibits: [{ input: "ab", file: "trace.json", rowFrom: 1, rowTo: 2 }],
    coverage: null,
    priors: { fields: true, routes: null },
    ...more,
  };
}

const DAKAR = {
  airport: "GOBD",
  airportName: "Blaise Diagne International Airport",
  country: "SN",
  lat: 14.67,
  lon: -17.07,
};
/** Inferred, at Dakar. */
export const LANDING = movement("landing", 300, {
  ...DAKAR,
  evidence: "inferred",
  class: "G4",
  timeTo: isoAt(310),
});
/** Seen, at Vnukovo. */
export const TAKEOFF = movement("takeoff", 0, {});

function stop(number: number, more: Partial<StopJson>): StopJson {
  return {
    schema: "wheelsdown/stop/1",
    hex: HEX,
    number,
    openEnd: null,
    airport: "UUWW",
    airportName: "Vnukovo International Airport",
    country: "RU",
    candidates: [],
    outcomes: null,
    lat: 55.6,
    lon: 37.26,
    evidence: "seen",
    arrival: null,
    arrivalLocal: null,
    departure: null,
    departureLocal: null,
    timeZone: "Europe/Moscow",
    simulated: true,
    landing: null,
    takeoff: null,
    ...more,
  };
}

/** Two stops and a leg. */
export const JOURNEY: JourneyJson = {
  schema: "wheelsdown/journey/1",
  hex: HEX,
  registration: "RA-00960",
  type: "IL96",
  from: isoAt(0),
  to: isoAt(300),
  distanceKm: 6466,
  distanceNm: 3491,
  largestGapS: 10_800,
  simulated: true,
  stops: [
    stop(1, {
      departure: isoAt(0),
      departureLocal: "Wed 23 Jan 2019 03:00 (UTC+3)",
      takeoff: TAKEOFF,
    }),
    stop(2, {
      ...DAKAR,
      evidence: "inferred",
      arrival: isoAt(300),
      arrivalLocal: "Wed 23 Jan 2019 05:00 (UTC)",
      landing: LANDING,
      outcomes: {
        airports: [{ airport: "GOBD", probability: 0.99 }],
        offAirport: 0,
        cannotTell: 0.005,
        noStop: 0.005,
      },
    }),
  ],
  legs: [
    {
      from: 1,
      to: 2,
      departure: isoAt(0),
      arrival: isoAt(300),
      durationS: 18_000,
      distanceKm: 6466,
      distanceNm: 3491,
      gapCount: 1,
      largestGapS: 10_800,
      seenShare: 0.4,
    },
  ],
};
