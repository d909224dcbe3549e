/** What the page and others are answered, of telemetry that they can see arrive. */
import { catalogue as hostMetrics } from '@llmscope/host-agent/catalogue'
import { events, spans } from '@llmscope/sdk/catalogue'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVENTS, METRICS, RUN_SPANS } from '../../viewer/src/names.ts'
import { call, resource, sendShop, START } from './shop.ts'
import { startViewerProcess, type ViewerProcess } from './viewer-process.ts'

let viewer: ViewerProcess

beforeAll(async () => {
  viewer = await startViewerProcess()
  await sendShop(viewer)
}, 60_000)
afterAll(() => viewer?.stop())

const names = async (query: string): Promise<unknown> => {
  const { traces } = (await viewer.get(`/data/traces?${query}`)) as {
    traces: ReadonlyArray<{ readonly id: string }>
  }
  return traces.map(({ id }) => id[0]).join('')
}

test('a trace is summed up over its calls alone', async () => {
  expect(await viewer.get(`/data/traces/${'1'.repeat(32)}`)).toMatchObject({
    summary: {
      name: 'answer',
      duration: 1000,
      models: ['small', 'large'],
      tokens: { input: 200, output: 20 },
      cost: 0.5,
      conversation: 'talk',
      scores: 1,
    },
    scores: [{ name: 'helpful', value: 0.75 }],
  })
  expect(await viewer.get(`/data/traces/${'2'.repeat(32)}`)).toMatchObject({
    summary: { errors: 1, tokens: { input: 100, output: 10 } },
  })
})

test.each([
  ['', '21'],
  ['service=shop', '21'],
  ['service=other', ''],
  ['model=large', '1'],
  ['model=large&model=small', '21'],
  ['model=small&operation=chat&provider=openai', '21'],
  ['errors=true', '2'],
  ['minCost=0.1', '1'],
  ['minDuration=1001', ''],
  ['conversation=talk', '21'],
  ['text=price', '1'],
  ['text=tick', '1'],
  ['text="price of a"', '1'],
  ['text="of price"', ''],
  [`to=${START - 1}`, ''],
  ['limit=1', '2'],
])('traces of %s are %s', async (query, expected) => {
  expect(await names(query)).toBe(expected)
})

test('a cursor leads to what is older', async () => {
  const { cursor } = (await viewer.get('/data/traces?limit=1&service=shop')) as { cursor: string }
  expect(await names(`limit=1&service=shop&cursor=${cursor}`)).toBe('1')
})

test('a query that says nothing sensible is told so', async () => {
  for (const query of [
    'traces?limit=none',
    'traces?errors=maybe',
    'metrics/query',
    'overview?from=x',
  ]) {
    const response = await fetch(`${viewer.page}/data/${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.any(String) })
  }
})

test('the overview has calls, errors, tokens and cost by model', async () => {
  const overview = await viewer.get(`/data/overview?from=${START}&to=${START + 10_000}&step=1000`)
  expect(overview).toMatchObject({
    total: { calls: 3, errors: 1, tokens: { input: 300, output: 30 }, cost: 0.5 },
    models: [
      { model: 'small', provider: 'openai', calls: 2, latency: { p50: 100, p99: 100 } },
      { model: 'large', calls: 1, latency: { p50: 200 } },
    ],
    errors: [{ type: 'timeout', calls: 1 }],
  })
  expect(overview).toHaveProperty('steps.length', 10)
})

test('counters are told as rates, gauges as they are, histograms with their percentiles', async () => {
  const range = `from=${START}&to=${START + 4000}&step=1000`
  expect(await viewer.get(`/data/metrics/query?name=shop.sold&${range}`)).toMatchObject({
    metric: { kind: 'counter', unit: '{ticket}', services: ['shop'] },
    series: [{ values: [null, 10, 10, 10] }],
  })
  expect(
    await viewer.get(`/data/metrics/query?name=shop.open&by=host.name&${range}`),
  ).toMatchObject({
    series: [{ group: { 'host.name': 'here' }, values: [null, 0.5, null, 1] }],
  })
  expect(await viewer.get(`/data/metrics/query?name=shop.wait&${range}`)).toMatchObject({
    series: [
      {
        values: [null, 1.5, 3, null],
        counts: [0, 2, 2, 0],
        percentiles: { p50: [null, 1, 1.5, null] },
      },
    ],
    heatmap: {
      bounds: [1, 2],
      counts: [
        [0, 0, 0],
        [1, 1, 0],
        [0, 2, 0],
        [0, 0, 0],
      ],
    },
  })
  const elsewhere = await viewer.get(
    `/data/metrics/query?name=shop.open&where=host.name=there&${range}`,
  )
  expect(elsewhere).toMatchObject({ series: [] })
})

test('a conversation has its traces in their order, and their scores', async () => {
  expect(await viewer.get('/data/sessions')).toMatchObject({
    sessions: [{ id: 'talk', traces: 2, errors: 1, models: ['small', 'large'], scores: 1 }],
  })
  expect(await viewer.get('/data/sessions/talk')).toMatchObject({
    traces: [{ conversation: 'talk' }, { conversation: 'talk' }],
    scores: [{ name: 'helpful' }],
  })
})

test('an open page is told what arrives', async () => {
  const controller = new AbortController()
  const live = await fetch(`${viewer.page}/data/live`, { signal: controller.signal })
  const span = call('3', 0, {})
  await viewer.send('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })
  let text = ''
  for await (const part of live.body ?? []) {
    text += new TextDecoder().decode(part as Uint8Array)
    if (text.includes('event: traces')) break
  }
  controller.abort()
  expect(text).toContain(`"id":"${'3'.repeat(32)}"`)
})

test("Jaeger's queries are answered in its shape", async () => {
  expect(await viewer.get('/api/services')).toMatchObject({ data: ['shop'] })
  expect(await viewer.get('/api/services/shop/operations')).toMatchObject({
    data: ['answer', 'chat small'],
  })
  expect(
    await viewer.get('/api/traces?service=shop&operation=chat%20small&limit=5'),
  ).toHaveProperty('data.length', 2)
  expect(await viewer.get(`/api/traces/${'1'.repeat(32)}`)).toMatchObject({
    data: [
      {
        traceID: '1'.repeat(32),
        spans: [
          {
            operationName: 'answer',
            startTime: START * 1000,
            duration: 1_000_000,
            processID: 'p1',
          },
          { references: [{ refType: 'CHILD_OF', spanID: `${'1'.repeat(14)}00` }] },
          {},
        ],
        processes: { p1: { serviceName: 'shop' } },
      },
    ],
  })
})

test('the latest values are there for a scrape', async () => {
  const text = await (await fetch(`${viewer.page}/metrics`)).text()
  expect(text).toContain('# TYPE shop_sold_total counter')
  expect(text).toContain('shop_sold_total{service_name="shop"} 30')
  expect(text).toContain('shop_open_ratio{service_name="shop"} 1')
})

test('the names that it looks for are those of the catalogue', () => {
  for (const name of Object.values(RUN_SPANS)) {
    expect(spans.some((span) => span.name.startsWith(name))).toBe(true)
  }
  const known = events.map(({ name }) => name)
  for (const name of Object.values(EVENTS)) expect(known).toContain(name)
  const measured = hostMetrics.map(({ name }) => name)
  for (const name of Object.values(METRICS)) expect(measured).toContain(name)
})
