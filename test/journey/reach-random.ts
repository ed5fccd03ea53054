/** Numbers 0..1, the same for the same seed. Source: Park and Miller, Communications of the ACM 31 (1988). */
export function startRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
