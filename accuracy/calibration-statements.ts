import { TOUR_MARK } from "../src/movement/air-edges.js";
import { type CalibratedScene, DOUBT_MARK } from "../src/movement/build.js";
import {
  type CalibrationGroup,
  type CalibrationTable,
  calibrationGroup,
} from "../src/movement/calibration-shape.js";
import { detectMovements } from "../src/movement/detect.js";
import { FieldLookup } from "../src/movement/field-lookup.js";
import type { EvidenceClass } from "../src/movement/movement.js";
import { buildScene } from "../src/movement/scene.js";
import { traitsOf } from "../src/movement/traits.js";
import type { AirportTable } from "../src/place/airport.js";
import { cleanTrack } from "../src/track/clean.js";
import type { Track } from "../src/track/track.js";
import { MINUTE_MS } from "../src/units/quantity.js";
import type { Case, Claim, Method, Truth } from "./case.js";
import { composedStops } from "./compose.js";
import { methodOf } from "./engine.js";
import { type Trial, thinnedTrial, wholeTrial } from "./evaluate.js";
import { matchClaims } from "./match.js";
import { FLOORS_FT, floorTrials } from "./questions/floors.js";
import { STOP_CUTS, stopTrials } from "./questions/stops.js";
import { keepEvery } from "./thin.js";
import { untilDescent, withRandomHole } from "./thin-random.js";

/** One claim of the engine, with what was true. */
export interface CalibrationStatement {
  readonly group: CalibrationGroup;
  /** As stated, before any table: that it happened, and that it was at the first candidate. */
  readonly happenedStated: number;
  readonly thereStated: number | undefined;
  readonly happened: boolean;
  /** Undefined when it did not happen, or no candidate was stated. */
  readonly there: boolean | undefined;
  /** The movement that truly was, or the false claim: the same for all thinnings of one track. */
  readonly event: string;
  readonly airport: string;
  readonly caseId: string;
}

/** The engine with another table of calibration, or without any. */
export function engineWith(
  airports: AirportTable,
  calibration: CalibrationTable,
): (track: Track) => ReturnType<typeof detectMovements> {
  const lookup = new FieldLookup(airports);
  return (track) => {
    const clean = cleanTrack(track);
    if (clean.track.length === 0) return [];
    const scene: CalibratedScene = {
      ...buildScene(clean, traitsOf(track), lookup),
      calibration,
    };
    return detectMovements(scene);
  };
}

/** The engine as a method under test. */
export function methodWith(
  name: string,
  airports: AirportTable,
  calibration: CalibrationTable,
): Method {
  return methodOf(name, engineWith(airports, calibration));
}

const DRAWS: readonly number[] = [1, 2, 3, 4];
const HOLES_MIN: readonly number[] = [15, 60, 180];
const QUICK_FLOORS_FT: readonly number[] = [1_000, 3_000];

/** Every way in which the cases are shown to the engine: as recorded, and with less and less of them left. */
export function calibrationTrials(cases: readonly Case[], quick: boolean): Trial[] {
  const floors = quick ? QUICK_FLOORS_FT : FLOORS_FT;
  const thinned = (thin: (track: Track) => Track) =>
    cases
      .map((each) => thinnedTrial(each, (track) => thin(track)))
      .filter(({ each, track }) => track !== each.track);
  return [
    ...cases.map(wholeTrial),
    ...floors.flatMap((heightFt) => floorTrials(cases, { heightFt, ends: "both" })),
    ...(quick ? [60] : HOLES_MIN).flatMap((minutes) =>
      thinned((track) => withRandomHole(track, minutes)),
    ),
    ...(quick ? [] : [1, 5]).flatMap((minutes) =>
      thinned((track) => keepEvery(track, minutes * MINUTE_MS)),
    ),
    // Every other end here is a landing; these are not, where the aircraft went on.
    ...DRAWS.flatMap((draw) => thinned((track) => untilDescent(track, draw))),
    // Real stops cut out are few: arrivals and departures of different aircraft are joined to make more.
    ...(quick ? STOP_CUTS.slice(1, 2) : STOP_CUTS).flatMap(([, cut]) =>
      stopTrials([...cases, ...composedStops(cases)], cut),
    ),
  ];
}

/**
 * What the engine claims of each trial, with what was true. A claim of which the truth says nothing (the key of that
 * track is not complete there) is left out.
 */
export function gatherStatements(trials: readonly Trial[], engine: Method): CalibrationStatement[] {
  return trials.flatMap(({ each, track }) => {
    const claims = engine.claims(track);
    const { outcomes, falseClaims } = matchClaims(each, each.truths, claims);
    return [
      ...outcomes.flatMap(({ claim, truth }) =>
        claim ? statementOf(each, { claim, claims, truth }) : [],
      ),
      ...falseClaims.flatMap(({ claim }) => statementOf(each, { claim, claims, truth: undefined })),
    ];
  });
}

function classOf({ why }: Claim): EvidenceClass {
  return why.split(":")[0] as EvidenceClass;
}

const FAR: ReadonlySet<EvidenceClass> = new Set(["GAP", "G5", "G8"]);

/**
 * The place of a landing in a gap is told by the climb after it, where only that was heard near a field; that of a
 * take-off by the descent before.
 */
function hasBorrowedPlace(claim: Claim, claims: readonly Claim[]): boolean {
  if (!FAR.has(classOf(claim))) return false;
  const at = claims.indexOf(claim);
  const other = claim.kind === "landing" ? claims[at + 1] : claims[at - 1];
  return other !== undefined && !FAR.has(classOf(other)) && other.timeToMs > claim.timeFromMs;
}

function statementOf(
  each: Case,
  {
    claim,
    claims,
    truth,
  }: {
    readonly claim: Claim;
    readonly claims: readonly Claim[];
    readonly truth: Truth | undefined;
  },
): CalibrationStatement[] {
  const evidenceClass = classOf(claim);
  const first = hasBorrowedPlace(claim, claims) ? undefined : claim.ranked[0];
  const group = calibrationGroup(evidenceClass);
  // In doubt and on tours the engine itself caps what it states: that says nothing of the class.
  if (!group || claim.why.includes(DOUBT_MARK) || claim.why.includes(TOUR_MARK)) return [];
  return [
    {
      group,
      happenedStated: claim.probability,
      thereStated: first?.probability,
      happened: truth !== undefined,
      there: truth && first ? first.airport === truth.airport : undefined,
      event: `${each.id} ${claim.kind} ${truth ? truth.timeMs : "false"}`,
      airport: truth?.airport?.ident ?? first?.airport.ident ?? each.airportKey,
      caseId: each.id,
    },
  ];
}
