import type { Semconv } from '@llmscope/sdk'
import { type Attribute, attributes } from '@llmscope/sdk/catalogue'
import * as v141 from '@opentelemetry/semantic-conventions/incubating'
import { beforeAll, expect, test } from 'vitest'
import { exportEverything } from './everything/index.ts'

/** The names of the package of the conventions, which stay as they were in 1.41. */
const IN_1_41 = new Set<unknown>(
  Object.entries(v141)
    .filter(([key]) => /^(ATTR|METRIC|EVENT)_/.test(key))
    .map(([, value]) => value),
)

/** What was exported in each form: every name of a span, event or metric, alone and with every attribute. */
const exported = new Map<Semconv, ReadonlySet<string>>()

beforeAll(async () => {
  for (const semconv of ['latest', 'v1_41', 'both'] as const) {
    exported.set(semconv, (await exportEverything(semconv)).seen)
  }
}, 60_000)

const linesOf = (semconv: Semconv): string[] => [...(exported.get(semconv) ?? [])]

/** The names of attributes and metrics that one form has and another has not. */
function only(semconv: Semconv, other: Semconv): string[] {
  const others = namesOf(other)
  return [...namesOf(semconv)].filter((name) => !others.has(name)).toSorted()
}

function namesOf(semconv: Semconv): Set<string> {
  return new Set(linesOf(semconv).map((line) => line.replace(/^.*: |^metric /, '')))
}

test('both has every name of the two others wherever they have it', () => {
  const both = new Set(linesOf('both'))
  const lacking = [...linesOf('latest'), ...linesOf('v1_41')].filter((line) => !both.has(line))
  expect(lacking).toEqual([])
  expect(namesOf('both')).toEqual(new Set([...namesOf('latest'), ...namesOf('v1_41')]))
})

test('latest has no name that is replaced', () => {
  const replaced = Object.entries<Attribute>(attributes)
    .filter(([, { stability }]) => stability === 'deprecated')
    .map(([name]) => name)
  expect(replaced.filter((name) => namesOf('latest').has(name))).toEqual([])
})

test('v1_41 has another name for what has been renamed since, and each is spelled as it was', () => {
  const former = only('v1_41', 'latest')
  expect(former).toEqual([
    'gen_ai.client.operation.time_per_output_chunk',
    'gen_ai.client.operation.time_to_first_chunk',
    'gen_ai.client.token.usage',
    'gen_ai.request.top_k',
    'gen_ai.system',
    'gen_ai.token.type',
    'gen_ai.workflow.name',
  ])
  expect(former.filter((name) => !IN_1_41.has(name))).toEqual([])
})

test('v1_41 lacks the names that replaced others, and no name that 1.41 has', () => {
  const today = only('latest', 'v1_41')
  expect(today).toEqual([
    'gen_ai.client.embeddings.duration',
    'gen_ai.client.embeddings.operation.input_tokens',
    'gen_ai.client.inference.duration',
    'gen_ai.client.inference.operation.input_tokens',
    'gen_ai.client.inference.operation.output_tokens',
    'gen_ai.client.inference.time_per_output_chunk',
    'gen_ai.client.inference.time_to_first_chunk',
    'gen_ai.client.inference.usage.cache_read.input_tokens',
    'gen_ai.client.inference.usage.input_tokens',
    'gen_ai.client.inference.usage.output_tokens',
    'gen_ai.client.inference.usage.reasoning.output_tokens',
    'gen_ai.retrieval.top_k',
    'gen_ai.token.modality',
  ])
  expect(today.filter((name) => IN_1_41.has(name))).toEqual([])
})

test('what v1_41 says of gen_ai beyond 1.41 has no older name', () => {
  const names = [...namesOf('v1_41')].filter((name) => /^(gen_ai|openai)\./.test(name))
  expect(names.filter((name) => !IN_1_41.has(name)).toSorted()).toEqual([
    'gen_ai.execute_tool.duration',
    'gen_ai.invoke_agent.duration',
    'gen_ai.invoke_agent.inference_calls',
    'gen_ai.invoke_agent.tool_calls',
    'gen_ai.prompt.version',
    'gen_ai.request.previous_response.id',
    'gen_ai.request.reasoning.level',
    'gen_ai.response.status',
    'gen_ai.usage.audio.input_tokens',
    'gen_ai.usage.audio.output_tokens',
  ])
})
