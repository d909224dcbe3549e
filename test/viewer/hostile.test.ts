/** Whatever is sent, the viewer goes on, and what it gives back can be drawn. */
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TraceDetail, TraceList } from '../../viewer/src/api.ts'
import { startViewerProcess, type ViewerProcess } from './viewer-process.ts'

let viewer: ViewerProcess

beforeAll(async () => {
  viewer = await startViewerProcess()
}, 60_000)
afterAll(() => viewer?.stop())

const id = (digit: string, bytes: number): string => digit.repeat(bytes * 2)

async function shown(traceId: string, spans: readonly object[]): Promise<TraceDetail> {
  const response = await viewer.send('traces', {
    resourceSpans: [{ scopeSpans: [{ spans: spans.map((span) => ({ traceId, ...span })) }] }],
  })
  expect(response.status).toBe(200)
  return (await viewer.get(`/data/traces/${traceId}`)) as TraceDetail
}

/** Follows parents to a root from every span; fails where that does not end. */
function depths({ spans }: TraceDetail): number[] {
  return spans.map(({ index }) => {
    let depth = 0
    for (let parent = spans[index]?.parent; parent !== undefined; parent = spans[parent]?.parent) {
      depth += 1
      if (depth > spans.length) throw new Error('The parents go round in a circle.')
    }
    return depth
  })
}

test('orphans, spans that are their own parents, and circles have roots', async () => {
  const trace = await shown(id('a', 16), [
    { spanId: id('1', 8), parentSpanId: id('2', 8), name: 'one' },
    { spanId: id('2', 8), parentSpanId: id('3', 8), name: 'two' },
    { spanId: id('3', 8), parentSpanId: id('1', 8), name: 'three' },
    { spanId: id('4', 8), parentSpanId: id('4', 8), name: 'self' },
    { spanId: id('5', 8), parentSpanId: id('9', 8), name: 'orphan' },
    { spanId: id('6', 8), parentSpanId: id('5', 8), name: 'child' },
  ])
  expect(depths(trace).toSorted((one, other) => one - other)).toEqual([0, 0, 0, 1, 1, 2])
})

test('ids that are there twice are two spans, also where they are parents', async () => {
  const trace = await shown(id('b', 16), [
    { spanId: id('1', 8), name: 'first', startTimeUnixNano: '1' },
    { spanId: id('1', 8), name: 'second', startTimeUnixNano: '2' },
    { spanId: id('2', 8), parentSpanId: id('1', 8), name: 'child', startTimeUnixNano: '3' },
  ])
  expect(trace.spans.map(({ name, parent }) => [name, parent])).toEqual([
    ['first', undefined],
    ['second', undefined],
    ['child', 0],
  ])
})

test.each<[string, unknown, unknown]>([
  ['an end before the start', '1764000000000000000', '5'],
  ['negative times', '-1764000000000000000', -5],
  ['times beyond 64 bits', '99999999999999999999', '18446744073709551615'],
  ['times that are none', 'yesterday', { low: 'x' }],
  ['no times', undefined, undefined],
])('%s give a duration of at least 0', async (name, start, end) => {
  const traceId = Buffer.from(name.padEnd(16).slice(0, 16)).toString('hex')
  const trace = await shown(traceId, [
    { spanId: id('1', 8), name, startTimeUnixNano: start, endTimeUnixNano: end },
  ])
  expect(trace.spans[0]?.duration).toBeGreaterThanOrEqual(0)
  expect(trace.summary.duration).toBeGreaterThanOrEqual(0)
  const { traces } = (await viewer.get(`/data/traces?limit=500`)) as TraceList
  expect(traces.map((each) => each.id)).toContain(traceId)
})

