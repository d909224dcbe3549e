import { agent } from '@llmscope/sdk'
import { TraceFlags } from '@opentelemetry/api'
import { describe, expect, test, vi } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { INSTALLS, request, useAnthropic } from './anthropic-client.ts'

vi.stubEnv('OTEL_TRACES_SAMPLER', 'parentbased_traceidratio')
vi.stubEnv('OTEL_TRACES_SAMPLER_ARG', '0')

const weather = {
  type: 'custom',
  name: 'weather',
  input_schema: { type: 'object' },
  parse: (input: unknown) => input,
  run: () => 'rain',
}

describe.each(INSTALLS)('%s', (version) => {
  const telemetry = useTelemetry({ captureContent: 'span_and_event' })
  const at = useAnthropic(version)

  /** A call, a stream, a failure, and a tool runner, none of which is sampled. */
  async function run(): Promise<void> {
    await agent('planner', async () => {
      const { messages, beta } = at.client
      await messages.create(request('ordinary'))
      await messages.stream(request('ordinary')).finalMessage()
      await messages.create(request('bad-request')).catch(() => undefined)
      await beta.messages.toolRunner(request('tools', { tools: [weather] })).runUntilDone()
    })
  }

  test('metrics see every call of a client whose own spans are not sampled', async () => {
    await run()
    expect(telemetry().spans).toEqual([])
    const sums = Object.fromEntries(
      [...(await telemetry().metrics())].map(([name, points]) => [
        name,
        points.reduce((sum, { value, histogram }) => sum + (value ?? histogram?.count ?? 0), 0),
      ]),
    )
    expect(sums).toMatchObject({
      'gen_ai.client.inference.duration': 5,
      'gen_ai.client.inference.operation.input_tokens': 5,
      'gen_ai.client.inference.time_to_first_chunk': 1,
      'gen_ai.client.inference.usage.input_tokens': 28 + 28 + 25 + 25,
    })
    if (version === 'anthropic-0.133') return
    // the planner, and the client's own
    expect(sums).toMatchObject({
      'gen_ai.invoke_agent.duration': 2,
      'gen_ai.invoke_agent.tool_calls': 2,
      'gen_ai.execute_tool.duration': 1,
    })
  })

  test('each call has an event, with content, that says that its trace was not sampled', async () => {
    await run()
    const { events } = telemetry()
    expect(events.map(({ eventName }) => eventName)).toEqual(
      Array.from({ length: 5 }, () => 'gen_ai.client.inference.operation.details'),
    )
    expect(events[0]?.attributes).toMatchObject({
      'gen_ai.request.model': 'ordinary',
      'gen_ai.usage.input_tokens': 28,
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
    })
    for (const { spanContext } of events) {
      expect(spanContext).toMatchObject({ traceFlags: TraceFlags.NONE })
      expect(spanContext?.traceId).toMatch(/[1-9a-f]/)
    }
  })
})
