import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { agent, start } from '@llmscope/sdk'
import { context, trace } from '@opentelemetry/api'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { describe, expect, test, vi } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type Anthropic, request, useAnthropic } from './anthropic-client.ts'

const weather = (run: () => string): object => ({
  type: 'custom',
  name: 'weather',
  description: 'It tells the weather',
  input_schema: { type: 'object' },
  parse: (input: unknown) => input,
  run,
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const inner = (): string => {
  trace.getTracer('application').startSpan('inside the tool').end()
  return 'rain'
}

/** Takes the first answer, and lets go of the loop. */
async function leaveRunner({ beta }: Anthropic): Promise<void> {
  const runner = beta.messages.toolRunner(request('tools', { tools: [weather(inner)] }))
  await runner[Symbol.asyncIterator]().next()
}

describe.each(['anthropic-0.137', 'anthropic-1'])('%s, which traces itself', (version) => {
  const telemetry = useTelemetry()
  const at = useAnthropic(version)

  const childrenOf = (parent: ReadableSpan): string[] =>
    telemetry()
      .spans.filter(
        ({ parentSpanContext }) => parentSpanContext?.spanId === parent.spanContext().spanId,
      )
      .map(({ name }) => name)
      .toSorted()

  test('a tool runner is an agent: its calls and tools are spans below it, and counted', async () => {
    const { messages } = at.client.beta
    await messages.toolRunner(request('tools', { tools: [weather(inner)] })).runUntilDone()
    const runner = telemetry().span('invoke_agent')
    expect(childrenOf(runner)).toEqual(['chat tools', 'chat tools', 'execute_tool weather'])
    expect(childrenOf(telemetry().span('execute_tool weather'))).toEqual(['inside the tool'])
    expect(
      new Set(telemetry().spans.map(({ instrumentationScope }) => instrumentationScope.name)),
    ).toEqual(new Set(['@llmscope/sdk', 'application']))
    const sum = async (metric: string): Promise<unknown> =>
      (await telemetry().points(metric)).map(({ histogram }) => histogram?.sum)
    expect(await sum('gen_ai.invoke_agent.inference_calls')).toEqual([2])
    expect(await sum('gen_ai.invoke_agent.tool_calls')).toEqual([1])
    expect(await telemetry().points('gen_ai.execute_tool.duration')).toHaveLength(1)
  })

  test('a tool runner that is left where it stands ends as abandoned when it is collected', async () => {
    await leaveRunner(at.client)
    expect(telemetry().spans.map(({ name }) => name)).toEqual(['chat tools'])
    await vi.waitFor(() => {
      collectGarbage()
      const { attributes } = telemetry().span('invoke_agent')
      expect(attributes['llmscope.stream.outcome']).toBe('abandoned')
    })
  })

  test('a tool that fails is told of without its words', async () => {
    const failing = weather(() => {
      throw new RangeError('CANARY')
    })
    await at.client.beta.messages.toolRunner(request('tools', { tools: [failing] })).runUntilDone()
    const { attributes, status } = telemetry().span('execute_tool weather')
    expect(attributes).toMatchObject({ 'gen_ai.tool.name': 'weather', 'error.type': 'tool_error' })
    expect(JSON.stringify({ attributes, status })).not.toContain('CANARY')
  })

  test('what a tool was given and what it gave back is content of its span', async () => {
    const content = {
      'gen_ai.tool.call.arguments': undefined,
      'gen_ai.tool.call.result': undefined,
    }
    const run = async (): Promise<object> => {
      await at.client.beta.messages
        .toolRunner(request('tools', { tools: [weather(() => 'rain for me@example.com')] }))
        .runUntilDone()
      const { attributes } = telemetry().spans.findLast(
        ({ name }) => name === 'execute_tool weather',
      ) as ReadableSpan
      return Object.fromEntries(Object.keys(content).map((name) => [name, attributes[name]]))
    }
    expect(await run()).toEqual(content)
    start({ captureContent: 'span_only' })
    expect(await run()).toEqual({
      'gen_ai.tool.call.arguments': '{"city":"CANARY-TOOL-ARGUMENT"}',
      'gen_ai.tool.call.result': '[{"type":"text","text":"rain for [email]"}]',
    })
  })

  test('spans go to the provider that the application gave the client, and metrics where they went', async () => {
    const exporter = new InMemorySpanExporter()
    const own = new TracerProvider({
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
    })
    const client = at.create({ openTelemetry: { tracerProvider: own } })
    await client.messages.create(request('ordinary'))
    await client.beta.messages
      .toolRunner(request('tools', { tools: [weather(inner)] }))
      .runUntilDone()
    expect(telemetry().spans.map(({ name }) => name)).toEqual(['inside the tool'])
    const names = exporter.getFinishedSpans().map(({ name }) => name)
    expect(names.toSorted()).toEqual([
      'chat ordinary',
      'chat tools',
      'chat tools',
      'execute_tool weather',
      'invoke_agent',
    ])
    const [duration] = await telemetry().points('gen_ai.client.inference.duration')
    expect(duration?.histogram?.count).toBe(1)
  })

  test('what we do not tell of stays the client’s own span', async () => {
    await (at.create() as unknown as { models: { list(): Promise<object> } }).models.list()
    const { name, instrumentationScope } = telemetry().span()
    expect([name, instrumentationScope.name]).toEqual([
      'anthropic.models.list',
      'com.anthropic.sdk.typescript',
    ])
  })

  test('the provider is sent no trace context, but where that is asked for', async () => {
    const sent = (): unknown => at.server.exchanges.at(-1)?.headers['traceparent']
    await agent('planner', () => at.client.messages.create(request('ordinary')))
    expect(sent()).toBeUndefined()
    start({ propagateToProviders: true })
    await at.client.messages.create(request('ordinary'))
    const call = telemetry().spans.at(-1)?.spanContext()
    expect(sent()).toBe(`00-${call?.traceId}-${call?.spanId}-01`)
    await at.create({ openTelemetry: { propagation: false } }).messages.create(request('ordinary'))
    expect(sent()).toBeUndefined()
  })

  test('a call under a context of the application’s is a child of what is active there', async () => {
    const parent = trace.getTracer('application').startSpan('parent')
    const active = trace.setSpan(context.active(), parent)
    await context.with(active, () => at.client.messages.create(request('ordinary')))
    parent.end()
    expect(childrenOf(parent as unknown as ReadableSpan)).toEqual(['chat ordinary'])
  })
})
