import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport, AirportTable } from "../place/airport.js";
import type { CleanTrack } from "../track/clean.js";
import { assessIntegrity, type Integrity } from "../track/integrity.js";
import { GROUND_YES, type Track } from "../track/track.js";
import { METRES_PER_NM, MPS_PER_KT } from "../units/quantity.js";
import { distanceToRunwaysM, type Field, fieldOf } from "./field.js";

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

/** Parts of the inference that can be switched off, and what it may be told. Left out means on, or not known. */
export interface AnalystOptions {
  /** Reads the climb after a gap when judging what happened in it. */
  readonly useDeparture?: boolean;
  /** Reads whether the track is in line with a runway. */
  readonly useAlignment?: boolean;
  /** Counts an aircraft's own visits, kinds of fields, scheduled service and military fields. */
  readonly usePriors?: boolean;
  /** Share of the landings at an airport, about then, that nobody would have seen on the ground; NaN when unknown. */
  readonly unheardShare?: (airport: Airport, timeMs: number) => number;
}

/** No airport lies above 14,500 ft (Daocheng Yading, 14,472 ft); over this no field need be looked for. */
const FIELD_SEARCH_MAX_FT = 20_000;
const FIELD_SEARCH_M = 18 * METRES_PER_NM;
const NEAREST_KEPT = 16;
/** Six nautical miles of latitude. */
const CELL_DEG = 0.1;
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
  /** Metres to the nearest field's runways; NaN when no field is near or the point is too high to look. */
  readonly fieldDistanceM: Float32Array;
  fieldAt(index: number): Field | undefined;
  fieldsNear(latDeg: number, lonDeg: number, radiusM: number): Field[];
  /** Large and medium airports only, for places so wide that strips would hide them. */
  largerFieldsNear(latDeg: number, lonDeg: number, radiusM: number): Field[];
}

/** Looks fields up once and keeps their geometry: many aircraft pass the same airports. */
export class FieldLookup {
  readonly #fields = new Map<string, Field>();
  readonly #cells = new Map<number, readonly Field[]>();

  constructor(readonly airports: AirportTable) {}

  near(latDeg: number, lonDeg: number, radiusM: number, limit = 40): Field[] {
    return this.#fieldsOf(this.airports.near({ latDeg, lonDeg }, { radiusM, limit }));
  }

  /**
   * Fields around the middle of a small cell, kept for the next aircraft that passes: good for finding the nearest of
   * them, with half a cell added to the radius.
   */
  around(latDeg: number, lonDeg: number): readonly Field[] {
    const lat = Math.floor(latDeg / CELL_DEG);
    const lon = Math.floor(lonDeg / CELL_DEG);
    const key = lat * 10_000 + lon;
    let fields = this.#cells.get(key);
    if (!fields) {
      fields = this.near((lat + 0.5) * CELL_DEG, (lon + 0.5) * CELL_DEG, FIELD_SEARCH_M, 60);
      this.#cells.set(key, fields);
    }
    return fields;
  }

  nearLarger(latDeg: number, lonDeg: number, radiusM: number): Field[] {
    return this.#fieldsOf(this.airports.nearLarger({ latDeg, lonDeg }, { radiusM, limit: 200 }));
  }

  #fieldsOf(airports: readonly Airport[]): Field[] {
    return airports.map((airport) => {
      let field = this.#fields.get(airport.ident);
      if (!field) {
        field = fieldOf(airport);
        this.#fields.set(airport.ident, field);
      }
      return field;
    });
  }
}

export function buildScene(
  clean: CleanTrack,
  traits: AircraftTraits,
  lookup: FieldLookup,
  options: AnalystOptions = {},
): Scene {
  const { track } = clean;
  const speedKt = speeds(track);
  const nearest = nearestFields(track, traits, lookup);
  return {
    track,
    traits,
    integrity: assessIntegrity(clean),
    options,
    airports: lookup.airports,
    visits: new Map(),
    speedKt,
    heightFt: nearest.heightFt,
    fieldDistanceM: nearest.fieldDistanceM,
    fieldAt: (index) => nearest.fields[nearest.fieldIndex[index]! - 1],
    fieldsNear: (latDeg, lonDeg, radiusM) =>
      lookup.near(latDeg, lonDeg, radiusM).filter((field) => mayUse(field, traits)),
    largerFieldsNear: (latDeg, lonDeg, radiusM) => lookup.nearLarger(latDeg, lonDeg, radiusM),
  };
}

/** Heliports are for helicopters, water for seaplanes; a closed field may have been open on the day. */
function mayUse(field: Field, traits: AircraftTraits): boolean {
  if (field.airport.kind === "heliport") return traits.kind === "helicopter";
  return field.airport.kind !== "seaplane";
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
  readonly fields: readonly Field[];
  /** 1-based; 0 means none. */
  readonly fieldIndex: Uint32Array;
  readonly heightFt: Float32Array;
  readonly fieldDistanceM: Float32Array;
}

function nearestFields(track: Track, traits: AircraftTraits, lookup: FieldLookup): NearestFields {
  const { length, latDeg, lonDeg, altitudeFt, ground } = track;
  const fields: Field[] = [];
  const codes = new Map<Field, number>();
  const fieldIndex = new Uint32Array(length);
  const heightFt = new Float32Array(length).fill(Number.NaN);
  const fieldDistanceM = new Float32Array(length).fill(Number.NaN);
  let around: readonly Field[] = [];
  let cell: readonly Field[] | undefined;
  for (let i = 0; i < length; i++) {
    if (altitudeFt[i]! > FIELD_SEARCH_MAX_FT && ground[i] !== GROUND_YES) continue;
    const here = lookup.around(latDeg[i]!, lonDeg[i]!);
    if (here !== cell) {
      around = here.filter((field) => mayUse(field, traits)).slice(0, NEAREST_KEPT);
      cell = here;
    }
    const field = nearestOf(around, latDeg[i]!, lonDeg[i]!);
    if (!field) continue;
    let code = codes.get(field);
    if (code === undefined) {
      code = fields.push(field);
      codes.set(field, code);
    }
    fieldIndex[i] = code;
    fieldDistanceM[i] = distanceToRunwaysM(field, latDeg[i]!, lonDeg[i]!);
    heightFt[i] = altitudeFt[i]! - field.airport.elevationFt;
  }
  return { fields, fieldIndex, heightFt, fieldDistanceM };
}

function nearestOf(fields: readonly Field[], latDeg: number, lonDeg: number): Field | undefined {
  let best: Field | undefined;
  let bestM = Number.POSITIVE_INFINITY;
  for (const field of fields) {
    const distanceM =
      distanceToRunwaysM(field, latDeg, lonDeg) + KIND_HANDICAP_M[field.airport.kind];
    if (distanceM < bestM) {
      best = field;
      bestM = distanceM;
    }
  }
  return best;
}

/**
 * Metres by which a kind of field must be nearer than a large airport to be taken for the one at hand: most strips and
 * closed fields in the tables see no traffic. chosen: accuracy harness, docs/method.md
 */
export const KIND_HANDICAP_M = {
  large: 0,
  medium: 100,
  small: 400,
  heliport: 600,
  seaplane: 3000,
  closed: 2000,
} as const;
