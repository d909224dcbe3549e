import { trainingRun } from '@llmscope/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTelemetry, type Telemetry } from './training-telemetry.ts'

let telemetry: Telemetry

beforeAll(() => {
  telemetry = startTelemetry()
})

afterAll(() => telemetry.shutdown())

/** Runs `losses` and returns the kept steps as [index, loss]. */
async function kept(name: string, losses: readonly number[], stepEvents?: number) {
  await trainingRun({ name, ...(stepEvents !== undefined && { stepEvents }) }, (run) => {
    for (const loss of losses) run.step({ loss })
  })
  return telemetry
    .events(name, 'training.step')
    .map(({ attributes }) => [attributes['training.step.index'], attributes['training.step.loss']])
}

test('every step of a short run is an event with its values, its time and its span', async () => {
  const began = Date.now()
  await trainingRun({ name: 'short' }, async (run) => {
    run.step({ loss: 3, learningRate: 0.1 })
    await run.epoch(0, () =>
      run.step({ step: 41, loss: 2, gradientNorm: 5, tokens: 64, samples: 8 }),
    )
    run.step({ loss: 1 })
  })
  const [first, second, third] = telemetry.events('short', 'training.step')
  expect(first?.attributes).toMatchObject({
    'training.step.index': 0,
    'training.step.loss': 3,
    'training.step.learning_rate': 0.1,
  })
  expect(first?.time).toBeGreaterThanOrEqual(began)
  expect(first?.spanId).toBe(telemetry.span('short', 'training run start').spanContext().spanId)
  expect(second?.attributes).toMatchObject({
    'training.step.index': 41,
    'training.step.gradient_norm': 5,
    'training.step.tokens': 64,
    'training.step.samples': 8,
  })
  expect(second?.spanId).toBe(telemetry.span('short', 'training epoch').spanContext().spanId)
  expect(third?.attributes).toMatchObject({ 'training.step.index': 42 })
})

test('a long run keeps its first step, its last and the extremes of every stretch', async () => {
  const losses = Array.from({ length: 2000 }, (_, index) => 5 - index / 1000)
  losses[777] = 50
  losses[1300] = -50
  const steps = await kept('long', losses, 10)
  expect(steps[0]).toEqual([0, 5])
  expect(steps.at(-1)).toEqual([1999, losses[1999]])
  expect(steps).toContainEqual([777, 50])
  expect(steps).toContainEqual([1300, -50])
  expect(steps.slice(0, 10).map(([index]) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  const indices = steps.map(([index]) => Number(index))
  expect(indices).toEqual(indices.toSorted((a, b) => a - b))
  expect(new Set(indices).size).toBe(indices.length)
  expect(steps.length).toBeLessThan(170)
})

const waves = (length: number): number[] => Array.from({ length }, (_, index) => Math.sin(index))

test('ten times the steps are not ten times the events', async () => {
  const some = await kept('some', waves(10_000), 32)
  const more = await kept('more', waves(100_000), 32)
  expect(some.length).toBeGreaterThan(250)
  expect(more.length).toBeLessThan(2 * some.length)
})

test('no events where none are wanted', async () => {
  expect(await kept('none', [1, 2, 3], 0)).toEqual([])
})

test('100,000 steps leave the heap as it was', async () => {
  const { setFlagsFromString } = await import('node:v8')
  const { runInNewContext } = await import('node:vm')
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await trainingRun({ name: 'heap', stepEvents: 0 }, (run) => {
    const steps = (count: number): void => {
      for (let index = 0; index < count; index += 1) {
        run.step({ loss: 2 + Math.sin(index), learningRate: 0.1, gradientNorm: 1, tokens: 64 })
      }
    }
    steps(10_000)
    collect()
    const before = process.memoryUsage().heapUsed
    steps(100_000)
    collect()
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(500_000)
  })
})
