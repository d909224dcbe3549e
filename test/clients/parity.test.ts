import { createRequire } from 'node:module'
import { catalogue } from '@llmscope/sdk/catalogue'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bill, nonZero, sums } from './bills.ts'
import { expectationOf } from './contract.ts'
import { played } from './contracts.ts'
import { isLacking, type Observation, observe, requests, without } from './observation.ts'
import { callsOf, checkSpan, CLIENT_KIND, OURS } from './span-checks.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const REGISTER = '@llmscope/sdk/register'
/** What was seen of the same program as a module of each kind. */
type ByEntry = Readonly<Record<'main.mjs' | 'main.cjs', Observation>>

const require = createRequire(import.meta.url)
const scenariosOf = (client: string): string[] =>
  Object.keys(require(`./${client}/scenarios/index.cjs`) as object)
// These make spans of their own through the API: where that throws, the application throws.
const OWN_SPANS = [
  'parents of concurrent calls',
  'parents of concurrent streams',
  'context inside the transport',
]

/** Metrics of usage, and what of a bill they sum. */
const COUNTED = [
  ['input', 'input'],
  ['output', 'output'],
  ['cache_read.input', 'cached'],
  ['cache_write.input', 'cacheWritten'],
  ['reasoning.output', 'reasoning'],
] as const

describe.each(played())('$title', ({ folder, install, contract }) => {
  const scenarios = scenariosOf(contract.client)
  let workspace: Workspace
  /** What an application without the SDK sees: the same whatever it is compared with. */
  let bares: ByEntry
  let traceds: ByEntry
  const observeBoth = async (preload: readonly string[]): Promise<ByEntry> => {
    const [esm, cjs] = await Promise.all([
      observe(contract, workspace, { entry: 'main.mjs', preload }),
      observe(contract, workspace, { entry: 'main.cjs', preload }),
    ])
    return { 'main.mjs': esm, 'main.cjs': cjs }
  }
  beforeAll(async () => {
    workspace = await openWorkspace(folder, contract.client, 'contract', ...contract.shares)
    bares = await observeBoth([])
    traceds = await observeBoth([REGISTER])
  })
  afterAll(() => workspace.remove())

  describe.each(['main.mjs', 'main.cjs'] as const)('%s', (entry) => {
    let bare: Observation
    let traced: Observation
    beforeAll(() => {
      bare = bares[entry]
      traced = traceds[entry]
    })

    test('the client has all that the scenarios use, but what is known to lack', () => {
      const lacking = scenarios.filter((name) => isLacking(bare, name))
      expect(lacking).toEqual(contract.lacking[install] ?? [])
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
      expect(requests(traced, contract)).toEqual(requests(bare, contract))
    })

    test.each(scenarios)('one span a call, and it is right: %s', (scenario) => {
      const expectation = expectationOf(contract, install, scenario)
      const { calls, expected } = callsOf(traced, scenario, expectation, contract)
      expect(calls).toHaveLength(expected)
      for (const call of calls) {
        checkSpan(call, expectation, bare.results[scenario] ?? {}, contract)
      }
    })

    test('metrics say what the provider billed, to the token', () => {
      const calls = scenarios.flatMap(
        (name) => callsOf(traced, name, expectationOf(contract, install, name), contract).calls,
      )
      const inference = calls.filter(({ span }) => !span.name.startsWith('embeddings'))
      const embeddings = calls.filter(({ span }) => span.name.startsWith('embeddings'))
      const usage = 'gen_ai.client.inference.usage'
      for (const [name, kind] of COUNTED) {
        const counted = nonZero(sums(traced, `${usage}.${name}_tokens`))
        expect(counted).toEqual(nonZero(bill(inference, kind)))
      }
      expect(sums(traced, 'gen_ai.client.embeddings.operation.input_tokens')).toMatchObject(
        bill(embeddings, 'input'),
      )
    })

    test('every call is counted once in its duration, with no attribute off the list', () => {
      const spans = traced.spans.filter(({ scope, kind }) => scope === OURS && kind === CLIENT_KIND)
      const durations = traced.points.filter(({ metric }) =>
        /^gen_ai\.client\..*\.duration$/.test(metric),
      )
      expect(durations.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(spans.length)
      for (const { metric, attributes, bounds } of traced.points) {
        const known = catalogue.find(({ name }) => name === metric)
        expect(known?.attributes).toEqual(expect.arrayContaining(Object.keys(attributes)))
        expect(bounds).toEqual(known?.boundaries)
      }
    })

    test('no call is told of by anybody else', () => {
      const others = traced.spans.filter(
        ({ scope, attributes }) => scope !== OURS && 'gen_ai.operation.name' in attributes,
      )
      expect(others).toEqual([])
    })

    test('a call without arguments is a failed call, where the client makes one', () => {
      const nameless = traced.spans.filter(
        ({ scope, kind, attributes }) =>
          scope === OURS &&
          kind === CLIENT_KIND &&
          !('gen_ai.request.model' in attributes) &&
          'error.type' in attributes,
      )
      const failed = { attributes: { 'error.type': 'TypeError' } }
      expect(nameless).toMatchObject(scenarios.includes('no arguments') ? [failed] : [])
    })

    test('a call that is none of ours makes no span', () => {
      expect(
        traced.exchanges.filter(({ path }) => path.endsWith(contract.untraced ?? '/models')),
      ).toHaveLength(1)
      const ours = traced.spans.filter(({ scope }) => scope === OURS)
      expect(ours.filter(({ name }) => name.includes('models'))).toEqual([])
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
      expect(call?.name).toMatch(/^\w+ ordinary:context-inside-the-transport$/)
    })

    test('with content off, no word of prompt, answer, tool, error or key is exported', () => {
      expect(traced.spans.length).toBeGreaterThan(scenarios.length)
      expect(traced.received.match(/CANARY[A-Z-]*/g)).toBeNull()
    })
  })

  test.concurrent('with content on, the application sees the same, and all content is where it belongs', async () => {
    const env = {
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
      LLMSCOPE_SEMCONV: 'both',
    }
    const bare = bares['main.mjs']
    const traced = await observe(contract, workspace, {
      entry: 'main.mjs',
      preload: [REGISTER],
      env,
    })
    expect(traced.results).toEqual(bare.results)
    expect(traced.run).toEqual(bare.run)
    contract.checkContent(traced)
    expect(traced.received).not.toContain('CANARY-API-KEY')
  })

  test.concurrent.each([
    ['span processors and exporters', 'processor', 'main.cjs'],
    ['the OpenTelemetry API', 'api', 'main.mjs'],
  ] as const)('%s that throw reach nobody', async (_, hostile, entry) => {
    const bare = without(OWN_SPANS, bares[entry])
    const traced = await observe(contract, workspace, {
      entry,
      preload: ['../contract/hostile-sdk.mjs', REGISTER],
      env: { SKIP_SCENARIOS: JSON.stringify(OWN_SPANS), HOSTILE: hostile },
    })
    expect(traced.results).toEqual(bare.results)
    expect(traced.run).toEqual(bare.run)
    expect(requests(traced, contract)).toEqual(requests(bare, contract))
  })
})
