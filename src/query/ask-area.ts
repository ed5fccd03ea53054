import type { Address } from "../aircraft/address.js";
import { type AreaTest, areaTest } from "../journey/area-test.js";
import { type PositionFilter, someFits } from "../journey/position-filter.js";
import { type AircraftQuestion, asksForAll, isAskedFor } from "../journey/select-aircraft.js";
import { apartMs, findVisits, type Visit } from "../journey/visits.js";
import type { PlaceQuestion } from "../journey/where.js";
import type { Lake } from "../lake/lake.js";
import type { MovementIdentity } from "../report/shapes.js";
import { cleanTrack } from "../track/clean.js";
import { callsignAt, type Track } from "../track/track.js";
import { militaryAddresses } from "./ask-lake.js";
import { identityOf } from "./known-identity.js";
import type { Question } from "./question.js";
import { withholdingOf } from "./withhold.js";

/** An aircraft that was heard in an area. */
export interface AreaFinding {
  /** Cleaned; the indices of the visits are its. */
  readonly track: Track;
  readonly identity: MovementIdentity;
  readonly visits: readonly Visit[];
  /** To the second area; none when there is none. The indices are of `alsoTrack`. */
  readonly alsoVisits: readonly Visit[];
  readonly alsoTrack: Track | undefined;
  /** Least time between a visit to the one and a visit to the other; undefined without a second area. */
  readonly apartMs: number | undefined;
}

/** A second area that must have been visited too. */
export interface SecondArea {
  readonly place: PlaceQuestion;
  /** Longest time between the two visits. */
  readonly apartMaxMs: number;
  /** Which area it was first heard in, visit by visit; undefined for either. */
  readonly order?: AreaOrder | undefined;
}

/** "in-first": the visit to the first area began before the one to the second; "also-first": after it. */
export type AreaOrder = "in-first" | "also-first";

export interface AreaQuestion {
  readonly question: Question & { readonly place: PlaceQuestion };
  readonly period: { readonly fromMs: number; readonly toMs: number };
  readonly also?: SecondArea | undefined;
  /** Keeps visits to the first area in which some position is so. */
  readonly filter?: PositionFilter | undefined;
  readonly signal: AbortSignal;
}

/** Who was heard in an area, aircraft by aircraft in order of address. Points that cleaning sets aside are no visits. */
export async function* askForArea(lake: Lake, asked: AreaQuestion): AsyncGenerator<AreaFinding> {
  for await (const step of areaSteps(lake, asked)) if (step !== "examined") yield step;
}

/** A finding, or word that one more aircraft with a position in a box around the area was looked at. */
export type AreaStep = AreaFinding | "examined";

/** As `askForArea`, and tells how far it is: "examined" comes before the finding, if it becomes one. */
export async function* areaSteps(
  lake: Lake,
  { question, period, also, filter, signal }: AreaQuestion,
): AsyncGenerator<AreaStep> {
  const test = areaTest(question.place);
  const alsoTest = also && areaTest(also.place);
  // What is withheld is looked at as well: only so can be told whether it was there.
  const { unsifted, sift } = withholdingOf(lake);
  const military = await militaryAddresses(unsifted, question);
  const addresses = await narrowed(unsifted, question.aircraft, military);
  const tracks = unsifted.tracksNear({ boxes: test.boxes, ...period, addresses, signal });
  let held: AreaFinding[] = [];
  for await (const track of tracks) {
    yield "examined";
    const clean = cleanTrack(track).track;
    const heard = findVisits(clean, test, period);
    const visits = filter ? heard.filter((visit) => someFits(clean, visit, filter)) : heard;
    if (visits.length === 0) continue;
    const finding = findingOf(clean, visits);
    if (!isFindingAskedFor(finding, question.aircraft, military)) continue;
    if (!also || !alsoTest) {
      if (sift(track.address)) yield finding;
      continue;
    }
    held.push(finding);
    if (held.length < HELD_MAX) continue;
    yield* await withSecond(lake, held, { test: alsoTest, also, period, signal });
    held = [];
  }
  if (also && alsoTest && held.length > 0)
    yield* await withSecond(lake, held, { test: alsoTest, also, period, signal });
}

