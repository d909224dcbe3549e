import { useMemo } from 'preact/hooks'
import type { CallTotals, ModelTotals, Overview } from '../../api.ts'
import { Chart } from '../components/chart.tsx'
import { Link } from '../components/link.tsx'
import { Head } from '../components/list.tsx'
import { minutesOf, Period } from '../components/period.tsx'
import { Empty, State } from '../components/state.tsx'
import { useData, useRefreshed } from '../data.ts'
import { cost, count, duration, percent, shortCount } from '../format.ts'
import type { ViewProps } from './index.ts'

/** All calls of models: how many, how slow, how dear. */
export function OverviewView({ address }: ViewProps) {
  const asked = useRefreshed('traces')
  const from = asked - Number(minutesOf(address)) * 60_000
  const loaded = useData<Overview>(`/data/overview?from=${from}&to=${asked}`)
  return (
    <section>
      <h1>Calls of models</h1>
      <Period address={address} />
      <State loaded={loaded}>
        {(overview) =>
          overview.total.calls === 0 ? (
            <Empty>
              <p>No model was called in this time.</p>
            </Empty>
          ) : (
            <Calls overview={overview} />
          )
        }
      </State>
    </section>
  )
}

function Calls({ overview }: { readonly overview: Overview }) {
  return (
    <>
      <Totals total={overview.total} />
      <Charts overview={overview} />
      <h2>By model</h2>
      <Models models={overview.models} />
      {overview.errors.length > 0 && <h2>Errors</h2>}
      <ul class="plain">
        {overview.errors.map(({ type, calls }) => (
          <li key={type}>
            {type} <span class="hint">{count(calls)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Totals({ total }: { readonly total: CallTotals }) {
  const facts = [
    ['Calls', count(total.calls)],
    ['Failed', percent(total.errors, total.calls)],
    ['Median', total.latency ? duration(total.latency.p50) : ''],
    ['95th percentile', total.latency ? duration(total.latency.p95) : ''],
    ['First chunk, median', total.firstChunk ? duration(total.firstChunk.p50) : ''],
    ['Tokens in', shortCount(total.tokens.input)],
    ['Tokens out', shortCount(total.tokens.output)],
    ['Cost', cost(total.cost)],
  ] as const
  return (
    <dl class="facts large">
      {facts
        .filter(([, value]) => value !== '')
        .map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

const costText = (value: number): string => cost(value)

function Charts({ overview: { steps } }: { readonly overview: Overview }) {
  const charts = useMemo(
    () => ({
      places: steps.map(({ time }) => time / 1000),
      calls: [
        { name: 'calls', values: steps.map(({ calls }) => calls) },
        { name: 'failed', values: steps.map(({ errors }) => errors) },
      ],
      latency: [
        { name: 'median', values: steps.map(({ latency }) => latency?.p50 ?? null) },
        { name: '95th percentile', values: steps.map(({ latency }) => latency?.p95 ?? null) },
      ],
      tokens: [
        { name: 'in', values: steps.map(({ tokens }) => tokens.input) },
        { name: 'out', values: steps.map(({ tokens }) => tokens.output) },
      ],
      costs: [{ name: 'cost', values: steps.map((step) => step.cost ?? null) }],
    }),
    [steps],
  )
  return (
    <div class="charts">
      <Chart title="Calls" places={charts.places} lines={charts.calls} format={shortCount} />
      <Chart title="Duration" places={charts.places} lines={charts.latency} format={duration} />
      <Chart title="Tokens" places={charts.places} lines={charts.tokens} format={shortCount} />
      <Chart title="Cost" places={charts.places} lines={charts.costs} format={costText} />
    </div>
  )
}

function Models({ models }: { readonly models: readonly ModelTotals[] }) {
  return (
    <table>
      <Head
        titles={['Model', 'Calls', 'Failed', 'Median', '95th percentile', 'Tokens', 'Cost']}
        numbersFrom={1}
      />
      <tbody>
        {models.map(({ model, provider, calls, errors, latency, tokens, cost: dollars }) => (
          <tr key={`${provider} ${model}`}>
            <td>
              <Link href={`/traces?model=${encodeURIComponent(model)}`}>{model}</Link>{' '}
              <span class="hint">{provider}</span>
            </td>
            <td class="number">{count(calls)}</td>
            <td class="number">{percent(errors, calls)}</td>
            <td class="number">{latency && duration(latency.p50)}</td>
            <td class="number">{latency && duration(latency.p95)}</td>
            <td class="number">{`${shortCount(tokens.input)} → ${shortCount(tokens.output)}`}</td>
            <td class="number">{cost(dollars)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
