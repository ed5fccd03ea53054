/**
 * JSON shapes of what is shown. Other programs read and score them: a field is never renamed or dropped
 * within a schema number, keys stay in this order, and unknown is null, never 0 or "".
 */

import type {
  Candidate,
  CoverageWeighed,
  EvidenceClass,
  Exhibit,
  Movement,
  MovementKind,
  RouteStated,
} from "../movement/movement.js";
import type { Gap } from "../track/gap.js";
import type { Integrity } from "../track/integrity.js";
import { isSimulated, type Track } from "../track/track.js";
import { METRES_PER_NM, SECOND_MS } from "../units/quantity.js";
import { isoSeconds, localTime } from "../units/time.js";

/** What is known of the airframe (and of the place's clock) when something about it is shown. */
export interface MovementIdentity {
  readonly registration?: string | undefined;
  readonly typeDesignator?: string | undefined;
  /** IANA time zone of the movement's place; without one there is no local time. */
  readonly timeZone?: string | undefined;
}

export interface CandidateJson {
  readonly airport: string;
  readonly probability: number;
}

/** Rows `rowFrom`..`rowTo`, both included, counted from 0, of the input with this SHA-256. */
export interface ExhibitJson {
  readonly input: string;
  readonly file: string;
  readonly rowFrom: number;
  readonly rowTo: number;
}

/** One movement. Times are ISO 8601 UTC with seconds; positions degrees; probability 0..1, calibrated where `wheelsdown method` says so of its class. */
export interface MovementJson {
  readonly schema: "wheelsdown/movement/1";
  readonly hex: string;
  readonly registration: string | null;
  readonly type: string | null;
  readonly callsign: string | null;
  readonly kind: MovementKind;
  readonly timeFrom: string;
  readonly timeTo: string;
  readonly time: string;
  readonly airport: string | null;
  readonly airportName: string | null;
  readonly country: string | null;
  readonly candidates: readonly CandidateJson[];
  readonly offAirport: boolean;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly runway: string | null;
  readonly evidence: "seen" | "inferred";
  readonly class: EvidenceClass;
  readonly probability: number | null;
  readonly basis: string;
  readonly simulated: boolean;
  readonly timeLocal: string | null;
  readonly timeZone: string | null;
  readonly exhibits: readonly ExhibitJson[];
  /** Null when coverage did not weigh in on the candidates. */
  readonly coverage: CoverageWeighedJson | null;
  readonly priors: PriorsJson;
}

/** What was known before looking at the track, and used to tell where it was. */
export interface PriorsJson {
  /** Kind, service, runways and military use of fields, and the aircraft's own visits; false with `--no-priors`. */
  readonly fields: boolean;
  /** Null without a list of routes, and where the list lacks the callsign. */
  readonly routes: RouteStatedJson | null;
}

/** What a list of routes says of the callsign. */
export interface RouteStatedJson {
  readonly file: string;
  readonly sha256: string;
  readonly callsign: string;
  /** In the order flown, as the list has them. */
  readonly airports: readonly string[];
  /** Candidates without the list; empty where it changed nothing. */
  readonly before: readonly CandidateJson[];
}

/** How well fields are heard, as far as that was known and weighed in. */
export interface CoverageWeighedJson {
  /** SHA-256 over what was measured. */
  readonly measurement: string;
  /** Most likely before first; `before` is the candidate's probability without coverage. */
  readonly fields: readonly {
    readonly airport: string;
    readonly seenProbability: number;
    readonly before: number;
  }[];
}

/** Where and when the aircraft was last or next received. */
export interface GapEdgeJson {
  readonly lat: number | null;
  readonly lon: number | null;
  /** Pressure altitude as sent; null when unknown or on the ground without one. */
  readonly altitudeFt: number | null;
  readonly time: string;
}

/** A stretch without any received position. `averageSpeedKt` is the least average speed it must have flown. */
export interface GapJson {
  readonly schema: "wheelsdown/gap/1";
  readonly hex: string;
  readonly from: string;
  readonly to: string;
  readonly durationS: number;
  readonly last: GapEdgeJson;
  readonly next: GapEdgeJson;
  readonly distanceKm: number | null;
  readonly averageSpeedKt: number | null;
  readonly simulated: boolean;
}

/** What came of reading one input. `kept` counts rows that became points. */
export interface InputSummary {
  readonly file: string;
  readonly sha256: string;
  readonly format: string;
  readonly rows: number;
  readonly kept: number;
  readonly issues: Readonly<Record<string, number>>;
  readonly simulated: boolean;
}

export interface InputJson extends InputSummary {
  readonly schema: "wheelsdown/input/1";
}

