import { agent, embedding, retrieval, type Semconv, start, workflow } from '@llmscope/sdk'
import { expect, test } from 'vitest'
import { answering, json, read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const LATEST = [
  'gen_ai.client.inference.duration',
  'gen_ai.client.inference.operation.input_tokens',
  'gen_ai.client.inference.operation.output_tokens',
  'gen_ai.client.inference.time_per_output_chunk',
  'gen_ai.client.inference.time_to_first_chunk',
  'gen_ai.client.inference.usage.cache_read.input_tokens',
  'gen_ai.client.inference.usage.input_tokens',
  'gen_ai.client.inference.usage.output_tokens',
  'gen_ai.client.inference.usage.reasoning.output_tokens',
]
const V1_41 = [
  'gen_ai.client.operation.duration',
  'gen_ai.client.operation.time_per_output_chunk',
  'gen_ai.client.operation.time_to_first_chunk',
  'gen_ai.client.token.usage',
]

test.each<[Semconv, string[]]>([
  ['latest', LATEST],
  ['v1_41', V1_41],
  ['both', [...LATEST, ...V1_41]],
])('%s names the metrics of a stream', async (semconv, names) => {
  start({ semconv })
  const request = { model: 'ordinary', messages: [], stream_options: { include_usage: true } }
  await read(await at.client.chat.completions.create({ ...request, stream: true }))
  const metrics = await telemetry().metrics()
  const convention = [...metrics.keys()].filter((name) => name.startsWith('gen_ai.'))
  expect(convention.toSorted()).toEqual(names.toSorted())
  const providers = [...metrics.values()]
    .flat()
    .map(({ attributes }) => attributes['gen_ai.system'])
  expect(new Set(providers)).toEqual(new Set([semconv === 'latest' ? undefined : 'openai']))
})

test('the 1.41 token metric tells input from output by its type', async () => {
  start({ semconv: 'v1_41' })
  await at.client.chat.completions.create({ model: 'ordinary', messages: [] })
  await at.client.embeddings.create({ model: 'e', input: 'x' })
  const points = await telemetry().points('gen_ai.client.token.usage')
  expect(
    points.map(({ attributes, histogram }) => [
      attributes['gen_ai.operation.name'],
      attributes['gen_ai.token.type'],
      histogram?.sum,
    ]),
  ).toEqual([
    ['chat', 'input', 28],
    ['chat', 'output', 6],
    ['embeddings', 'input', 9],
  ])
})

/** Makes one of everything whose name has changed. */
async function everything(semconv: Semconv): Promise<Record<string, unknown>> {
  start({ semconv })
  const client = answering(() => json({ id: 'x', model: 'm', choices: [] }))
  await client.chat.completions.create({ model: 'm', messages: [] })
  workflow('flow', () => undefined)
  agent('planner', () => undefined)
  retrieval({ dataSource: 'handbook', provider: 'pgvector', topK: 3 }, () => [])
  embedding({ model: 'm', provider: 'local' }, () => undefined)
  return Object.fromEntries(telemetry().spans.map(({ name, attributes }) => [name, attributes]))
}

const renamed = {
  latest: {
    'chat m': { 'gen_ai.provider.name': 'openai' },
    'invoke_workflow flow': { 'gen_ai.agent.name': 'flow' },
    'invoke_agent planner': { 'gen_ai.agent.name': 'planner' },
    'retrieval handbook': { 'gen_ai.retrieval.top_k': 3, 'gen_ai.provider.name': 'pgvector' },
    'embeddings m': { 'gen_ai.provider.name': 'local' },
  },
  v1_41: {
    'chat m': { 'gen_ai.system': 'openai', 'gen_ai.provider.name': 'openai' },
    'invoke_workflow flow': { 'gen_ai.workflow.name': 'flow' },
    'invoke_agent planner': { 'gen_ai.agent.name': 'planner' },
    'retrieval handbook': {
      'gen_ai.request.top_k': 3,
      'gen_ai.system': 'pgvector',
      'gen_ai.provider.name': 'pgvector',
    },
    'embeddings m': { 'gen_ai.system': 'local', 'gen_ai.provider.name': 'local' },
  },
}
const NAMES = new Set([
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.agent.name',
  'gen_ai.workflow.name',
  'gen_ai.retrieval.top_k',
  'gen_ai.request.top_k',
])

test.each(['latest', 'v1_41', 'both'] as const)(
  '%s names the attributes of spans',
  async (semconv) => {
    const spans = await everything(semconv)
    for (const span of Object.keys(renamed.latest) as (keyof typeof renamed.latest)[]) {
      const attributes = Object.entries(spans[span] as object).filter(([name]) => NAMES.has(name))
      expect(Object.fromEntries(attributes)).toEqual({
        ...(semconv !== 'v1_41' && renamed.latest[span]),
        ...(semconv !== 'latest' && renamed.v1_41[span]),
      })
    }
  },
)

test('every client duration has the one name of 1.41', async () => {
  await everything('v1_41')
  const names = [...(await telemetry().metrics()).keys()].filter((name) =>
    name.startsWith('gen_ai.client.'),
  )
  expect(names).toEqual(['gen_ai.client.operation.duration'])
  const durations = await telemetry().points('gen_ai.client.operation.duration')
  expect(durations.map(({ attributes }) => attributes['gen_ai.operation.name'])).toEqual([
    'chat',
    'retrieval',
    'embeddings',
  ])
})

test.each([
  ['latest', [undefined, undefined]],
  ['v1_41', ['stop', 'stop']],
  ['both', ['stop', 'stop']],
] as const)('with %s, messages end as %s', async (semconv, reasons) => {
  start({ semconv, captureContent: 'span_only' })
  await at.client.chat.completions.create({ model: 'ordinary', messages: [], n: 2 })
  const messages = JSON.parse(
    String(telemetry().span().attributes['gen_ai.output.messages']),
  ) as readonly { readonly finish_reason?: string }[]
  expect(messages.map((message) => message.finish_reason)).toEqual(reasons)
})
