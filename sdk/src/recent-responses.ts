import type { Attributes, SpanContext } from '@opentelemetry/api'

/** Where a response came from, for what is said of it after its span has ended. */
export interface Origin {
  readonly spanContext: SpanContext
  /** The call's metric attributes. */
  readonly attributes: Attributes
}

const MOST = 4096
const recent = new Map<string, Origin>()

/** Remembers the span of a response; the oldest of many is forgotten. */
export function remember(id: string | undefined, origin: Origin): void {
  if (id === undefined) return
  recent.set(id, origin)
  if (recent.size <= MOST) return
  for (const oldest of recent.keys()) {
    recent.delete(oldest)
    return
  }
}

export function originOf(id: string): Origin | undefined {
  return recent.get(id)
}