/** The JSON of one movement; keys are in the order of `MovementJson`. */
export function movementJson(movement: Movement, identity: MovementIdentity = {}): MovementJson {
  const { airport } = movement;
  return {
    schema: "wheelsdown/movement/1",
    hex: movement.address,
    registration: textOrNull(identity.registration),
    type: textOrNull(identity.typeDesignator),
    callsign: textOrNull(movement.callsign.trim()),
    kind: movement.kind,
    timeFrom: isoSeconds(movement.timeFromMs),
    timeTo: isoSeconds(movement.timeToMs),
    time: isoSeconds(movement.timeMs),
    airport: textOrNull(airport?.ident),
    airportName: textOrNull(airport?.name),
    country: textOrNull(airport?.country),
    candidates: movement.candidates.map(candidateJson),
    offAirport: movement.offAirport,
    lat: rounded(movement.latDeg, 5),
    lon: rounded(movement.lonDeg, 5),
    runway: textOrNull(movement.runway),
    evidence: movement.evidence,
    class: movement.evidenceClass,
    probability: rounded(movement.probability, 4),
    basis: movement.basis,
    simulated: movement.simulated,
    // Worked out when they are read: lists of text show UTC alone, and the first clock of a process is dear.
    get timeLocal() {
      return localTime(movement.timeMs, identity.timeZone) ?? null;
    },
    get timeZone() {
      return textOrNull(identity.timeZone);
    },
    exhibits: movement.exhibits.map(exhibitJson),
    coverage: movement.coverage ? coverageWeighedJson(movement.coverage) : null,
    priors: {
      fields: movement.fieldPriors ?? true,
      routes: movement.route ? routeStatedJson(movement.route) : null,
    },
  };
}

/** @returns the JSON of one candidate */
export function candidateJson({ airport, probability }: Candidate): CandidateJson {
  return { airport: airport.ident, probability: rounded(probability, 4) ?? 0 };
}

function routeStatedJson({
  file,
  sha256,
  callsign,
  airports,
  before,
}: RouteStated): RouteStatedJson {
  return { file, sha256, callsign, airports, before: before.map(candidateJson) };
}

function coverageWeighedJson({ measurement, seen }: CoverageWeighed): CoverageWeighedJson {
  return {
    measurement,
    fields: seen.map(({ airport, seenProbability, before }) => ({
      airport: airport.ident,
      seenProbability: rounded(seenProbability, 4) ?? 0,
      before: rounded(before, 4) ?? 0,
    })),
  };
}

/** The JSON of one exhibit. */
export function exhibitJson(exhibit: Exhibit): ExhibitJson {
  return {
    input: exhibit.inputSha256,
    file: exhibit.file,
    rowFrom: exhibit.rowFrom,
    rowTo: exhibit.rowTo,
  };
}

/** The JSON of one gap, with the state of the aircraft at both edges. */
export function gapJson(gap: Gap, track: Track): GapJson {
  return {
    schema: "wheelsdown/gap/1",
    hex: track.address,
    from: isoSeconds(gap.fromMs),
    to: isoSeconds(gap.toMs),
    durationS: Math.round(gap.durationMs / SECOND_MS),
    last: edgeJson(track, gap.lastIndex),
    next: edgeJson(track, gap.nextIndex),
    distanceKm: kilometres(gap.distanceM),
    averageSpeedKt: rounded(gap.averageSpeedKt, 0),
    simulated: isSimulated(track),
  };
}

/** What was set aside of one track, and what speaks against taking it at its word; shares are null when unknown. */
export function integrityJson(hex: string, integrity: Integrity): object {
  return {
    schema: "wheelsdown/integrity/1",
    hex,
    positions: integrity.pointCount,
    jumps: integrity.jumpCount,
    jumpRuns: integrity.jumpRuns,
    stale: integrity.staleCount,
    altitudeSpikes: integrity.altitudeSpikeCount,
    silZeroShare: rounded(integrity.silZeroShare, 4),
    lowAccuracyShare: rounded(integrity.lowAccuracyShare, 4),
    nicZeroShare: rounded(integrity.nicZeroShare, 4),
    mlatShare: rounded(integrity.mlatShare, 4),
    tisbShare: rounded(integrity.tisbShare, 4),
    doubts: integrity.doubts,
    grave: integrity.grave,
  };
}

/** The JSON of one input; issue kinds are sorted by code unit, so that equal inputs give equal bytes. */
export function inputJson(input: InputSummary): InputJson {
  const issues = Object.entries(input.issues).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    schema: "wheelsdown/input/1",
    file: input.file,
    sha256: input.sha256,
    format: input.format,
    rows: input.rows,
    kept: input.kept,
    issues: Object.fromEntries(issues),
    simulated: input.simulated,
  };
}

/** @returns `value` to so many decimals, never "-0"; null when unknown */
export function rounded(value: number, decimals: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Number(value.toFixed(decimals)) + 0;
}

/** @returns kilometres to 100 m; null when unknown */
export function kilometres(distanceM: number): number | null {
  return rounded(distanceM / 1000, 1);
}

/** @returns nautical miles to 0.1; null when unknown */
export function nauticalMiles(distanceM: number): number | null {
  return rounded(distanceM / METRES_PER_NM, 1);
}

/** @returns the time in ISO 8601 UTC; null when unknown */
export function isoOrNull(timeMs: number): string | null {
  return Number.isFinite(timeMs) ? isoSeconds(timeMs) : null;
}

/** @returns null for no text: an empty string would claim that something is known */
export function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}

function edgeJson(track: Track, index: number): GapEdgeJson {
  return {
    lat: rounded(track.latDeg[index] ?? Number.NaN, 5),
    lon: rounded(track.lonDeg[index] ?? Number.NaN, 5),
    altitudeFt: rounded(track.altitudeFt[index] ?? Number.NaN, 0),
    time: isoSeconds(track.timeMs[index] ?? Number.NaN),
  };
}
