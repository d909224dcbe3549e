import type { MetricInfo, MetricList } from '../../api.ts'
import { goWith } from '../address.ts'
import { Curve } from '../components/curve.tsx'
import { minutesOf, Period } from '../components/period.tsx'
import { Empty, State } from '../components/state.tsx'
import { useData, useRefreshed } from '../data.ts'
import type { ViewProps } from './index.ts'

/** Any metric over time, by any of its attributes. */
export function MetricsView({ address }: ViewProps) {
  const asked = useRefreshed('metrics')
  const loaded = useData<MetricList>('/data/metrics', asked)
  return (
    <section>
      <h1>Metrics</h1>
      <State loaded={loaded}>
        {({ metrics: [first, ...rest] }) =>
          first ? (
            <Chosen address={address} metrics={[first, ...rest]} to={asked} />
          ) : (
            <NothingYet />
          )
        }
      </State>
    </section>
  )
}

function NothingYet() {
  return (
    <Empty>
      <p>
        No metric has arrived yet. OpenTelemetry sends them once a minute, unless told otherwise:
      </p>
      <pre>OTEL_METRIC_EXPORT_INTERVAL=5000</pre>
    </Empty>
  )
}

interface ChosenProps extends ViewProps {
  readonly metrics: readonly [MetricInfo, ...MetricInfo[]]
  readonly to: number
}

function Chosen({ address, metrics, to }: ChosenProps) {
  const { searchParams } = address
  const metric = metrics.find(({ name }) => name === searchParams.get('name')) ?? metrics[0]
  const by = searchParams.get('by') ?? ''
  const from = to - Number(minutesOf(address)) * 60_000
  const query = new URLSearchParams({ name: metric.name, from: String(from), to: String(to) })
  if (by !== '') query.set('by', by)
  return (
    <>
      <p class="actions">
        <label class="inline">
          Metric
          <select
            value={metric.name}
            onChange={({ currentTarget }) => goWith(address, { name: currentTarget.value, by: '' })}
          >
            {metrics.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="inline">
          By
          <select
            value={by}
            onChange={({ currentTarget }) => goWith(address, { by: currentTarget.value })}
          >
            <option value="">nothing</option>
            {['service.name', ...metric.attributes.map(({ name }) => name)].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Period address={address} />
      </p>
      <p class="hint">{metric.description}</p>
      <Curve title={metric.name} query={query.toString()} />
    </>
  )
}
