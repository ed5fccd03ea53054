import type {
  AircraftJson,
  AirportJson,
  ArrivalJson,
  CountryJson,
  GapAnswerJson,
  LakeJson,
  LandingJson,
  LandingListJson,
  ListJson,
  PositionAnswerJson,
} from "../../src/api/shapes.js";
import { HEX, isoAt, JOURNEY, LANDING, TAKEOFF, TRACK } from "./fixture.js";

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

/** A list with one landing. */
export const LANDINGS: readonly LandingJson[] = [
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
/** No server says it of simulated data; the page shows what it is told. */
const WITHHELD =
  "positions and movements after 2019-01-24T00:00:00Z are younger than 24 h and were withheld";
const AIRCRAFT: AircraftJson = {
  schema: "wheelsdown/aircraft-answer/1",
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
  notes: [WITHHELD],
  simulated: true,
};
const POSITION: PositionAnswerJson = {
  schema: "wheelsdown/position-answer/1",
  hex: HEX,
  time: "2019-01-23T00:30:00.000Z",
  timeLocal: null,
  timeZone: null,
  lat: 51.5,
  lon: 31.8,
  altitudeFt: 34_000,
  geometricAltitudeFt: 34_125,
  groundSpeedKt: 450,
  trackAngleDeg: 243,
  verticalRateFpm: 0,
  onGround: false,
  callsign: "SIM96",
  source: "adsb_icao",
  nic: 8,
  nacP: null,
  sil: null,
  squawk: null,
  setAside: null,
  input: "ab".repeat(32),
  file: "in/trace_full_1403c0.json",
  format: "readsb-trace",
  row: 30,
  simulated: true,
};
const GAP: GapAnswerJson = {
  schema: "wheelsdown/gap-answer/1",
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
  anywhere: false,
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
  hardKt: 650,
  hardReach: null,
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
  unplacedAircraft: 2,
  unplacedStops: 3,
  frame: [-17.7, 12.2, -11.2, 16.8],
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
  withheld: [WITHHELD],
  showing: [],
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
  "/api/landings": {
    ...listOf(LANDINGS),
    days: [{ day: "2019-01-23", seen: 0, inferred: 1, possible: 0 }],
    undated: 1,
    unplaced: 2,
    frame: null,
  } satisfies LandingListJson,
  "/api/search": {
    schema: "wheelsdown/search/1",
    query: "ra",
    found: [{ kind: "aircraft", id: HEX, title: "RA-00960", detail: "IL96", inLake: true }],
  },
  [`/api/aircraft/${HEX}`]: AIRCRAFT,
  [`/api/aircraft/${HEX}/journeys`]: listOf([JOURNEY]),
  [`/api/aircraft/${HEX}/track`]: TRACK,
  [`/api/aircraft/${HEX}/position`]: POSITION,
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
