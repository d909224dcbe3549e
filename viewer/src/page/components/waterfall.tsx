import { useRef, useState } from 'preact/hooks'
import type { Span } from '../../api.ts'
import { GEN_AI } from '../../names.ts'
import { duration } from '../format.ts'
import type { Row } from '../layout/tree.ts'

const ROW_HEIGHT = 28
const SPARE_ROWS = 20

interface WaterfallProps {
  readonly rows: readonly Row[]
  readonly from: number
  readonly length: number
  readonly folded: ReadonlySet<number>
  readonly selected: number
  readonly select: (index: number) => void
  readonly fold: (index: number) => void
}

/** The spans by time. Of many, only those in sight are in the document. */
export function Waterfall(props: WaterfallProps) {
  const { rows, selected, select, folded, fold } = props
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const height = box.current?.clientHeight ?? 600
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - SPARE_ROWS)
  const last = Math.ceil((top + height) / ROW_HEIGHT) + SPARE_ROWS
  const place = rows.findIndex(({ span }) => span.index === selected)
  const move = (to: number): void => {
    const at = Math.min(Math.max(to, 0), rows.length - 1)
    const row = rows[at]
    if (!row || !box.current) return
    select(row.span.index)
    bringIntoSight(box.current, at * ROW_HEIGHT)
  }
  const press = (event: KeyboardEvent): void => {
    const current = rows[place]
    const isFolded = folded.has(selected)
    if (event.key === 'ArrowDown') move(place + 1)
    else if (event.key === 'ArrowUp') move(place - 1)
    else if (event.key === 'ArrowLeft' && current && !isFolded) fold(selected)
    else if (event.key === 'ArrowRight' && isFolded) fold(selected)
    else return
    event.preventDefault()
  }
  return (
    <div
      class="waterfall"
      role="tree"
      aria-label="Spans"
      tabIndex={0}
      aria-activedescendant={`span-${selected}`}
      ref={box}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      onKeyDown={press}
    >
      <div class="rows" role="presentation" style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
        {rows.slice(first, last).map((row, index) => (
          <SpanRow
            key={row.span.index}
            row={row}
            offset={(first + index) * ROW_HEIGHT}
            {...props}
          />
        ))}
      </div>
    </div>
  )
}

function bringIntoSight(box: HTMLElement, offset: number): void {
  const lowest = offset - box.clientHeight + ROW_HEIGHT
  if (offset < box.scrollTop) box.scrollTop = offset
  else if (lowest > box.scrollTop) box.scrollTop = lowest
}

type SpanRowProps = WaterfallProps & { readonly row: Row; readonly offset: number }

function SpanRow({ row, offset, from, length, folded, selected, select, fold }: SpanRowProps) {
  const { span, depth, children } = row
  const { index, name, status } = span
  const isFolded = folded.has(index)
  return (
    <div
      class={`span-row ${status === 'error' ? 'failed' : ''}`}
      role="treeitem"
      id={`span-${index}`}
      aria-level={depth + 1}
      aria-selected={index === selected}
      aria-expanded={children > 0 ? !isFolded : undefined}
      style={{ top: `${offset}px` }}
      onClick={() => select(index)}
    >
      <span class="span-name" style={{ paddingLeft: `${Math.min(depth, 20) * 14}px` }}>
        <span class="fold" aria-hidden="true" onClick={() => children > 0 && fold(index)}>
          {children === 0 ? '' : isFolded ? '▸' : '▾'}
        </span>
        {name}
      </span>
      <Bar span={span} from={from} length={length} />
    </div>
  )
}

interface BarProps {
  readonly span: Span
  readonly from: number
  readonly length: number
}

function Bar({ span, from, length }: BarProps) {
  const share = (milliseconds: number): number => (milliseconds / length) * 100
  const left = share(span.start - from)
  const firstChunk = Number(span.attributes[GEN_AI.firstChunk] ?? NaN) * 1000
  // of a model in the process too, which has a provider, as no agent has
  const isCall = span.kind === 'client' || span.attributes[GEN_AI.provider] !== undefined
  const isModel = isCall && span.attributes[GEN_AI.requestModel] !== undefined
  return (
    <span class="lane">
      <span
        class={`span-bar ${isModel ? 'model' : ''}`}
        style={{ left: `${left}%`, width: `${share(span.duration)}%` }}
      />
      {Number.isFinite(firstChunk) && (
        <span
          class="first-chunk"
          title={`First chunk after ${duration(firstChunk)}`}
          style={{ left: `${left + share(firstChunk)}%` }}
        />
      )}
      <span class="span-time" style={{ left: `${left + share(span.duration)}%` }}>
        {duration(span.duration)}
      </span>
    </span>
  )
}
