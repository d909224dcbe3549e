import type { Span } from '../../api.ts'

/** A span where it is drawn. */
export interface Row {
  readonly span: Span
  readonly depth: number
  readonly children: number
  /** Milliseconds in which none of its children ran. */
  readonly self: number
}

/** The spans as a tree in the order of their start, without what is below the folded ones. */
export function rowsOf(spans: readonly Span[], folded: ReadonlySet<number>): Row[] {
  const children = Map.groupBy(spans, ({ parent }) => parent)
  const rows: Row[] = []
  const rest = (children.get(undefined) ?? []).toReversed().map((span) => ({ span, depth: 0 }))
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { span, depth } = next
    const below = children.get(span.index) ?? []
    rows.push({ span, depth, children: below.length, self: selfTime(span, below) })
    if (folded.has(span.index)) continue
    for (const child of below.toReversed()) rest.push({ span: child, depth: depth + 1 })
  }
  return rows
}

/** The time of a span in which none of its children ran, which may overlap and outlive it. */
export function selfTime(
  { start, duration }: Pick<Span, 'start' | 'duration'>,
  children: ReadonlyArray<Pick<Span, 'start' | 'duration'>>,
): number {
  const end = start + duration
  let covered = 0
  let until = start
  for (const child of children.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(child.start, until)
    const to = Math.min(child.start + child.duration, end)
    if (to <= from) continue
    covered += to - from
    until = to
  }
  return duration - covered
}

/** The time that all spans take together. */
export function extent(spans: readonly Span[]): { readonly from: number; readonly length: number } {
  const from = spans.reduce((least, { start }) => Math.min(least, start), Infinity)
  const to = spans.reduce(
    (most, { start, duration }) => Math.max(most, start + duration),
    -Infinity,
  )
  return { from, length: Math.max(to - from, Number.EPSILON) }
}
