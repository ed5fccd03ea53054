import { METRES_PER_NM, MINUTE_MS, MPS_PER_KT } from "../units/quantity.js";
import { formatDuration, isoSeconds } from "../units/time.js";
import { buildMovement, placeName } from "./build.js";
import type { Ranked } from "./candidates.js";
import type { End } from "./ends.js";
import type { Movement } from "./movement.js";
import type { Scene } from "./scene.js";

/** Ends the sentence on a landing that may as well have been somewhere else: no table of calibration speaks of it. */
export const TOUR_MARK = "; on a round trip, so it may have gone on";

const APPROACH_KT = 130;
const CLIMB_FPM = 1500;
/** How much longer than the straight way a lost approach may have taken: a circuit, a hold. chosen: docs/method.md */
const APPROACH_SLACK_MS = 15 * MINUTE_MS;
/** The same from higher up, where holds and vectors still lie ahead. chosen: docs/method.md */
const HIGH_SLACK_MS = 30 * MINUTE_MS;

function slackMs({ near }: End): number {
  return near ? APPROACH_SLACK_MS : HIGH_SLACK_MS;
}

/** A landing inferred from how an aircraft was lost. `limitMs`: when it was next heard, or infinity. */
export function lostLanding(scene: Scene, loss: End, limitMs: number): Movement {
  const { track } = scene;
  const { index } = loss;
  const lostMs = track.timeMs[index]!;
  const top = loss.ranked[0]!;
  const estimateMs = lostMs + approachMs(scene, index, top);
  return buildMovement(scene, {
    kind: "landing",
    evidence: "inferred",
    evidenceClass: loss.evidenceClass,
    placeClass: loss.placeClass,
    probability: loss.probability,
    timeFromMs: lostMs,
    timeToMs: Math.min(limitMs, estimateMs + slackMs(loss)),
    timeMs: estimateMs,
    ranked: loss.ranked,
    elsewhere: loss.elsewhere ?? 0,
    index,
    exhibitStart: index - 9,
    exhibitEnd: index + 1,
    runway: top.aligned?.direction.name,
    basis: (airport) =>
      lossSentence(scene, { end: loss, place: airport && placeName(airport), limitMs }),
  });
}

function lossSentence(
  scene: Scene,
  {
    end,
    place,
    limitMs,
  }: { readonly end: End; readonly place: string | undefined; readonly limitMs: number },
): string {
  const { track } = scene;
  const top = end.ranked[0]!;
  const lost = isoSeconds(track.timeMs[end.index]!);
  const line = top.aligned ? `, in line with runway ${top.aligned.direction.name}` : "";
  const after = Number.isFinite(limitMs)
    ? `not heard again for ${formatDuration(limitMs - track.timeMs[end.index]!)}`
    : "not heard again in this data";
  const height = heightText(top);
  const tour = end.onTour ? TOUR_MARK : "";
  return `last heard ${lost} ${end.level ? (end.near ? "level and low" : "level after a descent") : "descending"}, ${height}${nmText(top.distanceM)} NM from ${placeOf(top, place)}${line}; ${after}${tour}`;
}

/** Feet over a field; 0 where its elevation is not known, so that the way alone gives the time. */
function overFieldFt({ heightFt }: Ranked): number {
  return Number.isNaN(heightFt) ? 0 : Math.max(0, heightFt);
}

/** "about 2310 ft above the field and ", or nothing where the field's elevation is not known. */
function heightText(top: Ranked): string {
  if (Number.isNaN(top.heightFt)) return "";
  return `about ${Math.round(overFieldFt(top) / 10) * 10} ft above the field and `;
}

/** Height and distance are those of one field; where it may not be named, it is still said which one was measured. */
function placeOf({ field }: Ranked, named: string | undefined): string {
  return named ?? `${field.airport.ident}, one of the fields it may have been`;
}

/** Rate of descent on a glide path of 3 degrees at 140 kt, ft/min: 318 ft/NM at 2.33 NM/min. */
const APPROACH_FPM = 740;

/** Time to the touchdown: the way at approach speed or the height at a usual rate, whichever takes longer. */
function approachMs(scene: Scene, index: number, top: Ranked): number {
  const speedKt = Math.max(60, Math.min(scene.speedKt[index]! || APPROACH_KT, 250));
  const distanceM = Math.max(0, top.aligned?.toThresholdM ?? top.distanceM);
  const wayMs = (distanceM / (speedKt * 0.9 * MPS_PER_KT)) * 1000;
  return Math.max(wayMs, (overFieldFt(top) / APPROACH_FPM) * MINUTE_MS);
}

/** A take-off inferred from how an aircraft came back. `limitMs`: when it was last heard before, or minus infinity. */
export function appearedTakeoff(scene: Scene, appearance: End, limitMs: number): Movement {
  const { track } = scene;
  const { index } = appearance;
  const heardMs = track.timeMs[index]!;
  const top = appearance.ranked[0]!;
  const speedKt = Math.max(60, Math.min(scene.speedKt[index]! || APPROACH_KT, 300));
  const flownMs = Math.max(
    (overFieldFt(top) / CLIMB_FPM) * MINUTE_MS,
    (top.distanceM / (speedKt * MPS_PER_KT)) * 1000,
  );
  return buildMovement(scene, {
    kind: "takeoff",
    evidence: "inferred",
    evidenceClass: appearance.evidenceClass,
    placeClass: appearance.placeClass,
    probability: appearance.probability,
    timeFromMs: Math.max(limitMs, heardMs - flownMs - slackMs(appearance)),
    timeToMs: heardMs,
    timeMs: heardMs - flownMs,
    ranked: appearance.ranked,
    elsewhere: appearance.elsewhere ?? 0,
    index,
    exhibitStart: index,
    exhibitEnd: index + 10,
    runway: top.aligned?.direction.name,
    basis: (airport) => {
      const height = heightText(top);
      const before = Number.isFinite(limitMs)
        ? `not heard for ${formatDuration(heardMs - limitMs)} before`
        : "not heard before in this data";
      return `first heard ${isoSeconds(heardMs)} climbing, ${height}${nmText(top.distanceM)} NM from ${placeOf(top, airport && placeName(airport))}; ${before}`;
    },
  });
}

function nmText(distanceM: number): string {
  const nm = distanceM / METRES_PER_NM;
  return nm < 10 ? nm.toFixed(1) : String(Math.round(nm));
}
