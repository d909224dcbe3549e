import { expect } from 'vitest'
import type { Usage } from '../sdk/scripted-server/script.ts'
import type { Exchange } from '../sdk/scripted-server/server.ts'
import type { SinkSpan } from '../sdk/otlp-sink.ts'
import type { Contract } from './contract.ts'
import type { Expectation } from './expectations.ts'
import { type Observation, type Observed, scenarioSlug, slugOf } from './observation.ts'

export const CLIENT_KIND = 3
const ERROR = 2
export const OURS = '@llmscope/sdk'

/** Under which names a bill is told. */
const USAGE: Readonly<Record<keyof Usage, string>> = {
  input: 'gen_ai.usage.input_tokens',
  cached: 'gen_ai.usage.cache_read.input_tokens',
  cacheWritten: 'gen_ai.usage.cache_write.input_tokens',
  output: 'gen_ai.usage.output_tokens',
  reasoning: 'gen_ai.usage.reasoning.output_tokens',
}

const KINDS = Object.keys(USAGE) as (keyof Usage)[]

/** One logical call: its span, and its attempts as the server saw them. */
export interface TracedCall {
  readonly span: SinkSpan
  readonly attempts: readonly Exchange[]
  /** What the client was told of what the call costs, and handed on. */
  readonly told: Partial<Usage>
}

/** Pairs the spans of a scenario with the calls that the server saw, and says how many there should be. */
export function callsOf(
  { spans, exchanges }: Observation,
  scenario: string,
  expectation: Expectation,
  contract: Contract,
): { calls: TracedCall[]; expected: number } {
  const slug = slugOf(scenario)
  const ours = spans
    .filter(({ scope, kind, attributes }) => {
      const model = attributes['gen_ai.request.model']
      return scope === OURS && kind === CLIENT_KIND && scenarioSlug(model) === slug
    })
    .toSorted((left, right) => Number(left.start - right.start))
  const seen = attemptsByCall(exchanges.filter(({ model }) => scenarioSlug(model) === slug))
  const expected = expectation.spans ?? seen.length
  const calls = ours.map((span) => {
    const model = span.attributes['gen_ai.request.model']
    const index = seen.findIndex(([first]) => first?.model === model)
    const attempts = seen.splice(index, index < 0 ? 0 : 1)[0] ?? []
    return { span, attempts, told: toldOf(contract, span, attempts, expectation) }
  })
  return { calls, expected }
}

/** Checks one span against what the server did and what the application saw. */
export function checkSpan(
  call: TracedCall,
  expectation: Expectation,
  observed: Observed,
  contract: Contract,
): void {
  const { span, attempts } = call
  const { attributes } = span
  const failed = expectation.fails !== undefined || (attempts.at(-1)?.status ?? 0) >= 400
  const operation = String(attributes['gen_ai.operation.name'])
  expect(span.name).toBe(`${operation} ${String(attributes['gen_ai.request.model'])}`)
  expect(span.kind).toBe(CLIENT_KIND)
  expect(span.dropped).toBe(0)
  expect(span.end).toBeGreaterThanOrEqual(span.start)
  expect(attributes).toMatchObject({
    'gen_ai.operation.name': operationOf(contract, attempts) ?? operation,
    'gen_ai.provider.name': expect.any(String),
    'server.address': expect.any(String),
    'server.port': expect.any(Number),
    ...expectation.attributes,
  })
  if (attempts[0]) expect(attributes['gen_ai.request.stream']).toBe(attempts[0].stream || undefined)
  expect(attributes['llmscope.stream.outcome']).toBe(expectation.outcome)
  if (failed) checkFailure(span, expectation, observed)
  else checkSuccess(span)
  checkUsage(call, contract)
  checkFirstChunk(call, expectation, failed)
}

