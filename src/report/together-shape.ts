/** JSON and CSV of aircraft at one place at one time: `wheelsdown/together/1`. */

import type { Encounter } from "../journey/encounters.js";
import type { Stay } from "../journey/stays.js";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds, localTime } from "../units/time.js";
import { type Cell, csv } from "./csv.js";
import {
  kilometres,
  type MovementIdentity,
  type MovementJson,
  movementJson,
  rounded,
  textOrNull,
} from "./shapes.js";

/** One of two aircraft. */
export interface OneOfTwo {
  readonly address: string;
  readonly identity: MovementIdentity;
}

interface AircraftJson {
  readonly hex: string;
  readonly registration: string | null;
  readonly type: string | null;
}

/** How long an aircraft stood: to and from the same where only its landing or its take-off is known. */
interface StayJson {
  readonly from: string;
  readonly to: string;
  readonly landing: MovementJson | null;
  readonly takeoff: MovementJson | null;
}

/** Two aircraft at one airport ("stay"), or near each other in the air ("air"). */
export interface TogetherJson {
  readonly schema: "wheelsdown/together/1";
  readonly kind: "stay" | "air";
  readonly aircraft: AircraftJson;
  readonly other: AircraftJson;
  readonly from: string;
  readonly to: string;
  readonly durationS: number;
  readonly simulated: boolean;
  /** Of a stay; null in the air. */
  readonly airport: string | null;
  readonly airportName: string | null;
  readonly fromLocal: string | null;
  readonly toLocal: string | null;
  readonly timeZone: string | null;
  readonly stay: StayJson | null;
  readonly otherStay: StayJson | null;
  /** In the air; null for a stay. */
  readonly closest: {
    readonly time: string;
    readonly distanceKm: number | null;
    /** Difference of pressure altitudes. */
    readonly heightFt: number | null;
    readonly lat: number | null;
    readonly lon: number | null;
  } | null;
  readonly positions: number | null;
}

/** A stay that two aircraft shared. */
export function sharedStayJson(found: {
  readonly one: OneOfTwo;
  readonly other: OneOfTwo;
  readonly stay: Stay;
  readonly otherStay: Stay;
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: string | undefined;
}): TogetherJson {
  const { one, other, stay, otherStay, timeZone, ...overlap } = found;
  const ends = [stay.landing, stay.takeoff, otherStay.landing, otherStay.takeoff];
  return {
    ...head("stay", one, other),
    ...stretch(overlap),
    simulated: ends.some((end) => end?.simulated),
    airport: stay.airport.ident,
    airportName: textOrNull(stay.airport.name),
    fromLocal: localTime(overlap.fromMs, timeZone) ?? null,
    toLocal: localTime(overlap.toMs, timeZone) ?? null,
    timeZone: timeZone ?? null,
    stay: stayJson(stay, { ...one.identity, timeZone }),
    otherStay: stayJson(otherStay, { ...other.identity, timeZone }),
    closest: null,
    positions: null,
  };
}

/** A stretch in which two aircraft flew near each other. */
export function encounterJson(found: {
  readonly one: OneOfTwo;
  readonly other: OneOfTwo;
  readonly encounter: Encounter;
  readonly simulated: boolean;
}): TogetherJson {
  const { one, other, encounter, simulated } = found;
  const { closest } = encounter;
  return {
    ...head("air", one, other),
    ...stretch(encounter),
    simulated,
    airport: null,
    airportName: null,
    fromLocal: null,
    toLocal: null,
    timeZone: null,
    stay: null,
    otherStay: null,
    closest: {
      time: isoSeconds(closest.timeMs),
      distanceKm: kilometres(closest.distanceM),
      heightFt: rounded(closest.heightFt, 0),
      lat: rounded(closest.latDeg, 5),
      lon: rounded(closest.lonDeg, 5),
    },
    positions: encounter.count,
  };
}

function head<K extends "stay" | "air">(kind: K, one: OneOfTwo, other: OneOfTwo) {
  return {
    schema: "wheelsdown/together/1",
    kind,
    aircraft: aircraftJson(one),
    other: aircraftJson(other),
  } as const;
}

function aircraftJson({ address, identity }: OneOfTwo): AircraftJson {
  return {
    hex: address,
    registration: textOrNull(identity.registration),
    type: textOrNull(identity.typeDesignator),
  };
}

function stretch({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
  return {
    from: isoSeconds(fromMs),
    to: isoSeconds(toMs),
    durationS: Math.round((toMs - fromMs) / SECOND_MS),
  };
}

function stayJson(stay: Stay, identity: MovementIdentity): StayJson {
  return {
    from: isoSeconds(stay.fromMs),
    to: isoSeconds(stay.toMs),
    landing: stay.landing ? movementJson(stay.landing, identity) : null,
    takeoff: stay.takeoff ? movementJson(stay.takeoff, identity) : null,
  };
}

const TOGETHER_HEADER = [
  "kind",
  "hex",
  "registration",
  "type",
  "otherHex",
  "otherRegistration",
  "otherType",
  "from",
  "to",
  "durationS",
  "airport",
  "airportName",
  "fromLocal",
  "toLocal",
  "timeZone",
  "stayFrom",
  "stayTo",
  "otherStayFrom",
  "otherStayTo",
  "closestTime",
  "closestKm",
  "closestHeightFt",
  "closestLat",
  "closestLon",
  "positions",
  "simulated",
  "fromMs",
  "toMs",
] as const;

/** One row per shared stay or encounter. */
export function togetherCsv(found: readonly TogetherJson[]): string {
  const rows = found.map((one): Cell[] => [
    one.kind,
    one.aircraft.hex,
    one.aircraft.registration,
    one.aircraft.type,
    one.other.hex,
    one.other.registration,
    one.other.type,
    one.from,
    one.to,
    one.durationS,
    one.airport,
    one.airportName,
    one.fromLocal,
    one.toLocal,
    one.timeZone,
    one.stay?.from ?? null,
    one.stay?.to ?? null,
    one.otherStay?.from ?? null,
    one.otherStay?.to ?? null,
    one.closest?.time ?? null,
    one.closest?.distanceKm ?? null,
    one.closest?.heightFt ?? null,
    one.closest?.lat ?? null,
    one.closest?.lon ?? null,
    one.positions,
    one.simulated,
    Date.parse(one.from),
    Date.parse(one.to),
  ]);
  return csv(TOGETHER_HEADER, rows);
}
