import type { ReadSpan } from '../otlp/spans.ts'
import type { Stored, StoredAttributes } from '../otlp/values.ts'
import { GEN_AI } from '../names.ts'

/** What a span says about a call of a model, an agent or a tool. */
export interface Facts {
  readonly operation: string | undefined
  readonly provider: string | undefined
  readonly model: string | undefined
  readonly conversation: string | undefined
  readonly user: string | undefined
  /** Only of a span that is one call of a model: those above it may repeat what it used. */
  readonly call: Call | undefined
}

/** One call of a model. */
export interface Call {
  readonly input: number
  readonly output: number
  readonly cacheRead: number | undefined
  readonly cacheWrite: number | undefined
  readonly reasoning: number | undefined
  readonly cost: number | undefined
  /** Seconds. */
  readonly firstChunk: number | undefined
  readonly errorType: string | undefined
}

const CALLS: ReadonlySet<string> = new Set([
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
])

export function factsOf({ detail: { attributes }, status }: ReadSpan): Facts {
  const operation = word(attributes[GEN_AI.operation])
  return {
    operation,
    provider: word(attributes[GEN_AI.provider] ?? attributes[GEN_AI.formerProvider]),
    model: word(attributes[GEN_AI.requestModel] ?? attributes[GEN_AI.responseModel]),
    conversation: word(attributes[GEN_AI.conversation]),
    user: word(attributes[GEN_AI.user]),
    call: operation !== undefined && CALLS.has(operation) ? callOf(attributes, status) : undefined,
  }
}

function callOf(attributes: StoredAttributes, status: number): Call {
  return {
    input: amount(attributes[GEN_AI.input]) ?? 0,
    output: amount(attributes[GEN_AI.output]) ?? 0,
    cacheRead: amount(attributes[GEN_AI.cacheRead]),
    cacheWrite: amount(attributes[GEN_AI.cacheWrite] ?? attributes[GEN_AI.formerCacheWrite]),
    reasoning: amount(attributes[GEN_AI.reasoning]),
    cost: amount(attributes[GEN_AI.cost]),
    firstChunk: amount(attributes[GEN_AI.firstChunk]),
    errorType: word(attributes[GEN_AI.errorType]) ?? (status === 2 ? 'error' : undefined),
  }
}

/** A text that says something, and not too much. */
export function word(value: Stored | undefined, longest = 256): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined
}

/** A number that is one. */
export function finite(value: Stored | undefined): number | undefined {
  const isDouble = typeof value === 'object' && value !== null && 'double' in value
  const read = isDouble ? value.double : value
  return typeof read === 'number' ? read : undefined
}

/** A number that is not negative either; hostile ones would spoil every sum. */
function amount(value: Stored | undefined): number | undefined {
  const read = finite(value)
  return read !== undefined && read >= 0 ? Math.min(read, Number.MAX_SAFE_INTEGER) : undefined
}
