/** Shapes of the answers as schemas, for the documentation; the compiler holds them to the types they describe. */

import * as v from "valibot";
import type { DossierAnswerJson } from "../api/dossier-shapes.js";
import type * as api from "../api/shapes.js";
import {
  area,
  arrival,
  flag,
  journey,
  landing,
  leg,
  movement,
  number,
  numberOrNull,
  position,
  type Shape,
  schemaOf,
  stop,
  text,
  textOrNull,
  times,
  timesOrNull,
} from "./item-schemas.js";

function listOf<T extends Shape<unknown>>(items: T) {
  return v.object({
    schema: schemaOf("wheelsdown/list/1"),
    items: v.array(items),
    total: numberOrNull,
    next: numberOrNull,
    notes: v.array(text),
    simulated: flag,
  });
}

const frame = v.nullable(v.tuple([number, number, number, number]));

const landings: Shape<api.LandingListJson> = v.object({
  ...listOf(landing).entries,
  days: v.array(v.object({ day: text, seen: number, inferred: number, possible: number })),
  undated: number,
  unplaced: number,
  frame,
});

const lake: Shape<api.LakeJson> = v.object({
  schema: schemaOf("wheelsdown/lake/1"),
  program: text,
  engine: text,
  simulated: flag,
  aircraftCount: number,
  inputCount: number,
  positionCount: number,
  movementCount: number,
  days: v.array(
    v.object({
      day: text,
      positionCount: number,
      state: v.picklist(["whole", "partial"]),
      folderCount: numberOrNull,
    }),
  ),
  licences: v.array(v.object({ licence: text, inputCount: number })),
  formats: v.array(v.object({ format: text, inputCount: number })),
  withheld: v.array(text),
  showing: v.array(v.picklist(["--include-private", "--include-recent"])),
});

const search: Shape<api.SearchJson> = v.object({
  schema: schemaOf("wheelsdown/search/1"),
  query: text,
  found: v.array(
    v.object({
      kind: v.picklist(["aircraft", "airport", "country", "fleet"]),
      id: text,
      title: text,
      detail: text,
      inLake: v.nullable(flag),
    }),
  ),
});

const aircraft: Shape<api.AircraftJson> = v.object({
  schema: schemaOf("wheelsdown/aircraft-answer/1"),
  hex: text,
  state: textOrNull,
  stateName: textOrNull,
  military: flag,
  fleets: v.array(text),
  identities: v.array(
    v.object({
      registration: textOrNull,
      type: textOrNull,
      typeName: textOrNull,
      operator: textOrNull,
      from: timesOrNull,
      to: timesOrNull,
      source: text,
    }),
  ),
  days: v.array(v.object({ day: text, positionCount: number })),
  airports: v.array(
    v.object({
      airport: text,
      airportName: text,
      country: text,
      seen: number,
      inferred: number,
      last: times,
    }),
  ),
  firstHeard: timesOrNull,
  lastHeard: timesOrNull,
  notes: v.array(text),
  simulated: flag,
});

const TRACK_GAP = {
  id: text,
  from: times,
  to: times,
  durationS: number,
  distanceKm: numberOrNull,
};

const endPlace: Shape<api.EndPlaceJson> = v.object({ lat: number, lon: number, onGround: flag });

const track: Shape<api.TrackJson> = v.object({
  schema: schemaOf("wheelsdown/track/1"),
  hex: text,
  simulated: flag,
  positionCount: number,
  time: v.array(number),
  lat: v.array(number),
  lon: v.array(number),
  altitudeFt: v.array(numberOrNull),
  speedKt: v.array(numberOrNull),
  ground: v.array(v.nullable(flag)),
  source: v.array(number),
  gapAt: v.array(number),
  gaps: v.array(v.object(TRACK_GAP)),
  endGaps: v.array(v.object({ ...TRACK_GAP, last: endPlace, next: endPlace })),
});

const positionAnswer: Shape<api.PositionAnswerJson> = v.object({
  schema: schemaOf("wheelsdown/position-answer/1"),
  hex: text,
  time: text,
  timeLocal: textOrNull,
  timeZone: textOrNull,
  lat: numberOrNull,
  lon: numberOrNull,
  altitudeFt: numberOrNull,
  geometricAltitudeFt: numberOrNull,
  groundSpeedKt: numberOrNull,
  trackAngleDeg: numberOrNull,
  verticalRateFpm: numberOrNull,
  onGround: v.nullable(flag),
  callsign: textOrNull,
  source: textOrNull,
  nic: numberOrNull,
  nacP: numberOrNull,
  sil: numberOrNull,
  squawk: textOrNull,
  setAside: v.nullable(v.picklist(["kept", "duplicate", "stale", "jump"])),
  input: textOrNull,
  file: textOrNull,
  format: textOrNull,
  row: number,
  simulated: flag,
});

const gapEdge: Shape<api.GapEdgeJson> = v.object({
  time: times,
  lat: number,
  lon: number,
  altitudeFt: numberOrNull,
  speedKt: numberOrNull,
  onGround: v.nullable(flag),
  file: textOrNull,
  row: number,
});

