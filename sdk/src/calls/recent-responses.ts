import type { Attributes, SpanContext } from '@opentelemetry/api'
import type { Facts } from '../context/call-context.ts'

/** Where a response came from, for what is said of it after its span has ended. */
export interface Origin {
  readonly spanContext: SpanContext
  /** The call's metric attributes. */
  readonly attributes: Attributes
  readonly facts?: Facts | undefined
}

const GENERATION = 2048

// two generations, the older of which is dropped whole: cheaper than dropping the oldest every time
let young = new Map<string, Origin>()
let old = new Map<string, Origin>()

/** Remembers the span of a response; one of the latest 2048 at least is found again. */
export function remember(id: string | undefined, origin: Origin): void {
  if (id === undefined) return
  if (young.size >= GENERATION) {
    old = young
    young = new Map()
  }
  young.set(id, origin)
}

export function originOf(id: string): Origin | undefined {
  return young.get(id) ?? old.get(id)
}
