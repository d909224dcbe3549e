import { agent, score, tool } from '@llmscope/sdk'
import { TraceFlags } from '@opentelemetry/api'
import { expect, test, vi } from 'vitest'
import { read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

vi.stubEnv('OTEL_TRACES_SAMPLER', 'parentbased_traceidratio')
vi.stubEnv('OTEL_TRACES_SAMPLER_ARG', '0')

const telemetry = useTelemetry({ captureContent: 'span_and_event' })
const at = useServer()

const messages = [{ role: 'user' as const, content: 'the question' }]

/** An agent's run with a call, a stream, a failure, a tool and a score, none of which is sampled. */
async function run(): Promise<void> {
  await agent('planner', async () => {
    const { id } = await at.client.chat.completions.create({ model: 'ordinary', messages })
    const options = { stream: true, stream_options: { include_usage: true } } as const
    await read(await at.client.chat.completions.create({ model: 'ordinary', messages, ...options }))
    await at.client.chat.completions
      .create({ model: 'rate-limit', messages })
      .catch(() => undefined)
    tool('weather', () => 1)
    score(id, { name: 'relevance', value: 1 })
  })
}

test('metrics see every call and operation, sampled or not', async () => {
  await run()
  expect(telemetry().spans).toEqual([])
  const sums = Object.fromEntries(
    [...(await telemetry().metrics())].map(([name, points]) => [
      name,
      points.reduce((sum, { value, histogram }) => sum + (value ?? histogram?.count ?? 0), 0),
    ]),
  )
  expect(sums).toMatchObject({
    'gen_ai.client.inference.duration': 3,
    'gen_ai.client.inference.operation.input_tokens': 3,
    'gen_ai.client.inference.time_to_first_chunk': 1,
    'gen_ai.client.inference.usage.input_tokens': 56,
    'gen_ai.execute_tool.duration': 1,
    'gen_ai.invoke_agent.duration': 1,
    'gen_ai.invoke_agent.inference_calls': 1,
    'llmscope.evaluation.score': 1,
  })
})

test('events are no spans: each call has its own, with content, and says that its trace was not sampled', async () => {
  await run()
  const { events } = telemetry()
  expect(events.map(({ eventName }) => eventName)).toEqual([
    'gen_ai.client.inference.operation.details',
    'gen_ai.client.inference.operation.details',
    'gen_ai.client.inference.operation.details',
    'gen_ai.evaluation.result',
  ])
  expect(events[0]?.attributes).toMatchObject({
    'gen_ai.request.model': 'ordinary',
    'gen_ai.usage.input_tokens': 28,
    'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'the question' }] }],
  })
  for (const { spanContext } of events) expect(spanContext?.traceFlags).toBe(TraceFlags.NONE)
})