const gap: Shape<api.GapAnswerJson> = v.object({
  schema: schemaOf("wheelsdown/gap-answer/1"),
  id: text,
  hex: text,
  last: gapEdge,
  next: gapEdge,
  durationS: number,
  distanceKm: number,
  cruiseKt: number,
  cruiseFrom: text,
  anywhere: flag,
  reach: v.unknown(),
  hardKt: number,
  hardReach: v.unknown(),
  airports: v.array(
    v.object({
      airport: text,
      airportName: text,
      country: text,
      lat: number,
      lon: number,
      fromLastKm: number,
      toNextKm: number,
      spareS: number,
      longestRunwayM: numberOrNull,
      longEnough: v.nullable(flag),
    }),
  ),
  airportsLeftOut: number,
  movements: v.array(movement),
  othersHeard: v.object({ atLast: number, atNext: number }),
  sentence: text,
  simulated: flag,
});

const airport: Shape<api.AirportJson> = v.object({
  schema: schemaOf("wheelsdown/airport/1"),
  ident: text,
  iata: textOrNull,
  name: text,
  country: text,
  countryName: text,
  municipality: textOrNull,
  lat: number,
  lon: number,
  elevationFt: numberOrNull,
  timeZone: textOrNull,
  military: flag,
  runways: v.array(
    v.object({
      id: text,
      lengthM: numberOrNull,
      widthM: numberOrNull,
      surface: v.picklist(["hard", "soft", "water", "unknown"]),
      closed: flag,
      ends: v.array(
        v.object({ name: text, lat: numberOrNull, lon: numberOrNull, headingDeg: numberOrNull }),
      ),
    }),
  ),
});

const country: Shape<api.CountryJson> = v.object({
  schema: schemaOf("wheelsdown/country/1"),
  code: text,
  name: text,
  from: timesOrNull,
  to: timesOrNull,
  landings: number,
  possibleLandings: number,
  overflights: numberOrNull,
  unplacedAircraft: number,
  unplacedStops: number,
  frame,
  aircraft: v.array(
    v.object({
      hex: text,
      registration: textOrNull,
      type: textOrNull,
      landings: number,
      possibleLandings: number,
    }),
  ),
  note: text,
});

const coverage = v.looseObject({
  schema: schemaOf("wheelsdown/coverage/1"),
  simulated: flag,
  at: v.object({ label: text, ident: textOrNull, lat: number, lon: number }),
  from: times,
  to: times,
  timeZone: textOrNull,
  landing: v.nullable(v.looseObject({ kind: v.picklist(["known", "unknown"]) })),
  sentences: v.array(text),
  bands: v.array(v.looseObject({ name: text })),
  floors: v.nullable(v.looseObject({})),
});

const dossier: Shape<DossierAnswerJson> = v.object({
  schema: schemaOf("wheelsdown/dossier-answer/1"),
  title: text,
  question: text,
  command: text,
  simulated: flag,
  lead: text,
  landingCount: number,
  possibleCount: number,
  journeyCount: number,
  journeysNotShown: number,
  leftOut: v.object({
    landings: number,
    possible: number,
    journeys: number,
    stillTold: number,
  }),
  events: v.array(
    v.object({
      id: text,
      kind: v.picklist(["landing", "journey"]),
      hex: text,
      registration: textOrNull,
      time: times,
      timeFrom: times,
      timeTo: times,
      text,
      evidence: v.nullable(v.picklist(["seen", "inferred", "possible"])),
      journey: textOrNull,
      caption: textOrNull,
      isLeftOut: flag,
      simulated: flag,
    }),
  ),
  files: v.array(v.object({ file: text, byteCount: number, sha256: text })),
  notes: v.array(text),
});

const positions: Shape<api.PositionsJson> = v.object({
  schema: schemaOf("wheelsdown/positions/1"),
  from: times,
  to: times,
  positionCount: number,
  setAsideCount: number,
  aircraft: v.array(
    v.object({
      hex: text,
      registration: textOrNull,
      type: textOrNull,
      positionCount: number,
      simulated: flag,
    }),
  ),
  notes: v.array(text),
  simulated: flag,
});

/** What a 4xx or 5xx answer says. */
export const PROBLEM_SCHEMA: Shape<api.ProblemJson> = v.object({
  schema: schemaOf("wheelsdown/problem/1"),
  status: number,
  code: text,
  detail: text,
});

/** Every shape of an answer, by name. */
export const ANSWER_SCHEMAS = {
  lake,
  search,
  landings,
  aircraft,
  journeys: listOf(journey),
  movements: listOf(movement),
  track,
  position: positionAnswer,
  gap,
  airport,
  arrivals: listOf(arrival),
  coverage,
  country,
  area: listOf(area),
  dossier,
  positions,
  method: v.looseObject({ schema: schemaOf("wheelsdown/method/1"), version: text }),
  world: v.looseObject({ type: schemaOf("Topology") }),
  airports: v.looseObject({ schema: schemaOf("wheelsdown/basemap-airports/1") }),
} as const;
/** Which shape an endpoint answers with. */
export type AnswerName = keyof typeof ANSWER_SCHEMAS;

/** Shapes that stand in others, named in the documentation. */
export const NAMED_SCHEMAS = { movement, landing, arrival, stop, leg, journey, area, position };