function checkFailure(
  { status, attributes }: SinkSpan,
  { fails }: Expectation,
  seen: Observed,
): void {
  expect(status.code).toBe(ERROR)
  expect(attributes['llmscope.error.category']).toEqual(fails ?? expect.any(String))
  // versions 5 and 6 hand an error event of the Responses API on like any other
  const classes = errorClasses(seen)
  expect(classes.length > 0 ? classes : ['server_error']).toContain(attributes['error.type'])
}

function checkSuccess({ status, attributes }: SinkSpan): void {
  expect(status.code ?? 0).toBe(0)
  expect(attributes).not.toHaveProperty('error.type')
  expect(attributes).not.toHaveProperty('llmscope.error.category')
}

function checkUsage(
  { span: { attributes }, attempts, told }: TracedCall,
  { isAnonymous }: Contract,
): void {
  const counted = KINDS.filter((kind) => USAGE[kind] in attributes)
  // what is none need not be told
  const expected = KINDS.filter((kind) => told[kind] || (kind in told && USAGE[kind] in attributes))
  const tokens = Object.fromEntries(counted.map((kind) => [kind, attributes[USAGE[kind]]]))
  if (attributes['gen_ai.operation.name'] === 'embeddings') {
    return expect(tokens['input']).toBe(told.input)
  }
  expect(tokens).toEqual(Object.fromEntries(expected.map((kind) => [kind, told[kind]])))
  if (counted.length === 0 || isAnonymous) return
  expect(attributes).toMatchObject({
    'gen_ai.response.id': expect.any(String),
    'gen_ai.response.model': `${attempts[0]?.model}-2026-01-01`,
  })
}

function checkFirstChunk(
  { span, attempts }: TracedCall,
  expected: Expectation,
  failed: boolean,
): void {
  const first = span.attributes['gen_ai.response.time_to_first_chunk']
  const { stream, model } = attempts[0] ?? { stream: false, model: '' }
  if (!stream || model.startsWith('empty')) return expect(first).toBeUndefined()
  if (failed || expected.outcome || expected.usage) return
  expect(first).toBeGreaterThan(model.startsWith('slow') ? 0.39 : 0)
  expect(first).toBeLessThanOrEqual(Number(span.end - span.start) / 1e9 + 0.001)
}

function toldOf(
  { toldFirst, toldSoFar = [] }: Contract,
  { attributes }: SinkSpan,
  attempts: readonly Exchange[],
  { usage, fails, outcome }: Expectation,
): Partial<Usage> {
  const last = attempts.at(-1)
  const billed = last?.billed
  if (!billed || usage) return {}
  if (!fails && !outcome && last.usageSent && !last.closedByClient) return billed
  if (!last.stream) return {}
  const first = toldFirst.map((kind) => [kind, billed[kind]])
  // how much had come only the span can say, but never more than is billed
  const soFar = toldSoFar.map((kind) => {
    const counted = Number(attributes[USAGE[kind]] ?? 0)
    return [kind, Math.min(counted, billed[kind])]
  })
  return Object.fromEntries([...first, ...soFar]) as Partial<Usage>
}

function attemptsByCall(exchanges: readonly Exchange[]): Exchange[][] {
  const calls: Exchange[][] = []
  for (const exchange of exchanges) {
    if (exchange.attempt === 0) calls.push([exchange])
    else calls.findLast(([first]) => first?.model === exchange.model)?.push(exchange)
  }
  return calls
}

function operationOf(contract: Contract, [exchange]: readonly Exchange[]): string | undefined {
  return contract.operationOf(exchange?.path.split('?')[0] ?? '')
}

/** The classes of all errors that a scenario describes. */
function errorClasses(seen: unknown): string[] {
  if (typeof seen !== 'object' || seen === null) return []
  const { class: constructor, name, message } = seen as Record<string, unknown>
  // a general class has names for its kinds
  const isGeneral = constructor === 'DOMException' || constructor === 'Error'
  const type = isGeneral ? (name ?? constructor) : constructor
  const own = typeof type === 'string' && message !== undefined ? [type] : []
  return [...own, ...Object.values(seen).flatMap(errorClasses)]
}
