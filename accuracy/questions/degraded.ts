import type { Track } from "../../src/track/track.js";
import { MINUTE_MS } from "../../src/units/quantity.js";
import { evaluate, thinnedTrial } from "../evaluate.js";
import {
  keepEvery,
  withAltitudeOffset,
  withoutCallsign,
  withoutGroundFlag,
  withoutVerticalRate,
} from "../thin.js";
import { withJumps, withRandomHole, withRandomReceivers } from "../thin-random.js";
import { ordinary, type Setting, withTruths } from "./setting.js";

const HOLES_MIN: readonly number[] = [5, 15, 30, 60, 180, 720];

type Thinning = readonly [string, (track: Track) => Track];

const POORER: readonly Thinning[] = [
  ["one fix a minute", (track) => keepEvery(track, MINUTE_MS)],
  ["one fix in five minutes", (track) => keepEvery(track, 5 * MINUTE_MS)],
  ["three receivers of 100 NM", withRandomReceivers],
  ["no ground flag", withoutGroundFlag],
  ["no vertical rate", withoutVerticalRate],
  ["neither", (track) => withoutGroundFlag(withoutVerticalRate(track))],
  ["altitude +300 ft", (track) => withAltitudeOffset(track, 300)],
  ["altitude -300 ft", (track) => withAltitudeOffset(track, -300)],
  ["no callsign", withoutCallsign],
  ["three jumps of 300 NM", withJumps],
];

/** What do holes in the middle do, and poorer data? */
export function askDegraded({ cases, engine, report, quick }: Setting): void {
  const group = withTruths(ordinary(cases));
  const run = ([name, thin]: Thinning) => {
    const trials = group
      .map((each) => thinnedTrial(each, (track) => thin(track)))
      // A track too short for the hole stayed as it was and asks nothing.
      .filter(({ each, track }) => track !== each.track);
    return [name, evaluate(trials, engine)] as const;
  };
  const holes = quick ? [60] : HOLES_MIN;
  report.score(
    "One hole at a random place, ordinary",
    holes.map((minutes) => run([`${minutes} min`, (track) => withRandomHole(track, minutes)])),
  );
  const poorer = quick ? POORER.filter((_, i) => i === 0 || i === 5 || i === 9) : POORER;
  report.score("Poorer data, ordinary", poorer.map(run));
}
