/** Which landings and journeys a dossier tells, when its author leaves some out. */

import type { Journey } from "../journey/journey.js";
import type { Movement } from "../movement/movement.js";
import { type CaptionModel, timeInId } from "../report/captions.js";
import { WheelsdownError } from "../units/errors.js";
import { isoSeconds } from "../units/time.js";
import type { FoundLanding } from "./ask-lake.js";
import type { FoundJourneys } from "./find-journeys.js";
import { nearest, nearestWords } from "./nearest.js";

/** A landing that answers the question. */
export interface LandingEvent {
  readonly id: string;
  readonly found: FoundLanding;
  /** Ids of the journeys it is a stop of: first the one it ends or lies in, then the one that begins with it. */
  readonly journeyIds: readonly string[];
  readonly isLeftOut: boolean;
}

/** A journey that answers the question, or is told beside a landing that does. */
export interface JourneyEvent {
  readonly id: string;
  readonly journey: Journey;
  readonly found: FoundJourneys;
  readonly isLeftOut: boolean;
}

/** All that a question finds, each marked whether the author leaves it out. */
export interface Choice {
  readonly landings: readonly LandingEvent[];
  readonly journeys: readonly JourneyEvent[];
}

/** @returns "157713-20190123T140327Z": no aircraft lands twice within a second */
export function landingId({ address, timeMs }: Pick<Movement, "address" | "timeMs">): string {
  return `${address}-${idTime(timeMs)}`;
}

/** @returns "journey-157713-20190123T091500Z", by when it begins */
export function journeyId({ address, fromMs }: Pick<Journey, "address" | "fromMs">): string {
  return `journey-${address}-${idTime(fromMs)}`;
}

function idTime(timeMs: number): string {
  return timeInId(isoSeconds(timeMs));
}

/**
 * Marks what is left out. A journey that is left out takes the landings with it that end or lie in it. A journey that is
 * told only because of its landings goes with the last of them. Every other journey is told whole, also a stop of it that
 * was left out as a landing: a route without one of its stops would be another route.
 *
 * @param found journeys that belong to the answer
 * @param asked.ids as `readDossierOptions` gives them
 * @param asked.isByName the aircraft were asked for by name, so that their journeys are an answer of their own
 * @throws WheelsdownError "unknown-name" for an id that names nothing in the answer
 */
export function chooseEvents(
  landings: readonly FoundLanding[],
  found: readonly FoundJourneys[],
  { ids, isByName }: { readonly ids: readonly string[]; readonly isByName: boolean },
): Choice {
  const wanted = new Set(ids);
  const journeys = found.flatMap((one) =>
    one.journeys.map((journey) => ({ id: journeyId(journey), journey, found: one })),
  );
  const holders = holdersOf(journeys);
  const marked = landings.map((each): LandingEvent => {
    const id = landingId(each.movement);
    const journeyIds = holders.get(keyOf(each.movement)) ?? [];
    const isLeftOut = wanted.has(id) || wanted.has(journeyIds[0] ?? "");
    return { id, found: each, journeyIds, isLeftOut };
  });
  checkKnown("--leave-out", ids, [...marked, ...journeys]);
  const told = new Set(
    marked.flatMap(({ isLeftOut, journeyIds }) => (isLeftOut ? [] : journeyIds)),
  );
  return {
    landings: marked,
    journeys: journeys.map((one) => {
      const isLeftOut = wanted.has(one.id) || (!isByName && !told.has(one.id));
      return { ...one, isLeftOut };
    }),
  };
}

/** By landing the ids of the journeys it is a stop of, the one that begins with it last. */
function holdersOf(
  journeys: readonly Pick<JourneyEvent, "id" | "journey">[],
): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const { id, journey } of journeys)
    for (const [at, { landing }] of journey.stops.entries()) {
      if (!landing) continue;
      const others = holders.get(keyOf(landing)) ?? [];
      holders.set(keyOf(landing), at === 0 ? [...others, id] : [id, ...others]);
    }
  return holders;
}

function keyOf({ address, timeMs }: Movement): string {
  return `${address} ${timeMs}`;
}

/** @throws WheelsdownError "unknown-name" for an id that is of none of the events */
function checkKnown(
  option: "--leave-out" | "--caption",
  ids: readonly string[],
  events: readonly { readonly id: string }[],
): void {
  const known = events.map(({ id }) => id);
  const there = new Set(known);
  const unknown = ids.find((id) => !there.has(id));
  if (unknown === undefined) return;
  throw new WheelsdownError(
    "unknown-name",
    `${option} ${unknown} names no landing and no journey of this answer${nearestWords(nearest(unknown, known))}`,
  );
}

/**
 * Parts captions of what is told from those of what the author leaves out: these go with their events.
 *
 * @throws WheelsdownError "unknown-name" for a caption of nothing in the answer
 */
export function chooseCaptions(
  captions: readonly CaptionModel[],
  { landings, journeys }: Choice,
): { readonly told: readonly CaptionModel[]; readonly gone: readonly CaptionModel[] } {
  const events = [...landings, ...journeys];
  checkKnown(
    "--caption",
    captions.map(({ id }) => id),
    events,
  );
  const isLeftOut = new Map(events.map((one) => [one.id, one.isLeftOut]));
  return {
    told: captions.filter(({ id }) => !isLeftOut.get(id)),
    gone: captions.filter(({ id }) => isLeftOut.get(id)),
  };
}

/** Journeys that are told, by aircraft; aircraft without one are not among them. */
export function keptJourneys({ journeys }: Choice): FoundJourneys[] {
  const kept = new Map<FoundJourneys, Journey[]>();
  for (const { found, journey, isLeftOut } of journeys)
    if (!isLeftOut) kept.set(found, [...(kept.get(found) ?? []), journey]);
  return [...kept].map(([found, some]) => ({ ...found, journeys: some }));
}
