const MODULUS = 2_147_483_647

/** A seeded sequence of numbers in [0, 1): the same seed gives the same faults and the same pace. */
export function seededRandom(seed: number): () => number {
  // Lehmer's generator; the first factor spreads small seeds apart.
  let state = ((seed + 1) * 69_621 * 48_271) % MODULUS
  return () => {
    state = (state * 48_271) % MODULUS
    return state / MODULUS
  }
}