/** Aircraft whose second area is asked for at once: some hundred megabytes of tracks. chosen: memory of a small laptop */
const HELD_MAX = 500;

function findingOf(track: Track, visits: readonly Visit[]): AreaFinding {
  const identity = identityOf(track);
  return { track, identity, visits, alsoVisits: [], alsoTrack: undefined, apartMs: undefined };
}

/** Callsigns heard in visits, in order of time; none when none was heard. */
export function callsignsOf(track: Track, visits: readonly Visit[]): string[] {
  const found = new Set<string>();
  for (const { start, end } of visits)
    for (let i = start; i < end; i++) found.add(callsignAt(track, i).trim());
  found.delete("");
  return [...found];
}

function isFindingAskedFor(
  { track, identity, visits }: AreaFinding,
  aircraft: AircraftQuestion,
  military: ReadonlySet<Address>,
): boolean {
  if (asksForAll(aircraft)) return true;
  const { address } = track;
  const { registration, typeDesignator } = identity;
  const statedMilitary = military.has(address);
  // A fleet's members change with time: one visit as a member is enough.
  return visits.some((visit) => {
    const callsigns = callsignsOf(track, [visit]);
    return (callsigns.length > 0 ? callsigns : [""]).some((callsign) =>
      isAskedFor(aircraft, {
        address,
        registration,
        typeDesignator,
        callsign,
        timeMs: visit.fromMs,
        statedMilitary,
      }),
    );
  });
}

/** Addresses that may be asked for, by what does not change within a track; undefined for all. */
async function narrowed(
  lake: Lake,
  aircraft: AircraftQuestion,
  military: ReadonlySet<Address>,
): Promise<Address[] | undefined> {
  const { callsign: _c, operatorPrefix: _o, ...rest } = aircraft;
  if (asksForAll(rest)) return undefined;
  const found = new Set<Address>();
  for (const { address, stated } of await lake.identities()) {
    const { registration, typeDesignator } = stated;
    const statedMilitary = military.has(address);
    // Without a time, a fleet's dates rule nobody out.
    const known = { address, registration, typeDesignator, callsign: "", statedMilitary };
    if (isAskedFor(rest, { ...known, timeMs: Number.NaN })) found.add(address);
    // An input may leave out what another one says, or what the State's rule gives.
    else if (!registration && isAskedFor({ ...rest, fleets: undefined }, { ...known, timeMs: 0 }))
      found.add(address);
  }
  return [...found];
}

/** Those of some findings that also visited the second area, in the same order. */
async function withSecond(
  lake: Lake,
  findings: readonly AreaFinding[],
  second: {
    readonly test: AreaTest;
    readonly also: SecondArea;
    readonly period: { readonly fromMs: number; readonly toMs: number };
    readonly signal: AbortSignal;
  },
): Promise<AreaFinding[]> {
  const { test, also, period, signal } = second;
  const addresses = findings.map(({ track }) => track.address);
  const byAddress = new Map(findings.map((finding) => [finding.track.address, finding]));
  const found: AreaFinding[] = [];
  const { unsifted, sift } = withholdingOf(lake);
  for await (const track of unsifted.tracksNear({
    boxes: test.boxes,
    ...period,
    addresses,
    signal,
  })) {
    const finding = byAddress.get(track.address)!;
    const alsoTrack = cleanTrack(track).track;
    const alsoVisits = findVisits(alsoTrack, test, period);
    const least = leastApartMs(finding.visits, alsoVisits, also.order);
    if (least !== undefined && least <= also.apartMaxMs && sift(track.address))
      found.push({ ...finding, alsoVisits, alsoTrack, apartMs: least });
  }
  return found;
}

/** @returns the least time between two visits that came in the order asked for; undefined when none did */
function leastApartMs(
  visits: readonly Visit[],
  alsoVisits: readonly Visit[],
  order: AreaOrder | undefined,
): number | undefined {
  let least: number | undefined;
  for (const a of visits) {
    for (const b of alsoVisits) {
      if (order === "in-first" && !(a.fromMs < b.fromMs)) continue;
      if (order === "also-first" && !(b.fromMs < a.fromMs)) continue;
      least = Math.min(least ?? Number.POSITIVE_INFINITY, apartMs(a, b));
    }
  }
  return least;
}
