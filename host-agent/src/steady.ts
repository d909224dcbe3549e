/** `value`; or `last`, where it went back by less than `jitter` and so did not begin anew. */
export function steady(last: number | undefined, value: number, jitter: number): number {
  return last !== undefined && value < last && last - value < jitter ? last : value
}
