import type { ReadSpan } from '../otlp/spans.ts'
import type { Facts } from './facts.ts'

export const FACET_KINDS = ['service', 'model', 'provider', 'operation'] as const

export type FacetKind = (typeof FACET_KINDS)[number]

/** Values of a trace, by kind. */
export type FacetValues = Readonly<Record<FacetKind, readonly string[]>>

const MAX_VALUES = 32

/** The columns of a trace that its spans add to. */
export interface TraceColumns {
  start: bigint
  end: bigint
  hasRoot: number
  rootStart: bigint
  name: string
  service: string
  spans: number
  errors: number
  input: number
  output: number
  cacheRead: number | null
  cacheWrite: number | null
  reasoning: number | null
  cost: number | null
  conversation: string | null
  user: string | null
  facets: Record<FacetKind, string[]>
}

const none = (): TraceColumns => ({
  start: 0n,
  end: 0n,
  hasRoot: 0,
  rootStart: 0n,
  name: '',
  service: '',
  spans: 0,
  errors: 0,
  input: 0,
  output: 0,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  cost: null,
  conversation: null,
  user: null,
  facets: { service: [], model: [], provider: [], operation: [] },
})

/** The kept summary of one trace, while spans are added to it. */
export class TraceRow {
  readonly id: number
  readonly traceId: string
  readonly columns: TraceColumns
  /** As stored; undefined for a new trace. */
  readonly storedStart: bigint | undefined
  readonly newFacets: Array<readonly [FacetKind, string]> = []

  constructor(id: number, traceId: string, stored?: TraceColumns) {
    this.id = id
    this.traceId = traceId
    this.columns = stored ?? none()
    this.storedStart = stored?.start
  }

  add(span: ReadSpan, facts: Facts): void {
    const end = span.end > span.start ? span.end : span.start
    if (this.columns.spans === 0 || span.start < this.columns.start) this.columns.start = span.start
    if (this.columns.spans === 0 || end > this.columns.end) this.columns.end = end
    this.#name(span)
    this.columns.spans += 1
    if (span.status === 2) this.columns.errors += 1
    this.#addCall(facts)
    this.columns.conversation ??= facts.conversation ?? null
    this.columns.user ??= facts.user ?? null
    this.#addFacet('service', span.resource.service.slice(0, 256))
    this.#addFacet('model', facts.model)
    this.#addFacet('provider', facts.provider)
    this.#addFacet('operation', facts.operation)
  }

  /** The earliest root names a trace, before there is one the earliest span. */
  #name(span: ReadSpan): void {
    const isRoot = span.parentId === ''
    const better =
      this.columns.spans === 0 ||
      (isRoot && this.columns.hasRoot === 0) ||
      (Number(isRoot) === this.columns.hasRoot && span.start < this.columns.rootStart)
    if (!better) return
    this.columns.hasRoot = Number(isRoot)
    this.columns.rootStart = span.start
    this.columns.name = span.name.slice(0, 1024)
    this.columns.service = span.resource.service.slice(0, 256)
  }

  #addCall({ call }: Facts): void {
    if (!call) return
    this.columns.input += call.input
    this.columns.output += call.output
    this.columns.cacheRead = sum(this.columns.cacheRead, call.cacheRead)
    this.columns.cacheWrite = sum(this.columns.cacheWrite, call.cacheWrite)
    this.columns.reasoning = sum(this.columns.reasoning, call.reasoning)
    this.columns.cost = sum(this.columns.cost, call.cost)
  }

  #addFacet(kind: FacetKind, value: string | undefined): void {
    const values = this.columns.facets[kind]
    if (value === undefined || values.includes(value) || values.length >= MAX_VALUES) return
    values.push(value)
    this.newFacets.push([kind, value])
  }
}

function sum(total: number | null, more: number | undefined): number | null {
  return more === undefined ? total : (total ?? 0) + more
}
