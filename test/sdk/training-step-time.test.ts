import { trainingRun } from '@llmscope/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Point, startTelemetry, type Telemetry } from './training-telemetry.ts'

let telemetry: Telemetry

beforeAll(() => {
  telemetry = startTelemetry()
})

afterAll(() => telemetry.shutdown())

const valueOf = (points: readonly Point[], metric: string): number | undefined =>
  points.find((point) => point.metric === metric)?.value

const parts = (points: readonly Point[]): Record<string, number> =>
  Object.fromEntries(
    points
      .filter(({ metric }) => metric === 'training.step.time')
      .map(({ value, attributes }) => [String(attributes['training.step.part']), value]),
  )

const after = (milliseconds: number): Promise<string> =>
  new Promise((resolve) => setTimeout(() => resolve('done'), milliseconds))

async function* slowBatches(): AsyncGenerator<number> {
  for (const batch of [1, 2]) {
    await after(30)
    yield batch
  }
}

test('the time of steps is split by what the loop measures, and the rest is other', async () => {
  await trainingRun({ name: 'split' }, async (run) => {
    run.step({})
    const seen: number[] = []
    for await (const batch of run.batches(slowBatches())) {
      seen.push(batch)
      expect(await run.timed('forward', () => after(20))).toBe('done')
      expect(run.timed('backward', () => 7)).toBe(7)
      await after(10)
      run.step({ loss: 1, seconds: { optimizer: 0.001 } })
    }
    expect(seen).toEqual([1, 2])
    const points = await telemetry.points('split')
    const split = parts(points)
    expect(split['data_wait']).toBeGreaterThan(0.055)
    expect(split['forward']).toBeGreaterThan(0.035)
    expect(split['optimizer']).toBeCloseTo(0.002)
    expect(split['other']).toBeGreaterThan(0.01)
    const total = Object.values(split).reduce((sum, value) => sum + value, 0)
    expect(total).toBeCloseTo(
      points.find(({ metric }) => metric === 'training.step.duration')?.sum ?? 0,
      3,
    )
  })
})

test('a phase that fails throws the same, and a loop that ends early ends its loader', async () => {
  const error = new Error('out of memory')
  let closed = false
  function* loader(): Generator<number> {
    try {
      for (;;) yield 1
    } finally {
      closed = true
    }
  }
  await trainingRun({ name: 'failing phase' }, async (run) => {
    const fail = (): never => {
      throw error
    }
    expect(() => run.timed('forward', fail)).toThrow(error)
    await expect(run.timed('forward', () => Promise.reject(error))).rejects.toBe(error)
    for await (const batch of run.batches(loader())) if (batch === 1) break
    expect(closed).toBe(true)
  })
})

test('utilization is the share of the peak that the tokens of the last steps used', async () => {
  const flops = { perToken: 6e6, peak: 1e12 }
  await trainingRun({ name: 'utilization', flops }, async (run) => {
    run.step({ tokens: 1000 })
    await after(50)
    run.step({ tokens: 1000 })
    const points = await telemetry.points('utilization')
    const seconds = points.find(({ metric }) => metric === 'training.step.duration')?.sum ?? 0
    expect(valueOf(points, 'training.flops.utilization')).toBeCloseTo(
      (1000 * 6e6) / seconds / 1e12,
      6,
    )
  })
})

test('of steps that are far shorter than a millisecond only their means are recorded', async () => {
  await trainingRun({ name: 'short steps', stepEvents: 0 }, async (run) => {
    for (let step = 0; step < 20_000; step += 1) run.step({ loss: 1 })
  })
  const points = await telemetry.points('short steps')
  expect(valueOf(points, 'training.steps')).toBe(20_000)
  expect(valueOf(points, 'training.step.duration')).toBeLessThan(10_000)
})
