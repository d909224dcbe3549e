import type { Circumstances, Comparison, Series } from './compare.ts'
import { estimate } from './interval.ts'

const MIB = 1024 * 1024

/** Prints the heap after each round, and by how much it grows with a call: the median of the slopes between any two. */
export function reportGrowth(
  { title, count, rounds }: Comparison,
  { client }: Circumstances,
  series: readonly Series[],
): void {
  process.stdout.write(
    `\n${title}: ${client.name}, heap in MiB after every ${count} of ${count * rounds} calls\n`,
  )
  for (const { column, measured } of series) {
    const heap = measured.map((bytes) => (bytes / MIB).toFixed(1)).join(' ')
    const { median } = estimate(slopes(measured))
    process.stdout.write(
      `  ${column.name}  ${heap}  grows by ${(median / count).toFixed(2)} bytes a call\n`,
    )
  }
}

const slopes = (values: readonly number[]): number[] =>
  values.flatMap((value, from) =>
    values.slice(from + 1).map((later, distance) => (later - value) / (distance + 1)),
  )
