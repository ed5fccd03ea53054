import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport, AirportTable } from "../place/airport.js";
import type { CleanTrack } from "../track/clean.js";
import { assessIntegrity, type Integrity } from "../track/integrity.js";
import { GROUND_YES, type Track } from "../track/track.js";
import { MPS_PER_KT } from "../units/quantity.js";
import type { Scored } from "./candidates.js";
import type { Field } from "./field.js";
import type { FieldLookup } from "./field-lookup.js";

/** What the kind of aircraft means for reading its track. */
export interface AircraftTraits {
  readonly kind: "aeroplane" | "helicopter" | "glider";
  /** Slower than this at field level it is on the ground; a helicopter may hover at any speed. */
  readonly groundSpeedMaxKt: number;
  /** Usual speed in cruise, kt; NaN when the type is unknown. */
  readonly cruiseKt: number;
  /** Longest it can stay up without refuelling. */
  readonly enduranceMs: number;
  /** Shortest runway it uses, metres; 0 when unknown. */
  readonly runwayNeedM: number;
  readonly military: boolean;
  /** Flies under an airline's callsigns: it uses fields with scheduled service. */
  readonly airline: boolean;
}

/** Parts of the inference that can be switched off. Left out means on. */
export interface AnalystOptions {
  /** Reads the climb after a gap when judging what happened in it. */
  readonly useDeparture?: boolean;
  /** Reads whether the track is in line with a runway. */
  readonly useAlignment?: boolean;
  /** Counts an aircraft's own visits, kinds of fields, scheduled service and military fields. */
  readonly usePriors?: boolean;
  /**
   * Fields held as objects from track to track; when there are more, they are let go of before the next, and its movements name
   * other objects for the same airports. Left out: all are held.
   */
  readonly fieldsHeld?: number;
}

/** No airport lies above 14,500 ft (Daocheng Yading, 14,472 ft); over this no field need be looked for. */
const FIELD_SEARCH_MAX_FT = 20_000;
const DERIVED_SPEED_MIN_MS = 5_000;
/** Positions further apart in time give no speed: it may have flown a circle between them. chosen: test/movement */
const DERIVED_SPEED_MAX_MS = 90_000;

/**
 * A clean track with what surrounds it: per point the field it is nearest to and its height above that field. Built
 * once, read by every detector.
 */
export interface Scene {
  readonly track: Track;
  readonly traits: AircraftTraits;
  readonly airports: AirportTable;
  readonly integrity: Integrity;
  readonly options: AnalystOptions;
  /** Ground speed as sent, or from positions where none was sent, kt. */
  readonly speedKt: Float32Array;
  /** Pressure altitude less the nearest field's elevation, ft; NaN when either is unknown. Not yet QNH-corrected. */
  readonly heightFt: Float32Array;
  /** How often the aircraft was seen at a field in this track: its own history, filled after a first reading. */
  readonly visits: ReadonlyMap<Airport, number>;
  /** What was measured of the fields around points: at `index` for a landing, at -1 - index for a take-off. */
  readonly scored: Map<number, readonly Scored[]>;
  /** Metres to the nearest field's runways; NaN when no field is near or the point is too high to look. */
  readonly fieldDistanceM: Float32Array;
  fieldAt(index: number): Field | undefined;
  fieldsNear(latDeg: number, lonDeg: number, radiusM: number): Field[];
  /** Large and medium airports only, for places so wide that strips would hide them. */
  largerFieldsNear(latDeg: number, lonDeg: number, radiusM: number): Field[];
  /** @param position in the airport table */
  fieldOfAirport(position: number): Field;
}

export function buildScene(
  clean: CleanTrack,
  traits: AircraftTraits,
  lookup: FieldLookup,
  options: AnalystOptions = {},
): Scene {
  const { track } = clean;
  const speedKt = speeds(track);
  const isHelicopter = traits.kind === "helicopter";
  const nearest = nearestFields(track, isHelicopter, lookup);
  return {
    track,
    traits,
    integrity: assessIntegrity(clean),
    options,
    airports: lookup.airports,
    visits: new Map(),
    scored: new Map(),
    speedKt,
    heightFt: nearest.heightFt,
    fieldDistanceM: nearest.fieldDistanceM,
    fieldAt: (index) => {
      const number = nearest.fieldNumber[index]!;
      return number < 0 ? undefined : lookup.field(number);
    },
    fieldsNear: (latDeg, lonDeg, radiusM) =>
      lookup.near({ latDeg, lonDeg }, { radiusM, isHelicopter }),
    largerFieldsNear: (latDeg, lonDeg, radiusM) => lookup.nearLarger(latDeg, lonDeg, radiusM),
    fieldOfAirport: (position) => lookup.fieldAt(position),
  };
}

function speeds(track: Track): Float32Array {
  const { length, timeMs, latDeg, lonDeg, groundSpeedKt } = track;
  const speedKt = new Float32Array(length);
  let anchor = 0;
  for (let i = 0; i < length; i++) {
    speedKt[i] = groundSpeedKt[i]!;
    while (anchor < i && timeMs[i]! - timeMs[anchor + 1]! >= DERIVED_SPEED_MIN_MS) anchor++;
    if (!Number.isNaN(speedKt[i]!)) continue;
    const elapsedMs = timeMs[i]! - timeMs[anchor]!;
    if (elapsedMs < DERIVED_SPEED_MIN_MS || elapsedMs > DERIVED_SPEED_MAX_MS) continue;
    const distanceM = sphereDistanceM(latDeg[anchor]!, lonDeg[anchor]!, latDeg[i]!, lonDeg[i]!);
    speedKt[i] = distanceM / (elapsedMs / 1000) / MPS_PER_KT;
  }
  return speedKt;
}

interface NearestFields {
  /** Numbers of the lookup's shapes; -1 means none. */
  readonly fieldNumber: Int32Array;
  readonly heightFt: Float32Array;
  readonly fieldDistanceM: Float32Array;
}

function nearestFields(track: Track, isHelicopter: boolean, lookup: FieldLookup): NearestFields {
  const { length, altitudeFt, ground } = track;
  const { shapes, nearestM } = lookup;
  const fieldNumber = new Int32Array(length).fill(-1);
  const heightFt = new Float32Array(length).fill(Number.NaN);
  const fieldDistanceM = new Float32Array(length).fill(Number.NaN);
  for (let i = 0; i < length; i++) {
    if (altitudeFt[i]! > FIELD_SEARCH_MAX_FT && ground[i] !== GROUND_YES) continue;
    const nearest = lookup.nearest(track, i, isHelicopter);
    if (nearest < 0) continue;
    fieldNumber[i] = nearest;
    fieldDistanceM[i] = nearestM[0]!;
    heightFt[i] = altitudeFt[i]! - shapes.elevationFt(nearest);
  }
  return { fieldNumber, heightFt, fieldDistanceM };
}
