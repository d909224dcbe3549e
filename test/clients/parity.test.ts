import { createRequire } from 'node:module'
import { catalogue } from '@llmscope/sdk/catalogue'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Exchange } from '../sdk/scripted-server/server.ts'
import type { SinkPoint } from '../sdk/otlp-sink.ts'
import { expectationOf } from './expectations.ts'
import { type Observation, observe } from './observation.ts'
import { callsOf, checkSpan, OURS, type TracedCall } from './span-checks.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const REGISTER = '@llmscope/sdk/register'
const scenarios = Object.keys(
  createRequire(import.meta.url)('./openai/scenarios/index.cjs') as object,
)
// These make spans of their own through the API: where that throws, the application throws.
const OWN_SPANS = [
  'parents of concurrent calls',
  'parents of concurrent streams',
  'context inside the transport',
]
const LACKING: Readonly<Record<string, readonly string[]>> = { 'openai-4': ['withOptions'] }

describe.each(['openai-4', 'openai-5', 'openai-6', 'openai-7'])('%s', (client) => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace(client, 'openai')
  })
  afterAll(() => workspace.remove())

  describe.each(['main.mjs', 'main.cjs'] as const)('%s', (entry) => {
    let bare: Observation
    let traced: Observation
    beforeAll(async () => {
      ;[bare, traced] = await Promise.all([
        observe(workspace, { entry }),
        observe(workspace, { entry, preload: [REGISTER] }),
      ])
    })

    test('the client has all that the scenarios use, but what is known to lack', () => {
      const lacking = scenarios.filter((name) => isLacking(bare, name))
      expect(lacking).toEqual(LACKING[client] ?? [])
      expect(Object.keys(bare.results)).toEqual(scenarios)
    })

    test.each(scenarios)('the application sees the same: %s', (scenario) => {
      expect(traced.results[scenario]).toEqual(bare.results[scenario])
    })

    test('the process prints and ends the same', () => {
      expect(traced.run).toEqual(bare.run)
      expect(bare.run).toMatchObject({ code: 0, signal: null, stdout: '' })
    })

    test('the provider is sent the same', () => {
      expect(requests(traced)).toEqual(requests(bare))
    })

    test.each(scenarios)('one span a call, and it is right: %s', (scenario) => {
      const expectation = expectationOf(client, scenario)
      const { calls, expected } = callsOf(traced, scenario, expectation)
      expect(calls).toHaveLength(expected)
      for (const call of calls) checkSpan(call, expectation, bare.results[scenario] ?? {})
    })

    test('metrics say what the provider billed, to the token', () => {
      const calls = scenarios.flatMap(
        (name) => callsOf(traced, name, expectationOf(client, name)).calls,
      )
      const inference = calls.filter(({ span }) => !span.name.startsWith('embeddings'))
      const embeddings = calls.filter(({ span }) => span.name.startsWith('embeddings'))
      const usage = 'gen_ai.client.inference.usage'
      expect(sums(traced, `${usage}.input_tokens`)).toEqual(bill(inference, 'input'))
      expect(sums(traced, `${usage}.output_tokens`)).toEqual(bill(inference, 'output'))
      expect(sums(traced, `${usage}.cache_read.input_tokens`)).toEqual(bill(inference, 'cached'))
      expect(sums(traced, `${usage}.reasoning.output_tokens`)).toEqual(bill(inference, 'reasoning'))
      expect(sums(traced, 'gen_ai.client.embeddings.operation.input_tokens')).toMatchObject(
        bill(embeddings, 'input'),
      )
    })

    test('every call is counted once in its duration, with no attribute off the list', () => {
      const spans = traced.spans.filter(({ scope }) => scope === OURS)
      const durations = traced.points.filter(({ metric }) =>
        /(inference|embeddings)\.duration$/.test(metric),
      )
      expect(durations.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(spans.length)
      for (const { metric, attributes, bounds } of traced.points) {
        const known = catalogue.find(({ name }) => name === metric)
        expect(known?.attributes).toEqual(expect.arrayContaining(Object.keys(attributes)))
        expect(bounds).toEqual(known?.boundaries)
      }
    })

    test('a call without arguments is a failed call', () => {
      const nameless = traced.spans.filter(({ scope, name }) => scope === OURS && name === 'chat')
      expect(nameless).toMatchObject([{ attributes: { 'error.type': 'TypeError' } }])
    })

    test('a call that is none of ours makes no span', () => {
      expect(traced.exchanges.filter(({ path }) => path.endsWith('/models'))).toHaveLength(1)
      expect(traced.spans.filter(({ name }) => name.includes('models'))).toEqual([])
    })

    test('concurrent calls have the parents that they were made under', () => {
      for (const [prefix, children] of [
        ['parent of', 'parents-of-concurrent-calls'],
        ['stream parent of', 'parents-of-concurrent-streams'],
      ]) {
        const calls = traced.spans.filter(({ name }) => name.includes(`:${children}:`))
        expect(calls.length).toBeGreaterThan(0)
        for (const { name, parentSpanId } of calls) {
          const parent = traced.spans.find(({ spanId }) => spanId === parentSpanId)
          expect(parent?.name).toBe(`${prefix} ${name.split(':').at(-1)}`)
        }
      }
    })

    test('the body of a loop over a stream runs in the context of the application', () => {
      const inside = traced.spans.filter(({ name }) => name.startsWith('inside stream'))
      expect(inside.length).toBeGreaterThan(0)
      for (const { name, parentSpanId } of inside) {
        const parent = traced.spans.find(({ spanId }) => spanId === parentSpanId)
        expect(parent?.name).toBe(name.replace('inside stream', 'stream parent of'))
      }
    })

    test('what the transport traces is part of the call', () => {
      const transport = traced.spans.find(({ name }) => name === 'transport')
      const call = traced.spans.find(({ spanId }) => spanId === transport?.parentSpanId)
      expect(call?.name).toBe('chat ordinary:context-inside-the-transport')
    })

    test('with content off, no word of prompt, answer, tool, error or key is exported', () => {
      expect(traced.spans.length).toBeGreaterThan(scenarios.length)
      expect(traced.received.match(/CANARY[A-Z-]*/g)).toBeNull()
    })
  })

  test('with content on, the application sees the same, and all content is where it belongs', async () => {
    const env = {
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
      LLMSCOPE_SEMCONV: 'both',
    }
    const [bare, traced] = await Promise.all([
      observe(workspace, { entry: 'main.mjs' }),
      observe(workspace, { entry: 'main.mjs', preload: [REGISTER], env }),
    ])
    expect(traced.results).toEqual(bare.results)
    expect(traced.run).toEqual(bare.run)
    checkContent(traced)
  })

  test.each([
    ['span processors and exporters', 'processor', 'main.cjs'],
    ['the OpenTelemetry API', 'api', 'main.mjs'],
  ] as const)('%s that throw reach nobody', async (_, hostile, entry) => {
    const env = { SKIP_SCENARIOS: JSON.stringify(OWN_SPANS) }
    const [bare, traced] = await Promise.all([
      observe(workspace, { entry, env }),
      observe(workspace, {
        entry,
        preload: ['./hostile-sdk.mjs', REGISTER],
        env: { ...env, HOSTILE: hostile },
      }),
    ])
    expect(traced.results).toEqual(bare.results)
    expect(traced.run).toEqual(bare.run)
    expect(requests(traced)).toEqual(requests(bare))
  })
})

