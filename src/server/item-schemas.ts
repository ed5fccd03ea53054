/** Shapes of what stands in lists as schemas; the compiler holds them to the types they describe. */

import * as v from "valibot";
import type * as api from "../api/shapes.js";

// Parts of every shape; unknown is null.
export const text = v.string();
export const textOrNull = v.nullable(text);
export const number = v.number();
export const numberOrNull = v.nullable(number);
export const flag = v.boolean();
export const times = v.pipe(text, v.description("ISO 8601, UTC"));
export const timesOrNull = v.nullable(times);

/** A schema whose values are those of a type, no more and no less. */
export type Shape<T> = v.GenericSchema<T>;
/** The name and number of a shape. */
export const schemaOf = <Name extends string>(name: Name) => v.literal(name);

const candidate = v.object({ airport: text, probability: number });
const evidence = v.picklist(["seen", "inferred"]);

export const movement: Shape<api.MovementJson> = v.object({
  schema: schemaOf("wheelsdown/movement/1"),
  hex: text,
  registration: textOrNull,
  type: textOrNull,
  callsign: textOrNull,
  kind: v.picklist(["landing", "takeoff", "touch-and-go", "go-around", "low-pass"]),
  timeFrom: times,
  timeTo: times,
  time: times,
  airport: textOrNull,
  airportName: textOrNull,
  country: textOrNull,
  candidates: v.array(candidate),
  offAirport: flag,
  lat: numberOrNull,
  lon: numberOrNull,
  runway: textOrNull,
  evidence,
  class: v.picklist(["G0", "G1", "G2", "G3", "G4", "G5", "G7", "G8", "GAP", "N1", "N2", "T"]),
  probability: numberOrNull,
  basis: text,
  simulated: flag,
  timeLocal: textOrNull,
  timeZone: textOrNull,
  exhibits: v.array(v.object({ input: text, file: text, rowFrom: number, rowTo: number })),
  coverage: v.nullable(
    v.object({
      measurement: text,
      fields: v.array(v.object({ airport: text, seenProbability: number, before: number })),
    }),
  ),
  priors: v.object({
    fields: flag,
    routes: v.nullable(
      v.object({
        file: text,
        sha256: text,
        callsign: text,
        airports: v.array(text),
        before: v.array(candidate),
      }),
    ),
  }),
});

export const landing: Shape<api.LandingJson> = v.object({
  schema: schemaOf("wheelsdown/landing/1"),
  relation: v.picklist(["in", "near", "possible", "unknown", "elsewhere"]),
  distanceKm: numberOrNull,
  distanceUncertaintyKm: numberOrNull,
  distanceStatement: textOrNull,
  simulated: flag,
  movement,
});

export const arrival: Shape<api.ArrivalJson> = v.object({
  schema: schemaOf("wheelsdown/arrival/1"),
  direction: v.picklist(["arrival", "departure"]),
  at: text,
  relation: v.picklist(["named", "possible"]),
  simulated: flag,
  movement,
  other: v.nullable(movement),
});

export const stop: Shape<api.StopJson> = v.object({
  schema: schemaOf("wheelsdown/stop/1"),
  hex: text,
  number,
  openEnd: v.nullable(v.picklist(["before", "after"])),
  airport: textOrNull,
  airportName: textOrNull,
  country: textOrNull,
  candidates: v.array(candidate),
  outcomes: v.nullable(
    v.object({
      airports: v.array(candidate),
      offAirport: number,
      cannotTell: number,
      noStop: number,
    }),
  ),
  lat: numberOrNull,
  lon: numberOrNull,
  evidence,
  arrival: timesOrNull,
  arrivalLocal: textOrNull,
  departure: timesOrNull,
  departureLocal: textOrNull,
  timeZone: textOrNull,
  simulated: flag,
  landing: v.nullable(movement),
  takeoff: v.nullable(movement),
});

export const leg: Shape<api.LegJson> = v.object({
  from: number,
  to: number,
  departure: timesOrNull,
  arrival: timesOrNull,
  durationS: numberOrNull,
  distanceKm: numberOrNull,
  distanceNm: numberOrNull,
  gapCount: number,
  largestGapS: numberOrNull,
  seenShare: numberOrNull,
});

export const journey: Shape<api.JourneyJson> = v.object({
  schema: schemaOf("wheelsdown/journey/1"),
  hex: text,
  registration: textOrNull,
  type: textOrNull,
  from: times,
  to: times,
  distanceKm: numberOrNull,
  distanceNm: numberOrNull,
  largestGapS: numberOrNull,
  simulated: flag,
  stops: v.array(stop),
  legs: v.array(leg),
});

export const position: Shape<api.PositionJson> = v.object({
  time: times,
  lat: numberOrNull,
  lon: numberOrNull,
  altitudeFt: numberOrNull,
  input: textOrNull,
  file: textOrNull,
  row: number,
});

export const area: Shape<api.AreaJson> = v.object({
  schema: schemaOf("wheelsdown/area/1"),
  hex: text,
  registration: textOrNull,
  type: textOrNull,
  callsigns: v.array(text),
  firstHeard: times,
  lastHeard: times,
  positions: number,
  groundPositions: number,
  lowestAltitudeFt: numberOrNull,
  outcome: v.picklist(["landed", "possible", "passed"]),
  simulated: flag,
  visits: v.array(
    v.object({
      from: times,
      to: times,
      entry: v.picklist(["seen", "not-seen"]),
      exit: v.picklist(["seen", "not-seen"]),
      positions: number,
      groundPositions: number,
      largestGapS: number,
      first: position,
      last: position,
      lowest: v.nullable(position),
    }),
  ),
  also: v.nullable(
    v.object({ apartS: number, visits: v.array(v.object({ from: times, to: times })) }),
  ),
});
