import { trainingRun, type TrainingStep } from '@llmscope/sdk'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Point, startTelemetry, type Telemetry } from './training-telemetry.ts'

let telemetry: Telemetry

beforeAll(() => {
  telemetry = startTelemetry()
})

afterAll(() => telemetry.shutdown())
afterEach(() => void vi.useRealTimers())

const valueOf = (points: readonly Point[], metric: string): number | undefined =>
  points.find((point) => point.metric === metric)?.value

test('gauges hold the last step, counters hold the sums', async () => {
  await trainingRun({ name: 'values', id: 'run-7' }, async (run) => {
    await run.epoch(2, async () => {
      run.step({ loss: 3, learningRate: 0.1, gradientNorm: 9, tokens: 100, samples: 4 })
      run.step({ loss: 2.5, learningRate: 0.2, gradientNorm: 8, tokens: 60, samples: 2 })
      run.step({ loss: 2, learningRate: 0.3, gradientNorm: 7, tokens: 100, samples: 4 })
      await run.evaluation('validation', () => ({ loss: 2.25, accuracy: 0.5, note: 'fine' }))
      await run.evaluation('test', () => ({ loss: 2.75, broken: Number.NaN }))
      await run.checkpoint({}, () => undefined)
      const points = await telemetry.points('values')
      expect(points.map(({ metric, value }) => [metric, value])).toEqual(
        expect.arrayContaining([
          ['training.loss', 2],
          ['training.learning_rate', 0.3],
          ['training.gradient.norm', 7],
          ['training.epoch', 2],
          ['training.steps', 3],
          ['training.tokens', 260],
          ['training.samples', 10],
          ['training.checkpoints', 1],
          ['training.step.duration', 2],
        ]),
      )
      const labels = { 'training.run.id': 'run-7', 'training.run.name': 'values' }
      expect(points.find(({ metric }) => metric === 'training.loss')?.attributes).toEqual(labels)
      expect(
        points
          .filter(({ metric }) => metric === 'training.evaluation')
          .map(({ value, attributes }) => [
            attributes['training.evaluation.name'],
            attributes['training.metric.name'],
            value,
          ]),
      ).toEqual([
        ['validation', 'loss', 2.25],
        ['validation', 'accuracy', 0.5],
        ['test', 'loss', 2.75],
      ])
      expect(
        points
          .filter(({ metric }) => metric === 'training.anomalies')
          .map(({ value, attributes }) => [attributes['training.anomaly.type'], value]),
      ).toEqual(
        [
          'nan',
          'spike',
          'divergence',
          'plateau',
          'gradient_explosion',
          'gradient_vanishing',
          'throughput_drop',
          'stall',
        ].map((type) => [type, 0]),
      )
    })
  })
})

test('a loss that is NaN is no point, and the next number is one again', async () => {
  await trainingRun({ name: 'nan' }, async (run) => {
    run.step({ loss: 2, gradientNorm: 1 })
    run.step({ loss: Number.NaN, gradientNorm: Infinity })
    const metrics = (await telemetry.points('nan')).map(({ metric }) => metric)
    expect(metrics).toContain('training.steps')
    expect(metrics).not.toContain('training.loss')
    expect(metrics).not.toContain('training.gradient.norm')
    run.step({ loss: 1.5 })
    expect(valueOf(await telemetry.points('nan'), 'training.loss')).toBe(1.5)
  })
})

test('what is not known, or is no number, is no point', async () => {
  await trainingRun({ name: 'unknown' }, async (run) => {
    run.step({ loss: { dataSync: () => [1] } } as unknown as TrainingStep)
    const metrics = (await telemetry.points('unknown')).map(({ metric }) => metric)
    expect(metrics).toContain('training.steps')
    for (const absent of ['loss', 'gradient.norm', 'learning_rate', 'tokens', 'samples', 'epoch']) {
      expect(metrics).not.toContain(`training.${absent}`)
    }
  })
})

test('a run that has ended is exported once more, and then no more', async () => {
  await trainingRun({ name: 'ended' }, (run) => run.step({ loss: 0.5 }))
  expect(valueOf(await telemetry.points('ended'), 'training.loss')).toBe(0.5)
  expect(await telemetry.points('ended')).toEqual([])
})

test('a step after the end of the run is left out', async () => {
  const step = await trainingRun({ name: 'late step' }, (run) => run.step)
  step({ loss: 1 })
  expect(valueOf(await telemetry.points('late step'), 'training.steps')).toBe(0)
})

test('runs that go on at the same time do not mix', async () => {
  const names = ['left', 'right', 'middle']
  await Promise.all(
    names.map((name, index) =>
      trainingRun({ name }, async (run) => {
        for (let step = 0; step < 50; step += 1) {
          run.step({ loss: index, tokens: index + 1 })
          await new Promise(setImmediate)
        }
      }),
    ),
  )
  // the points of all runs leave in one export
  const exported = await telemetry.points('left')
  expect(valueOf(exported, 'training.tokens')).toBe(50)
  for (const [index, name] of names.entries()) {
    expect(telemetry.span(name, 'training run end').attributes).toMatchObject({
      'training.summary.loss.mean': index,
      'training.summary.tokens': 50 * (index + 1),
    })
  }
})

test('the time of an evaluation is no time of a step', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  await trainingRun({ name: 'paused' }, async (run) => {
    run.step({})
    await run.evaluation('slow', async () => void vi.advanceTimersByTime(300))
    run.step({})
  })
  const points = await telemetry.points('paused')
  const duration = points.find(({ metric }) => metric === 'training.step.duration')
  expect(duration?.value).toBe(1)
  expect(duration?.sum).toBeLessThan(0.2)
})

test('any other number of a step is a point by its name, memory and the last step beside it', async () => {
  await trainingRun({ name: 'named' }, async (run) => {
    run.step({ loss: 2, metrics: { accuracy: 0.25, perplexity: 7.4 }, memory: 4096 })
    run.step({ step: 9, loss: 1, metrics: { accuracy: 0.5 } })
    const points = await telemetry.points('named')
    expect(
      points
        .filter(({ metric }) => metric === 'training.metric')
        .map(({ value, attributes }) => [attributes['training.metric.name'], value]),
    ).toEqual([
      ['accuracy', 0.5],
      ['perplexity', 7.4],
    ])
    expect(valueOf(points, 'training.memory.usage')).toBeUndefined()
    expect(valueOf(points, 'training.step.last')).toBe(9)
  })
  expect(telemetry.events('named', 'training.step')[0]?.attributes).toMatchObject({
    'training.step.metric.accuracy': 0.25,
    'training.step.metric.perplexity': 7.4,
    'training.step.memory': 4096,
  })
})