function isLacking({ results }: Observation, scenario: string): boolean {
  const result = results[scenario]?.['result']
  return typeof result === 'object' && result !== null && 'lacks' in result
}

/** What the server saw, with all that may differ from run to run taken out. */
function requests({ exchanges, port }: Observation): object[] {
  return exchanges
    .map(({ headers, body, ...rest }) => ({
      ...rest,
      headers: { ...headers, host: '' },
      body: body.replaceAll(String(port), '<port>'),
    }))
    .toSorted((left, right) => order(left).localeCompare(order(right)))
}

const order = ({ model, path, attempt }: Pick<Exchange, 'model' | 'path' | 'attempt'>): string =>
  `${model} ${path} ${attempt}`

type Sums = Record<string, number>

/** The total of a metric by model. */
function sums({ points }: Observation, metric: string): Sums {
  const totals: Sums = {}
  for (const { attributes, value, sum } of points.filter((point) => point.metric === metric)) {
    const model = String(attributes['gen_ai.request.model'])
    totals[model] = (totals[model] ?? 0) + (value ?? sum ?? 0)
  }
  return totals
}

/** What the server billed by model, as far as it told the client. */
function bill(calls: readonly TracedCall[], kind: keyof NonNullable<Exchange['billed']>): Sums {
  const totals: Sums = {}
  for (const { attempts, told } of calls) {
    const last = attempts.at(-1)
    if (told && last?.billed) totals[last.model] = (totals[last.model] ?? 0) + last.billed[kind]
  }
  return totals
}

const text = (content: string): object[] => [{ type: 'text', content }]

function checkContent({ spans, logs, points, received }: Observation): void {
  const named = (name: string): (typeof spans)[number] | undefined =>
    spans.find((span) => span.name === name)
  const plain = named('chat ordinary:plain')?.attributes ?? {}
  expect(JSON.parse(String(plain['gen_ai.input.messages']))).toEqual([
    { role: 'system', parts: text('CANARY-SYSTEM') },
    { role: 'user', parts: text('CANARY-PROMPT') },
  ])
  expect(JSON.parse(String(plain['gen_ai.output.messages']))).toMatchObject([
    { role: 'assistant', parts: text('CANARY-ANSWER of three pieces') },
  ])
  const many = named('chat ordinary:eighty-messages')
  expect(many?.dropped).toBe(0)
  expect(JSON.parse(String(many?.attributes['gen_ai.input.messages']))).toHaveLength(80)
  const answered = named('chat ordinary:response')?.attributes ?? {}
  expect(JSON.parse(String(answered['gen_ai.system_instructions']))).toEqual(
    text('CANARY-INSTRUCTIONS'),
  )
  const details = logs.find(({ spanId }) => spanId === named('chat ordinary:plain')?.spanId)
  expect(details).toMatchObject({
    eventName: 'gen_ai.client.inference.operation.details',
    severity: 5,
    attributes: {
      'gen_ai.request.model': 'ordinary:plain',
      'gen_ai.input.messages': [{ role: 'system' }, { role: 'user' }],
    },
  })
  expect(plain).toMatchObject({ 'gen_ai.system': 'openai', 'gen_ai.provider.name': 'openai' })
  expect(points.map(({ metric }: SinkPoint) => metric)).toEqual(
    expect.arrayContaining(['gen_ai.client.token.usage', 'gen_ai.client.inference.duration']),
  )
  expect(received).not.toContain('CANARY-API-KEY')
}
