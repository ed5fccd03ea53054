/** Draws numbers in [0, 1): the same seed gives the same series, on every machine. */
export type RandomSource = () => number;

/**
 * A small seeded generator, 32 bits of state: enough for scenery, never for secrets or statistics.
 *
 * @param seed any integer; only its low 32 bits count
 *
 * Source: mulberry32, by Tommy Ettinger (2017), from its published description.
 */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * @returns a 32-bit seed for a name, so that adding one aircraft changes no other aircraft's draws
 *
 * Source: FNV-1a, 32 bits (Fowler, Noll, Vo), over UTF-16 code units.
 */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** @returns a number between `from` and `to`, evenly spread */
export function between(random: RandomSource, from: number, to: number): number {
  return from + (to - from) * random();
}

/**
 * @returns a draw of mean 0 and standard deviation 1, never beyond 3
 *
 * Source: the sum of twelve uniform draws has variance 1 (central limit); halved here to six, scaled.
 */
export function roughNormal(random: RandomSource): number {
  let sum = -3;
  for (let i = 0; i < 6; i++) sum += random();
  return Math.max(-3, Math.min(3, sum * Math.SQRT2));
}
