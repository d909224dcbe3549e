import { useMemo, useState } from 'preact/hooks'
import type { TraceDetail } from '../../api.ts'
import { goWith } from '../address.ts'
import { Link } from '../components/link.tsx'
import { SpanPanel } from '../components/span-panel.tsx'
import { State } from '../components/state.tsx'
import { Waterfall } from '../components/waterfall.tsx'
import { useData, useLive } from '../data.ts'
import { cost, count, duration, fullTime, tokens } from '../format.ts'
import { extent, rowsOf, selfTime } from '../layout/tree.ts'
import type { ViewProps } from './index.ts'

/** One trace: its spans by time, and one of them whole. */
export function TraceView({ address }: ViewProps) {
  const id = address.pathname.split('/').at(-1) ?? ''
  const [version, setVersion] = useState(0)
  const loaded = useData<TraceDetail>(`/data/traces/${id}`, version)
  useLive({
    traces: ({ traces }) => {
      if (traces.some((trace) => trace.id === id)) setVersion((before) => before + 1)
    },
  })
  return <State loaded={loaded}>{(detail) => <Trace detail={detail} address={address} />}</State>
}

function Trace({ detail, address }: ViewProps & { readonly detail: TraceDetail }) {
  const { spans, summary } = detail
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(() => rowsOf(spans, folded), [spans, folded])
  const { from, length } = useMemo(() => extent(spans), [spans])
  const asked = address.searchParams.get('span')
  const span = spans.find(({ id }) => id === asked) ?? rows[0]?.span
  if (!span) return <p class="hint">It has no spans.</p>
  const fold = (index: number): void =>
    setFolded((before) => {
      const after = new Set(before)
      if (!after.delete(index)) after.add(index)
      return after
    })
  const children = spans.filter(({ parent }) => parent === span.index)
  return (
    <article class="trace">
      <h1>
        {summary.name} <span class="hint">{summary.service}</span>
      </h1>
      <p class="hint">
        {fullTime(summary.start)} · {duration(summary.duration)} · {count(summary.spans)} spans
        {summary.errors > 0 && ` · ${count(summary.errors)} failed`} {tokens(summary.tokens)}{' '}
        {cost(summary.cost)} {summary.conversation !== undefined && <Conversation {...summary} />}
      </p>
      <Copies id={summary.id} />
      <div class="split">
        <Waterfall
          rows={rows}
          from={from}
          length={length}
          folded={folded}
          fold={fold}
          selected={span.index}
          select={(index) => goWith(address, { span: spans[index]?.id ?? '' })}
        />
        <SpanPanel detail={detail} span={span} self={selfTime(span, children)} />
      </div>
    </article>
  )
}

function Conversation({ conversation = '' }: { readonly conversation?: string }) {
  return <Link href={`/traces?conversation=${encodeURIComponent(conversation)}`}>conversation</Link>
}

const copy = (text: string): void => void navigator.clipboard.writeText(text)

/** What others can do with the trace. */
function Copies({ id }: { readonly id: string }) {
  const path = `${location.origin}/data/traces/${id}`
  return (
    <p class="actions">
      <button type="button" class="quiet" onClick={() => copy(location.href)}>
        Copy link
      </button>
      <button type="button" class="quiet" onClick={() => copy(`curl '${path}'`)}>
        Copy as cURL
      </button>
      <a href={path} download={`${id}.json`}>
        JSON
      </a>
    </p>
  )
}
