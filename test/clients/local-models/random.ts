/** Numbers between -1 and 1 that look random, the same ones each time. */
export function randomFloats(count: number): Float32Array {
  let state = 1
  return Float32Array.from({ length: count }, () => {
    state = Math.imul(state, 1664525) + 1013904223
    return state / 2 ** 31
  })
}
