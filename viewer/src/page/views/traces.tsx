import type { Facet, Facets, Status, TraceList, TraceSummary } from '../../api.ts'
import { go, goWith } from '../address.ts'
import { Link } from '../components/link.tsx'
import { Head, Older } from '../components/list.tsx'
import { Empty, State } from '../components/state.tsx'
import { useData, useRefreshed } from '../data.ts'
import { cost, count, duration, fullTime, time, tokens } from '../format.ts'
import type { ViewProps } from './index.ts'

/** The traces, newest first, as they come. */
export function TracesView({ address }: ViewProps) {
  const version = useRefreshed('traces')
  const list = useData<TraceList>(`/data/traces${address.search}`, version)
  return (
    <div class="with-side">
      <Filters address={address} version={version} />
      <section class="list">
        <h1>Traces</h1>
        <State loaded={list}>
          {({ traces, cursor }) => (
            <>
              <Table traces={traces} address={address} />
              <Older address={address} cursor={cursor} />
            </>
          )}
        </State>
      </section>
    </div>
  )
}

function Table({ traces, address }: ViewProps & { readonly traces: readonly TraceSummary[] }) {
  if (traces.length === 0) return address.search === '' ? <NothingYet /> : <NothingFound />
  return (
    <table class="traces">
      <Head
        titles={['Time', 'Name', 'Models', 'Spans', 'Tokens', 'Cost', 'Duration']}
        numbersFrom={3}
      />
      <tbody>
        {traces.map((trace) => (
          <Row key={trace.id} trace={trace} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ trace }: { readonly trace: TraceSummary }) {
  const { id, name, service, start, models, spans, errors } = trace
  const follow = (event: MouseEvent): void => {
    // the link in the row has done it
    if (!event.defaultPrevented) go(`/traces/${id}`)
  }
  return (
    <tr class={errors > 0 ? 'failed' : ''} onClick={follow}>
      <td>
        <time title={fullTime(start)}>{time(start)}</time>
      </td>
      <td>
        <Link href={`/traces/${id}`}>{name}</Link> <span class="hint">{service}</span>
        {errors > 0 && <span class="tag bad">{`${count(errors)} failed`}</span>}
        {trace.scores > 0 && <span class="tag">{`${count(trace.scores)} scored`}</span>}
      </td>
      <td class="hint">{models.join(', ')}</td>
      <td class="number">{count(spans)}</td>
      <td class="number">{tokens(trace.tokens)}</td>
      <td class="number">{cost(trace.cost)}</td>
      <td class="number">{duration(trace.duration)}</td>
    </tr>
  )
}

const isWide = matchMedia('(min-width: 60rem)')

const KINDS = [
  { title: 'Service', name: 'service', of: (facets: Facets) => facets.services },
  { title: 'Model', name: 'model', of: (facets: Facets) => facets.models },
  { title: 'Operation', name: 'operation', of: (facets: Facets) => facets.operations },
]

function Filters({ address, version }: ViewProps & { readonly version: number }) {
  const facets = useData<Facets>('/data/facets', version)
  const value = (name: string): string => address.searchParams.get(name) ?? ''
  const set = (name: string, to: string): void => goWith(address, { [name]: to, cursor: '' })
  return (
    <details class="side" open={isWide.matches}>
      <summary>Filters</summary>
      <div class="filters">
        <label>
          Text
          <input
            type="search"
            value={value('text')}
            placeholder="words of a span"
            onChange={({ currentTarget }) => set('text', currentTarget.value)}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={value('errors') === 'true'}
            onChange={({ currentTarget }) => set('errors', currentTarget.checked ? 'true' : '')}
          />
          With errors
        </label>
        {KINDS.map(({ title, name, of }) => (
          <Choice
            key={name}
            title={title}
            chosen={value(name)}
            facets={facets.data ? of(facets.data) : []}
            choose={(to) => set(name, to)}
          />
        ))}
        <Bound
          title="At least ms"
          value={value('minDuration')}
          set={(to) => set('minDuration', to)}
        />
        <Bound title="At least $" value={value('minCost')} set={(to) => set('minCost', to)} />
      </div>
    </details>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly chosen: string
  readonly facets: readonly Facet[]
  readonly choose: (value: string) => void
}

function Choice({ title, chosen, facets, choose }: ChoiceProps) {
  const isListed = chosen === '' || facets.some(({ value }) => value === chosen)
  const all = isListed ? facets : [...facets, { value: chosen, traces: 0 }]
  return (
    <label>
      {title}
      <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">any</option>
        {all.map(({ value, traces }) => (
          <option key={value} value={value}>{`${value} (${count(traces)})`}</option>
        ))}
      </select>
    </label>
  )
}

interface BoundProps {
  readonly title: string
  readonly value: string
  readonly set: (value: string) => void
}

function Bound({ title, value, set }: BoundProps) {
  return (
    <label>
      {title}
      <input
        type="number"
        min="0"
        step="any"
        value={value}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
    </label>
  )
}

function NothingFound() {
  return (
    <Empty>
      <p>No trace is like that.</p>
      <button type="button" onClick={() => go('/traces', true)}>
        Show all
      </button>
    </Empty>
  )
}

function NothingYet() {
  const { data } = useData<Status>('/data/status')
  return (
    <Empty>
      <p>Nothing has arrived yet. Send OTLP to {data?.listens.otlpHttp ?? 'this viewer'}:</p>
      <pre>
        {`OTEL_EXPORTER_OTLP_ENDPOINT=${data?.listens.otlpHttp ?? ''} \\\n  node --import @llmscope/sdk/register app.js`}
      </pre>
    </Empty>
  )
}
