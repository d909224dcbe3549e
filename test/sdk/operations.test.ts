import { agent, embedding, retrieval, tool, workflow } from '@llmscope/sdk'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const chat = (model = 'ordinary'): Promise<unknown> =>
  at.client.chat.completions.create({ model, messages: [] })

/** Names of spans below their parents' names, in alphabetical order. */
function tree(parent?: string, indent = ''): string[] {
  return telemetry()
    .spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .flatMap((span) => [indent + span.name].concat(tree(span.spanContext().spanId, `${indent}  `)))
}

test('each operation is a span of its kind with what was said of it', async () => {
  workflow('answer', () => undefined)
  agent({ name: 'planner', description: 'Plans.', model: 'gpt-5' }, () => undefined)
  tool({ name: 'weather', type: 'extension', description: 'Tells.', callId: 'call_1' }, () => 1)
  tool('calculator', () => 1)
  retrieval({ dataSource: 'handbook', provider: 'pgvector', topK: 3 }, () => [])
  embedding({ model: 'bge', provider: 'local', dimensions: 8 }, () => [])
  const spans = telemetry().spans.map(({ name, kind, attributes }) => ({ name, kind, attributes }))
  expect(spans).toEqual([
    {
      name: 'invoke_workflow answer',
      kind: SpanKind.INTERNAL,
      attributes: { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.agent.name': 'answer' },
    },
    {
      name: 'invoke_agent planner',
      kind: SpanKind.INTERNAL,
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'planner',
        'gen_ai.agent.description': 'Plans.',
        'gen_ai.request.model': 'gpt-5',
      },
    },
    {
      name: 'execute_tool weather',
      kind: SpanKind.INTERNAL,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'weather',
        'gen_ai.tool.type': 'extension',
        'gen_ai.tool.description': 'Tells.',
        'gen_ai.tool.call.id': 'call_1',
      },
    },
    {
      name: 'execute_tool calculator',
      kind: SpanKind.INTERNAL,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'calculator',
        'gen_ai.tool.type': 'function',
      },
    },
    {
      name: 'retrieval handbook',
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.operation.name': 'retrieval',
        'gen_ai.data_source.id': 'handbook',
        'gen_ai.provider.name': 'pgvector',
        'gen_ai.retrieval.top_k': 3,
      },
    },
    {
      name: 'embeddings bge',
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.request.model': 'bge',
        'gen_ai.provider.name': 'local',
        'gen_ai.embeddings.dimension.count': 8,
      },
    },
  ])
})

test('what runs inside is below, however deep and late', async () => {
  await workflow('answer', async () => {
    await agent('planner', async () => {
      await chat()
      await Promise.all([
        tool('weather', async () => {
          await wait(1)
          await chat('ordinary:weather')
        }),
        tool('calculator', async () => 2),
      ])
      retrieval({ dataSource: 'handbook' }, () => [])
    })
  })
  expect(tree()).toEqual([
    'invoke_workflow answer',
    '  invoke_agent planner',
    '    chat ordinary',
    '    execute_tool calculator',
    '    execute_tool weather',
    '      chat ordinary:weather',
    '    retrieval handbook',
  ])
})

test('concurrent operations keep to themselves', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      agent(`agent ${index}`, async () => {
        await wait(index % 3)
        await tool(`tool ${index}`, () => chat(`ordinary:${index}`))
      }),
    ),
  )
  for (let index = 0; index < 20; index += 1) {
    const root = telemetry().span(`invoke_agent agent ${index}`).spanContext().spanId
    expect(tree(root)).toEqual([`execute_tool tool ${index}`, `  chat ordinary:${index}`])
  }
})

test('the function gets the span, and its value is given back as it is', async () => {
  const value = { its: 'own' }
  const result = agent('planner', (span) => {
    expect(trace.getActiveSpan()).toBe(span)
    span.setAttribute('app.step', 1)
    return value
  })
  expect(result).toBe(value)
  expect(trace.getSpan(context.active())).toBeUndefined()
  expect(telemetry().span().attributes).toMatchObject({ 'app.step': 1 })
  expect(await agent('planner', async () => value)).toBe(value)
  expect(await tool('x', () => Promise.resolve())).toBeUndefined()
})

test('a failure is the span’s and the application’s', async () => {
  const error = new RangeError('too far')
  expect(() =>
    tool('sync', () => {
      throw error
    }),
  ).toThrow(error)
  await expect(tool('async', () => Promise.reject(error))).rejects.toBe(error)
  for (const { status, attributes } of telemetry().spans) {
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'RangeError' })
    expect(attributes).toMatchObject({
      'error.type': 'RangeError',
      'llmscope.error.category': 'unknown',
    })
  }
})

test('a failed call inside fails what does not catch it, with its category', async () => {
  await agent('planner', () => chat('rate-limit')).catch(() => undefined)
  expect(telemetry().span('invoke_agent planner').attributes).toMatchObject({
    'error.type': 'RateLimitError',
    'llmscope.error.category': 'rate_limit',
  })
})

/** The calls that each agent is said to have made. */
async function calls(kind: string): Promise<unknown> {
  const points = await telemetry().points(`gen_ai.invoke_agent.${kind}`)
  return points.map(({ attributes, histogram }) => [attributes, histogram?.sum])
}

test('an agent counts its inference and tool calls, not those of another agent inside', async () => {
  await workflow('answer', () =>
    agent({ name: 'outer', model: 'gpt-5' }, async () => {
      await chat()
      await chat()
      await tool('weather', () => chat())
      await at.client.embeddings.create({ model: 'e', input: 'x' })
      agent('inner', () => tool('calculator', () => 1))
    }),
  )
  expect(await calls('inference_calls')).toEqual([
    [{ 'gen_ai.agent.name': 'inner' }, 0],
    [{ 'gen_ai.agent.name': 'outer' }, 3],
  ])
  expect(await calls('tool_calls')).toEqual([
    [{ 'gen_ai.agent.name': 'inner' }, 1],
    [{ 'gen_ai.agent.name': 'outer' }, 1],
  ])
})

async function attributesOf(metric: string): Promise<unknown> {
  return (await telemetry().points(metric)).map(({ attributes }) => attributes)
}

test('durations say what ran, and how it failed', async () => {
  await workflow('answer', () =>
    agent({ name: 'planner', model: 'gpt-5' }, async () => {
      await tool('weather', () => Promise.reject(new TypeError('x'))).catch(() => undefined)
      retrieval({ dataSource: 'handbook', provider: 'pgvector' }, () => [])
    }),
  )
  embedding({ model: 'bge', provider: 'local' }, () => [])
  expect(await attributesOf('gen_ai.invoke_agent.duration')).toEqual([
    {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'planner',
      'gen_ai.request.model': 'gpt-5',
    },
    { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.agent.name': 'answer' },
  ])
  expect(await attributesOf('gen_ai.execute_tool.duration')).toEqual([
    {
      'gen_ai.tool.name': 'weather',
      'gen_ai.tool.type': 'function',
      'gen_ai.agent.name': 'planner',
      'error.type': 'TypeError',
      'llmscope.error.category': 'unknown',
    },
  ])
  expect(await attributesOf('gen_ai.client.operation.duration')).toEqual([
    { 'gen_ai.operation.name': 'retrieval', 'gen_ai.provider.name': 'pgvector' },
  ])
  expect(await attributesOf('gen_ai.client.embeddings.duration')).toEqual([
    {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'local',
      'gen_ai.request.model': 'bge',
    },
  ])
})
