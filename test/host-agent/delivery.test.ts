import { emptyResource } from '@opentelemetry/resources'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { describe, expect, test, vi } from 'vitest'
import { createDelivery } from '../../host-agent/src/delivery/index.ts'
import { createPoints } from '../../host-agent/src/points.ts'
import { freePort, longestGap, lost, openSink, PATIENT, start, times, UPTIME } from './delivered.ts'
import type { OtlpSink } from './otlp-sink.ts'

vi.setConfig({ testTimeout: 90_000 })

describe('while the receiver is away', () => {
  test('every round waits, and arrives once and in its order when it is back', async () => {
    const port = await freePort()
    const agent = start(port, UPTIME)
    await expect.poll(() => agent.stderr, PATIENT).toMatch(/cannot send/)
    const away = Date.now()
    await expect.poll(() => Date.now() - away, PATIENT).toBeGreaterThan(3000)
    const back = Date.now()
    const sink = await openSink(port)
    await expect.poll(() => times(sink).at(-1) ?? 0, PATIENT).toBeGreaterThan(back + 500)
    const rounds = times(sink)
    expect(rounds.filter((time) => time < back).length).toBeGreaterThan(10)
    expect(rounds).toEqual([...new Set(rounds)].toSorted((left, right) => left - right))
    expect(longestGap(rounds)).toBeLessThan(2000)
    expect(Math.max(...sink.exports.map(waitingIn))).toBeGreaterThan(10)
    await expect.poll(() => waitingIn(sink.last), PATIENT).toBe(0)
  })

  test('of more than its bound the oldest are lost, and counted', async () => {
    const port = await freePort()
    const agent = start(port, ['--queue-bytes', '65536'])
    await expect.poll(() => agent.stderr, PATIENT).toMatch(/the queue is full: the oldest/)
    const sink = await openSink(port)
    await expect.poll(() => lost(sink, 'full'), PATIENT).toBeGreaterThan(0)
    for (const each of sink.exports) {
      const [size] = each.points('host_agent.queue.size', { 'host_agent.signal': 'metrics' })
      expect(size?.asDouble).toBeLessThan(65_536 * 1.5)
    }
  })

  test('an agent that ends says what it could not send', async () => {
    const agent = start(await freePort(), UPTIME)
    await expect.poll(() => agent.stderr, PATIENT).toMatch(/cannot send/)
    await agent.end()
    expect(agent.stderr).toMatch(/ends with \d+ batches that could not be sent and are lost/)
  })
})

const waitingIn = (each: OtlpSink['last']): number =>
  each.points('host_agent.queue.batches', { 'host_agent.signal': 'metrics' })[0]?.asDouble ?? 0

describe('a receiver that answers with', () => {
  test.each([[429], [503], [401]])('%i gets every round later', async (status) => {
    const sink = await openSink()
    sink.status = status
    sink.refusal = { 'retry-after': '1' }
    start(sink.port, UPTIME)
    await expect.poll(() => sink.refused, PATIENT).toBeGreaterThan(1)
    expect(sink.exports).toEqual([])
    const back = Date.now()
    sink.status = 200
    await expect.poll(() => times(sink).at(-1) ?? 0, PATIENT).toBeGreaterThan(back)
    const rounds = times(sink)
    expect(rounds[0]).toBeLessThan(back)
    expect(new Set(rounds).size).toBe(rounds.length)
    expect(longestGap(rounds)).toBeLessThan(2000)
  })

  test('400 loses what it refuses, which is counted, and gets what comes after', async () => {
    const sink = await openSink()
    sink.status = 400
    const agent = start(sink.port, UPTIME)
    await expect.poll(() => sink.refused, PATIENT).toBeGreaterThan(2)
    sink.status = 200
    await expect.poll(() => lost(sink, 'refused'), PATIENT).toBeGreaterThan(2)
    expect(agent.stderr.match(/which is lost: Bad Request/g)).toHaveLength(1)
  })

  test('413 gets a round in parts that it takes', async () => {
    const sink = await openSink()
    const limit = 8000
    sink.status = (bytes) => (bytes > limit ? 413 : 200)
    const agent = start(sink.port, [])
    const closed = (): string[] => names(sink.exports.slice(0, 40))
    await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(40)
    expect(sink.refused).toBeGreaterThan(0)
    for (const name of ['system.cpu.time', 'system.uptime', 'hw.gpu.utilization'])
      expect(closed()).toContain(name)
    expect(agent.stderr).toMatch(/and sends it in parts: Payload Too Large/)
  })

  test('nothing, for the answer got lost, has a round twice at most, with the same time', async () => {
    const sink = await openSink()
    sink.answersToLose = 3
    start(sink.port, UPTIME)
    await expect.poll(() => new Set(times(sink)).size, PATIENT).toBeGreaterThan(5)
    expect(times(sink).length - new Set(times(sink)).size).toBeLessThanOrEqual(3)
    const points = sink.exports.flatMap((each) => each.points('system.uptime'))
    const values = points.map(({ timeUnixNano, asDouble }) => `${timeUnixNano} ${asDouble}`)
    expect(new Set(values).size).toBe(new Set(times(sink)).size)
  })
})

const names = (exports: OtlpSink['exports']): string[] =>
  exports.flatMap(({ metrics }) => metrics.map(({ name }) => name))

test('metrics that cannot be written down are lost alone: the next ones are sent', async () => {
  const sink = await openSink()
  const lines: string[] = []
  const options = { protocol: 'http/json', queueBytes: 2 ** 20 } as const
  const delivery = createDelivery(
    {
      ...options,
      url: `${sink.url}/v1/metrics`,
      logsUrl: `${sink.url}/v1/logs`,
      tracesUrl: `${sink.url}/v1/traces`,
      headersFile: undefined,
      queueFolder: undefined,
    },
    (line) => lines.push(line),
  )
  const empty = createPoints(emptyResource(), 0)([], 1)
  const hostile: ResourceMetrics = {
    ...empty,
    get scopeMetrics(): never {
      throw new Error('not to be written down')
    },
  }
  delivery.metrics.take(hostile)
  delivery.metrics.take(empty)
  await delivery.close()
  expect(sink.exports).toHaveLength(1)
  expect(lines).toEqual(['metrics are lost: Error: not to be written down'])
})