test('values that are nested deeper, longer or more than is kept are cut', async () => {
  const nest = (depth: number): object =>
    depth === 0 ? { intValue: 1 } : { arrayValue: { values: [nest(depth - 1)] } }
  const many = Array.from({ length: 3000 }, (_, index) => ({
    key: `k${index}`,
    value: { boolValue: true },
  }))
  const trace = await shown(id('c', 16), [
    {
      spanId: id('1', 8),
      attributes: [
        { key: 'deep', value: nest(500) },
        { key: 'long', value: { stringValue: 'x'.repeat(3_000_000) } },
        { key: '__proto__', value: { stringValue: 'harmless' } },
        { key: 'lone', value: { stringValue: '\ud800' } },
        ...many,
      ],
    },
  ])
  const [span] = trace.spans
  expect(Object.keys(span?.attributes ?? {}).length).toBeLessThanOrEqual(1024)
  expect(span?.dropped?.attributes).toBe(3004 - 1024)
  expect(JSON.stringify(span?.attributes['long']).length).toBeLessThan(1_100_000)
  expect(JSON.stringify(span?.attributes['deep']).length).toBeLessThan(200)
  expect(span?.attributes['lone']).toBe('\ufffd')
})

test('bytes that are no protobuf are refused or read, and nothing breaks', async () => {
  const valid = Buffer.from(
    '0a210a1f121d0a10aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1208bbbbbbbbbbbbbbbb',
    'hex',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('traces', 'metrics', 'logs'),
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.tuple(fc.nat(valid.length - 1), fc.nat(255)).map(([place, byte]) => {
          const changed = Uint8Array.from(valid)
          changed[place] = byte
          return changed
        }),
      ),
      async (signal, body) => {
        const response = await fetch(`${viewer.otlp}/v1/${signal}`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-protobuf' },
          body: new Uint8Array(body),
        })
        expect([200, 400]).toContain(response.status)
      },
    ),
    { numRuns: 300 },
  )
})

const KEYS = [
  'resourceSpans',
  'scopeSpans',
  'spans',
  'resource',
  'scope',
  'attributes',
  'key',
  'value',
  'stringValue',
  'intValue',
  'doubleValue',
  'arrayValue',
  'kvlistValue',
  'bytesValue',
  'values',
  'traceId',
  'spanId',
  'name',
  'startTimeUnixNano',
  'events',
  'links',
  'status',
  'code',
  'resourceMetrics',
  'scopeMetrics',
  'metrics',
  'gauge',
  'sum',
  'histogram',
  'exponentialHistogram',
  'summary',
  'dataPoints',
  'asInt',
  'asDouble',
  'bucketCounts',
  'explicitBounds',
  'scale',
  'positive',
  'offset',
  'resourceLogs',
  'scopeLogs',
  'logRecords',
  'body',
  'timeUnixNano',
]

/** As a record of every signal. */
const whole = (inner: unknown): object => ({
  resourceSpans: [{ scopeSpans: [{ spans: [inner] }] }],
  resourceMetrics: [{ scopeMetrics: [{ metrics: [inner] }] }],
  resourceLogs: [{ scopeLogs: [{ logRecords: [inner] }] }],
})

test('JSON of the right words in the wrong places is refused or read, and nothing breaks', async () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom(id('d', 16), id('e', 8), '1764000000000000000', -1, 1e300),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...KEYS), tie('tree'), { maxKeys: 5 }),
    ),
  }))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('traces', 'metrics', 'logs'),
      tree,
      fc.boolean(),
      async (signal, body, wrap) => {
        const response = await viewer.send(signal, wrap ? whole(body) : body)
        expect([200, 400]).toContain(response.status)
      },
    ),
    { numRuns: 300 },
  )
  const paths = [
    'traces',
    'metrics',
    'logs',
    'hosts',
    'runs',
    'sessions',
    'overview',
    'facets',
    'status',
  ]
  for (const path of paths) await viewer.get(`/data/${path}`)
})

test('it has run through all of this without a complaint', () => {
  expect(viewer.process.exitCode).toBe(null)
  expect(viewer.complaints).toEqual([])
})
