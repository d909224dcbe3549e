import type { Heatmap, Percentiles } from '../api/metrics.ts'
import type { PointDetail } from '../otlp/metrics.ts'

/** What was recorded, by the upper bound of its bucket; the last bucket has Infinity. */
export type Recorded = ReadonlyMap<number, number>

/** So many buckets to a power of two at most: finer ones are joined. */
const MAX_SCALE = 2

/** The buckets of a point, whatever its kind; a summary has none. */
export function bucketsOf(detail: PointDetail): Map<number, number> {
  const buckets = new Map<number, number>()
  const add = (bound: number, count: number): void => {
    buckets.set(bound, (buckets.get(bound) ?? 0) + count)
  }
  if ('bounds' in detail) {
    for (const [place, count] of detail.counts.entries()) {
      add(detail.bounds[place] ?? Infinity, count)
    }
  }
  if ('positive' in detail) {
    const shift = Math.max(0, detail.scale - MAX_SCALE)
    const scale = detail.scale - shift
    const upper = (place: number, offset: number): number =>
      2 ** ((Math.floor((place + offset) / 2 ** shift) + 1) / 2 ** scale)
    add(detail.zeroThreshold, detail.zero)
    for (const [place, count] of detail.positive.counts.entries()) {
      add(upper(place, detail.positive.offset), count)
    }
    for (const [place, count] of detail.negative.counts.entries()) {
      add(-upper(place, detail.negative.offset) / 2 ** (1 / 2 ** scale), count)
    }
  }
  return buckets
}

/** What came to `earlier`; where less is there now than then, counting began anew. */
export function grown(later: Recorded, earlier: Recorded | undefined): Recorded {
  if (!earlier) return later
  const isReset = [...earlier].some(([bound, count]) => (later.get(bound) ?? 0) < count)
  if (isReset) return later
  return new Map([...later].map(([bound, count]) => [bound, count - (earlier.get(bound) ?? 0)]))
}

export function joined(all: readonly Recorded[]): Recorded {
  const sum = new Map<number, number>()
  for (const [bound, count] of all.flatMap((each) => [...each])) {
    sum.set(bound, (sum.get(bound) ?? 0) + count)
  }
  return sum
}

/** Percentiles, estimated evenly within each bucket; undefined where nothing was recorded. */
export function estimated(recorded: Recorded): Percentiles | undefined {
  const buckets = [...recorded].toSorted(([one], [other]) => one - other)
  const total = buckets.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return undefined
  const at = (part: number): number => {
    let before = 0
    for (const [place, [bound, count]] of buckets.entries()) {
      if (before + count >= part * total) {
        const lower = buckets[place - 1]?.[0] ?? Math.min(0, bound)
        return Number.isFinite(bound)
          ? lower + (bound - lower) * ((part * total - before) / count)
          : lower
      }
      before += count
    }
    return 0
  }
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
}

/** Steps beside each other, by the buckets between the first and the last that anything fell into. */
export function heatmapOf(steps: readonly Recorded[]): Heatmap {
  const total = [...joined(steps)].toSorted(([one], [other]) => one - other)
  const first = total.findIndex(([, count]) => count > 0)
  const last = total.findLastIndex(([, count]) => count > 0)
  // the bound before the first is where it begins
  const bounds = total.slice(Math.max(0, first - 1), last + 1).map(([bound]) => bound)
  const all = bounds.at(-1) === Infinity ? bounds : [...bounds, Infinity]
  return {
    bounds: all.filter(Number.isFinite),
    counts: steps.map((step) => all.map((bound) => step.get(bound) ?? 0)),
  }
}
