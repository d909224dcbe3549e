import type { RunSeries } from '../../api.ts'
import type { Line } from '../components/chart.tsx'

/** The curves of several runs over one axis: their steps, or the seconds since their own first point. */
export function overlay(
  series: readonly RunSeries[],
  names: ReadonlyMap<string, string>,
): { readonly places: readonly number[]; readonly lines: readonly Line[] } {
  const hasSteps = series.every(({ steps }) => steps.every((step) => step !== null))
  const curves = series.map(({ run, times, steps, values }) => {
    const first = times[0] ?? 0
    const place = (index: number): number =>
      hasSteps ? (steps[index] ?? 0) : ((times[index] ?? 0) - first) / 1000
    const points = new Map(values.map((value, index) => [place(index), value]))
    return { name: names.get(run) ?? run, points }
  })
  const places = [...new Set(curves.flatMap(({ points }) => [...points.keys()]))].toSorted(
    (a, b) => a - b,
  )
  const lines = curves.map(({ name, points }) => ({
    name,
    values: places.map((place) => points.get(place) ?? null),
  }))
  return { places, lines }
}
