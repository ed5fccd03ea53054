import { destination } from "../src/geo/sphere.js";
import { between, type RandomSource, seededRandom, seedOf } from "../src/sim/random.js";
import type { Track } from "../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS } from "../src/units/quantity.js";
import { copyOf, keepInside, keepPoints, removeBetween } from "./thin.js";

const DISC_RADIUS_M = 100 * METRES_PER_NM;
const JUMP_M = 300 * METRES_PER_NM;
const JUMP_BURSTS = 3;
const JUMP_POINTS = 10;

/** A generator of its own for each track and purpose, so that one more case moves no other. */
export function randomFor(track: Track, purpose: string): RandomSource {
  return seededRandom(seedOf(`${track.address} ${track.timeMs[0]} ${purpose}`));
}

/** A hole of so many minutes somewhere between the first and the last point; a shorter track is left whole. */
export function withRandomHole(track: Track, minutes: number): Track {
  const firstMs = track.timeMs[0]!;
  const lastMs = track.timeMs[track.length - 1]!;
  const holeMs = minutes * MINUTE_MS;
  // Something must remain on either side.
  const roomMs = lastMs - firstMs - holeMs - 2 * MINUTE_MS;
  if (!(roomMs > 0)) return track;
  const fromMs = firstMs + MINUTE_MS + between(randomFor(track, `hole ${minutes}`), 0, 1) * roomMs;
  return removeBetween(track, [{ fromMs, toMs: fromMs + holeMs }]);
}

const COMING_DOWN_FPM = -300;
const COMING_DOWN_BELOW_FT = 15_000;

/** The track up to a random moment of a descent, as if the recording ended there; whole where it never comes down. */
export function untilDescent(track: Track, draw: number): Track {
  const comingDown: number[] = [];
  for (let i = 1; i < track.length; i++) {
    const fpm = track.verticalRateFpm[i]!;
    if (fpm <= COMING_DOWN_FPM && track.altitudeFt[i]! < COMING_DOWN_BELOW_FT) comingDown.push(i);
  }
  if (comingDown.length === 0) return track;
  const random = randomFor(track, `descent ${draw}`);
  const last = comingDown[Math.floor(random() * comingDown.length)]!;
  return keepPoints(track, (i) => i <= last);
}

/** What three receivers of 100 NM, set down at random points of the track, would have heard. */
export function withRandomReceivers(track: Track): Track {
  if (track.length === 0) return track;
  const random = randomFor(track, "receivers");
  const discs = Array.from({ length: 3 }, () => {
    const i = Math.floor(random() * track.length);
    return { latDeg: track.latDeg[i]!, lonDeg: track.lonDeg[i]!, radiusM: DISC_RADIUS_M };
  });
  return keepInside(track, discs);
}

/** Bursts of points moved 300 NM away, as spoofing or a shared address makes them. */
export function withJumps(track: Track): Track {
  const copy = copyOf(track);
  const random = randomFor(track, "jumps");
  for (let burst = 0; burst < JUMP_BURSTS; burst++) {
    const start = Math.floor(random() * Math.max(1, copy.length - JUMP_POINTS));
    const directionDeg = 360 * random();
    for (let i = start; i < Math.min(copy.length, start + JUMP_POINTS); i++) {
      const here = { latDeg: copy.latDeg[i]!, lonDeg: copy.lonDeg[i]! };
      const there = destination(here, directionDeg, JUMP_M);
      copy.latDeg[i] = there.latDeg;
      copy.lonDeg[i] = there.lonDeg;
    }
  }
  return copy;
}
