import { useMemo } from 'preact/hooks'
import type { MetricQuery } from '../../api.ts'
import { useData } from '../data.ts'
import { valueFormat } from '../layout/units.ts'
import { Chart } from './chart.tsx'
import { Heatmap } from './heatmap.tsx'
import { State } from './state.tsx'

interface CurveProps {
  readonly title: string
  /** Parameters of `/data/metrics/query`. */
  readonly query: string
}

/** A metric over time, a line for each group. */
export function Curve({ title, query }: CurveProps) {
  const loaded = useData<MetricQuery>(`/data/metrics/query?${query}`)
  return <State loaded={loaded}>{(answer) => <Answer title={title} answer={answer} />}</State>
}

function Answer({ title, answer }: { readonly title: string; readonly answer: MetricQuery }) {
  const { metric, times, series, heatmap, omitted } = answer
  const format = useMemo(() => valueFormat(metric.unit), [metric.unit])
  const { places, lines } = useMemo(
    () => ({
      places: times.map((time) => time / 1000),
      lines: series.map(({ group, values }) => ({
        name: Object.values(group).join(', ') || title,
        values,
      })),
    }),
    [times, series, title],
  )
  if (series.length === 0) return <p class="hint">{title}: no point in this time.</p>
  return (
    <>
      <Chart title={title} places={places} lines={lines} format={format} />
      {heatmap && <Heatmap title={`${title}, how often`} heatmap={heatmap} format={format} />}
      {omitted > 0 && <p class="hint">{omitted} smaller series are left out.</p>}
    </>
  )
}
