import { useMemo } from 'preact/hooks'
import type { RunList, RunSeries, RunSeriesList, RunSummary } from '../../api.ts'
import { goWith } from '../address.ts'
import { Chart } from '../components/chart.tsx'
import { Link } from '../components/link.tsx'
import { Head } from '../components/list.tsx'
import { Empty, State } from '../components/state.tsx'
import { useData, useRefreshed } from '../data.ts'
import { count, duration, fullTime, time } from '../format.ts'
import { overlay } from '../layout/overlay.ts'
import { plain } from '../layout/plain.ts'
import type { ViewProps } from './index.ts'

const MOST_COMPARED = 6

/** Training runs, and what they came to beside each other. */
export function TrainingView({ address }: ViewProps) {
  const version = useRefreshed('runs')
  const loaded = useData<RunList>('/data/runs', version)
  return (
    <section>
      <h1>Training runs</h1>
      <State loaded={loaded}>
        {({ runs }) =>
          runs.length === 0 ? (
            <Empty>
              <p>No run has told of itself yet. Wrap a loop:</p>
              <pre>{"await trainingRun({ name: 'first' }, async (run) => { … })"}</pre>
            </Empty>
          ) : (
            <Runs runs={runs} address={address} version={version} />
          )
        }
      </State>
    </section>
  )
}

interface RunsProps extends ViewProps {
  readonly runs: readonly RunSummary[]
  readonly version: number
}

function Runs({ runs, address, version }: RunsProps) {
  const named = address.searchParams.get('runs')?.split(',')
  const chosen = named ?? runs.slice(0, MOST_COMPARED).map(({ id }) => id)
  const compared = runs.filter(({ id }) => chosen.includes(id)).slice(0, MOST_COMPARED)
  const metrics = [...new Set(compared.flatMap((run) => Object.keys(run.metrics)))].toSorted()
  const toggle = (id: string): void => {
    const next = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]
    goWith(address, { runs: next.join(',') })
  }
  return (
    <>
      <table>
        <Head titles={['Compare', 'Run', 'Outcome', 'Started', 'Took', 'Last values']} />
        <tbody>
          {runs.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              isChosen={compared.includes(run)}
              toggle={() => toggle(run.id)}
            />
          ))}
        </tbody>
      </table>
      <div class="charts">
        {metrics.map((metric) => (
          <MetricChart key={metric} metric={metric} runs={compared} version={version} />
        ))}
      </div>
    </>
  )
}

interface RunRowProps {
  readonly run: RunSummary
  readonly isChosen: boolean
  readonly toggle: () => void
}

const shortName = (metric: string): string => metric.replace(/^training\.(?:evaluation\/)?/, '')
const value = (number: number): string => String(Number(number.toPrecision(4)))

function RunRow({ run, isChosen, toggle }: RunRowProps) {
  const { name, outcome, started, updated, anomalies, traceId, hyperparameters } = run
  const chosen = Object.entries(hyperparameters).map(([key, each]) => `${key} ${plain(each)}`)
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          checked={isChosen}
          onChange={toggle}
        />
      </td>
      <td>
        {traceId === undefined ? name : <Link href={`/traces/${traceId}`}>{name}</Link>}{' '}
        <span class="hint">{chosen.join(', ')}</span>
        {anomalies > 0 && <span class="tag bad">{`${count(anomalies)} anomalies`}</span>}
      </td>
      <td>{outcome}</td>
      <td title={fullTime(started)}>{time(started)}</td>
      <td>{duration(updated - started)}</td>
      <td>
        <dl class="facts">
          {Object.entries(run.metrics).map(([metric, last]) => (
            <div key={metric}>
              <dt>{shortName(metric)}</dt>
              <dd>{value(last)}</dd>
            </div>
          ))}
        </dl>
      </td>
    </tr>
  )
}

interface MetricChartProps {
  readonly metric: string
  readonly runs: readonly RunSummary[]
  readonly version: number
}

function MetricChart({ metric, runs, version }: MetricChartProps) {
  const query = new URLSearchParams([['metric', metric], ...runs.map(({ id }) => ['run', id])])
  const loaded = useData<RunSeriesList>(`/data/runs/series?${query.toString()}`, version)
  return (
    <State loaded={loaded}>
      {({ series }) => <Curves metric={metric} runs={runs} series={series} />}
    </State>
  )
}

interface CurvesProps {
  readonly metric: string
  readonly runs: readonly RunSummary[]
  readonly series: readonly RunSeries[]
}

function Curves({ metric, runs, series }: CurvesProps) {
  const names = useMemo(() => new Map(runs.map(({ id, name }) => [id, name])), [runs])
  const { places, lines } = useMemo(() => overlay(series, names), [series, names])
  return (
    <Chart title={shortName(metric)} places={places} lines={lines} isTime={false} format={value} />
  )
}
