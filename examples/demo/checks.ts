import { setTimeout as sleep } from 'node:timers/promises'
import { type StoredSpan, total, traceOf } from './backends.ts'
import type { Answered, Demo } from './demo.ts'

type Billed = NonNullable<Demo['canned']>['billed']

/** Something that must have arrived. Resolves with what arrived, or throws what is missing yet. */
export interface Check {
  readonly what: string
  readonly check: () => Promise<string>
}

const COUNTERS: Readonly<Record<'input' | 'output' | 'cacheRead' | 'reasoning', string>> = {
  input: 'gen_ai_client_inference_usage_input_tokens_total',
  output: 'gen_ai_client_inference_usage_output_tokens_total',
  cacheRead: 'gen_ai_client_inference_usage_cache_read_input_tokens_total',
  reasoning: 'gen_ai_client_inference_usage_reasoning_output_tokens_total',
}
const EMBEDDED = 'gen_ai_client_embeddings_operation_input_tokens_sum'

/** What every answer's trace has; a model of one's own may call no tool, the canned one always does. */
const PARTS = ['invoke_workflow', 'invoke_agent', 'chat', 'retrieval']

/** PromQL of the tokens that the demo's answers took; equal to the bill, since it asks for no rate. */
export const TOKENS = 'gen_ai_client_inference_usage_output_tokens_total'

/** Where telemetry has arrived. */
export interface Arrived {
  /** Its name, and that of where its metrics are. */
  readonly traces: string
  readonly metrics: string
  traceOf(traceId: string): Promise<readonly StoredSpan[]>
  /** The sum over all series; 0 where there is none. */
  total(promql: string): Promise<number>
}

/** Everything that a finished demo must have brought to the backends. */
export function checks(
  { stack, canned }: { readonly stack: Pick<Demo['stack'], 'urls'> } & Pick<Demo, 'canned'>,
  answers: readonly Answered[],
): Check[] {
  const { jaeger, prometheus } = stack.urls
  const arrived: Arrived = {
    traces: 'Jaeger',
    metrics: 'Prometheus',
    traceOf: async (traceId) => traceOf(jaeger, traceId),
    total: async (promql) => total(prometheus, promql),
  }
  return arrivals(arrived, canned, answers)
}

/** Everything that a finished demo must have brought to one place. */
export function arrivals(
  at: Arrived,
  canned: Demo['canned'],
  answers: readonly Answered[],
): Check[] {
  return [
    ...answers.map(({ traceId }) => ({
      what: `the trace ${traceId} is in ${at.traces}, whole`,
      check: () => checkTrace(at, traceId, canned ? [...PARTS, 'execute_tool'] : PARTS),
    })),
    {
      what: `${at.metrics} has the tokens${canned ? ' that were billed' : ''}`,
      check: () => checkTokens(at, canned?.billed),
    },
    {
      what: 'the scores are there',
      check: () => atLeast(at, 'llmscope_evaluation_score_count', answers.length),
    },
    {
      what: 'the training loss is there',
      check: () => atLeast(at, 'training_steps_total', 1),
    },
    {
      what: 'the host is measured',
      check: () => atLeast(at, 'system_memory_limit_bytes', 1),
    },
  ]
}

/** Waits for a check until its deadline; rejects with what was missing last, or when `signal` aborts. */
export async function settled(
  { what, check }: Check,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<string> {
  const deadline = performance.now() + milliseconds
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > deadline)
        throw new Error(`Not so: ${what}. ${String(error)}`, { cause: error })
    }
    await sleep(250, undefined, { signal })
  }
}

async function checkTrace(at: Arrived, traceId: string, parts: readonly string[]): Promise<string> {
  const spans = await at.traceOf(traceId)
  const known = new Set(spans.map(({ spanId }) => spanId))
  const roots = spans.filter(({ parentSpanId }) => !parentSpanId)
  const lost = spans.filter(({ parentSpanId }) => parentSpanId && !known.has(parentSpanId))
  const names = spans.map(({ name }) => name)
  for (const part of parts) {
    if (!names.some((name) => name.startsWith(part)))
      throw new Error(`There is no ${part} among ${names.join(', ')}.`)
  }
  if (roots.length !== 1 || lost.length > 0) {
    throw new Error(`${roots.length} roots, ${lost.length} spans without their parent.`)
  }
  return `${spans.length} spans`
}

/** To the token, where we know the bill. */
async function checkTokens(at: Arrived, billed: Billed | undefined): Promise<string> {
  if (!billed) return atLeast(at, COUNTERS.output, 1)
  const told: string[] = []
  for (const [model, bill] of Object.entries(billed)) {
    const counts: string[] = []
    for (const [kind, counter] of Object.entries(COUNTERS) as [keyof typeof COUNTERS, string][]) {
      const metric = kind === 'input' && bill.output === 0 ? EMBEDDED : counter
      const counted = await at.total(`${metric}{gen_ai_request_model="${model}"}`)
      if (counted !== bill[kind]) {
        throw new Error(`${model}: ${bill[kind]} ${kind} tokens were billed, ${counted} counted.`)
      }
      if (counted > 0) counts.push(`${counted} ${kind}`)
    }
    told.push(`${model}: ${counts.join(', ')}`)
  }
  return told.join('; ')
}

async function atLeast(at: Arrived, promql: string, least: number): Promise<string> {
  const value = await at.total(promql)
  if (value < least) throw new Error(`${promql} is ${value}.`)
  return `${promql} ${value}`
}
