import type {
  AircraftJson,
  AirportJson,
  ArrivalJson,
  CountryJson,
  GapAnswerJson,
  JourneyJson,
  LakeJson,
  LandingJson,
  ListJson,
  MovementJson,
  StopJson,
  TrackJson,
} from "../../src/api/shapes.js";

const START_S = Date.parse("2019-01-23T00:00:00Z") / 1000;
const HEX = "1403c0";

function isoAt(minute: number): string {
  return `${new Date((START_S + minute * 60) * 1000).toISOString().slice(0, 19)}Z`;
}

/** An hour up from Vnukovo, three hours of silence, an hour down to Dakar. */
export const TRACK: TrackJson = (() => {
  const minutes = [
    ...Array.from({ length: 61 }, (_, i) => i),
    ...Array.from({ length: 61 }, (_, i) => 240 + i),
  ];
  const at = (minute: number) => Math.min(1, minute / 300);
  return {
    schema: "wheelsdown/track/1",
    hex: HEX,
    simulated: true,
    positionCount: minutes.length,
    time: minutes.map((minute) => START_S + minute * 60),
    lat: minutes.map((minute) => 55.6 + at(minute) * (14.67 - 55.6)),
    lon: minutes.map((minute) => 37.26 + at(minute) * (-17.07 - 37.26)),
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
const LANDING = movement("landing", 300, {
  ...DAKAR,
  evidence: "inferred",
  class: "G4",
  timeTo: isoAt(310),
});
const TAKEOFF = movement("takeoff", 0, {});

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

function listOf<Item>(items: readonly Item[]): ListJson<Item> {
  return {
    schema: "wheelsdown/list/1",
    items,
    total: items.length,
    next: null,
    notes: ["a note"],
    simulated: true,
  };
}

const LANDINGS: readonly LandingJson[] = [
  {
    schema: "wheelsdown/landing/1",
    relation: "in",
    distanceKm: 0,
    distanceUncertaintyKm: 1,
    distanceStatement: "inside",
    simulated: true,
    movement: LANDING,
  },
];
const ARRIVALS: readonly ArrivalJson[] = [
  {
    schema: "wheelsdown/arrival/1",
    direction: "arrival",
    at: "GOBD",
    relation: "named",
    simulated: true,
    movement: LANDING,
    other: TAKEOFF,
  },
];
const AIRCRAFT: AircraftJson = {
  schema: "wheelsdown/aircraft/1",
  hex: HEX,
  state: "RU",
  stateName: "Russia",
  military: false,
  fleets: ["demo"],
  identities: [
    {
      registration: "RA-00960",
      type: "IL96",
      typeName: null,
      operator: null,
      from: null,
      to: null,
      source: "rule",
    },
  ],
  days: [{ day: "2019-01-23", positionCount: 122 }],
  airports: [],
  firstHeard: isoAt(0),
  lastHeard: isoAt(300),
  simulated: true,
};
const GAP: GapAnswerJson = {
  schema: "wheelsdown/gap/1",
  id: TRACK.gaps[0]!.id,
  hex: HEX,
  last: {
    time: isoAt(60),
    lat: 47.4,
    lon: 26.4,
    altitudeFt: 34_000,
    speedKt: 450,
    onGround: false,
    file: "a",
    row: 1,
  },
  next: {
    time: isoAt(240),
    lat: 22.9,
    lon: -6.2,
    altitudeFt: 34_000,
    speedKt: 450,
    onGround: false,
    file: "a",
    row: 2,
  },
  durationS: 10_800,
  distanceKm: 3800,
  cruiseKt: 900,
  cruiseFrom: "cruise of IL96",
  reach: {
    type: "Polygon",
    coordinates: [
      [
        [0, 20],
        [20, 40],
        [10, 45],
        [-5, 30],
        [0, 20],
      ],
    ],
  },
  airports: [
    {
      airport: "DAAG",
      airportName: "Houari Boumediene",
      country: "DZ",
      lat: 36.7,
      lon: 3.2,
      fromLastKm: 2000,
      toNextKm: 1900,
      spareS: 600,
      longestRunwayM: 3500,
      longEnough: true,
    },
  ],
  airportsLeftOut: 0,
  movements: [],
  othersHeard: { atLast: 3, atNext: 0 },
  sentence: "No signal was received for 3 h.",
  simulated: true,
};
const AIRPORT: AirportJson = {
  schema: "wheelsdown/airport/1",
  ident: "GOBD",
  iata: "DSS",
  name: "Blaise Diagne International Airport",
  country: "SN",
  countryName: "Senegal",
  municipality: "Dakar",
  lat: 14.67,
  lon: -17.07,
  elevationFt: 290,
  timeZone: "Africa/Dakar",
  military: false,
  runways: [
    {
      id: "01/19",
      lengthM: 3500,
      widthM: 60,
      surface: "hard",
      closed: false,
      ends: [
        { name: "01", lat: 14.654, lon: -17.073, headingDeg: 10 },
        { name: "19", lat: 14.685, lon: -17.069, headingDeg: 190 },
      ],
    },
  ],
};
const COUNTRY: CountryJson = {
  schema: "wheelsdown/country/1",
  code: "SN",
  name: "Senegal",
  from: null,
  to: null,
  landings: 1,
  possibleLandings: 0,
  overflights: null,
  aircraft: [
    { hex: HEX, registration: "RA-00960", type: "IL96", landings: 1, possibleLandings: 0 },
  ],
  note: "land and territorial sea",
};
const LAKE: LakeJson = {
  schema: "wheelsdown/lake/1",
  program: "0.1.0",
  engine: "5",
  simulated: true,
  aircraftCount: 1,
  inputCount: 1,
  positionCount: 122,
  movementCount: 2,
  days: [{ day: "2019-01-23", positionCount: 122, state: "partial", folderCount: 200 }],
  licences: [{ licence: "not stated", inputCount: 1 }],
  formats: [{ format: "readsb-trace", inputCount: 1 }],
};
const CELL = {
  aircraftHours: 1,
  heardAircraftHours: 1,
  adsbHours: 1,
  mlatHours: 0,
  otherHours: 0,
  share: 0.5,
};

/** Answers of the API by path. */
export const ANSWERS: Readonly<Record<string, unknown>> = {
  "/api/lake": LAKE,
  "/api/landings": listOf(LANDINGS),
  "/api/search": {
    schema: "wheelsdown/search/1",
    query: "ra",
    found: [{ kind: "aircraft", id: HEX, title: "RA-00960", detail: "IL96", inLake: true }],
  },
  [`/api/aircraft/${HEX}`]: AIRCRAFT,
  [`/api/aircraft/${HEX}/journeys`]: listOf([JOURNEY]),
  [`/api/aircraft/${HEX}/track`]: TRACK,
  [`/api/gap/${GAP.id}`]: GAP,
  "/api/airport/GOBD": AIRPORT,
  "/api/airport/GOBD/arrivals": listOf(ARRIVALS),
  "/api/coverage": {
    schema: "wheelsdown/coverage/1",
    simulated: true,
    sentences: ["A landing would have been seen with probability 0.3."],
    bands: [{ name: "0-1500 ft", allDay: CELL, hours: Array.from({ length: 24 }, () => CELL) }],
    measured: {
      days: 1,
      daysHeld: 1,
      positions: 122,
      aircraftDays: 1,
      inputs: 1,
      partialInputs: 0,
      key: "k",
    },
  },
  "/api/country/SN": COUNTRY,
  "/api/country/SN/landings": listOf(LANDINGS),
  "/api/method": {
    version: "0.1.0",
    engineVersion: "5",
    classes: [{ class: "G0", meaning: "seen rolling", group: "seen" }],
    calibration: {
      fittedOn: "2026-11-28",
      caseCount: { calibrate: 49, heldBack: 40 },
      airportCount: { calibrate: 41, heldBack: 34 },
      reliability: {
        happened: [
          {
            from: 0.9,
            statementCount: 5,
            eventCount: 3,
            stated: 0.95,
            happened: 1,
            low: 0.9,
            high: 1,
          },
        ],
      },
    },
    cannotSay: ["who was aboard"],
  },
};
