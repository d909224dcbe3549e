import { trainingRun } from '@llmscope/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTelemetry, type Telemetry } from './training-telemetry.ts'

let telemetry: Telemetry

beforeAll(() => {
  telemetry = startTelemetry()
})

afterAll(() => telemetry.shutdown())

const linksOf = (run: string): (string | undefined)[] =>
  telemetry.span(run, 'training run start').links.map(({ context }) => context.spanId)

test('the runs of a sweep name it, and are linked to it', async () => {
  await trainingRun({ name: 'sweep', id: 'sweep-1' }, async (sweep) => {
    for (const learningRate of [0.1, 0.01]) {
      const name = `rate ${learningRate}`
      await trainingRun({ name, parent: sweep, hyperparameters: { learningRate } }, async (run) => {
        run.step({ loss: learningRate })
        const info = (await telemetry.points(name)).find(
          ({ metric }) => metric === 'training.run.info',
        )
        expect(info).toMatchObject({
          value: 1,
          attributes: {
            'training.run.parent.id': 'sweep-1',
            'training.hyperparameter.learningRate': learningRate,
          },
        })
      })
      expect(telemetry.span(name, 'training run start').attributes).toMatchObject({
        'training.run.parent.id': 'sweep-1',
      })
      expect(linksOf(name)).toEqual([
        telemetry.span('sweep', 'training run start').spanContext().spanId,
      ])
    }
  })
})

test('a parent in another process is named, by its id alone', async () => {
  await trainingRun({ name: 'remote parent', parent: { id: 'sweep-2' } }, () => undefined)
  expect(linksOf('remote parent')).toEqual([])
})

test('a run that is resumed goes on with its id and its steps, linked to its first start', async () => {
  const first = await trainingRun({ name: 'crashed', id: 'run-9' }, async (run) => {
    for (let step = 0; step < 3; step += 1) run.step({ loss: 3 - step })
    return run.spanContext
  })
  const resume = { step: 2, ...(first && { spanContext: first }) }
  // a checkpoint keeps it as JSON
  const saved = JSON.parse(JSON.stringify(resume)) as typeof resume
  const config = { name: 'crashed again', id: 'run-9', resume: saved }
  await trainingRun(config, async (run) => {
    run.step({ loss: 0.5 })
    const points = await telemetry.points('crashed again')
    const last = points.find(({ metric }) => metric === 'training.step.last')
    expect(last).toMatchObject({ value: 3, attributes: { 'training.run.id': 'run-9' } })
  })
  expect(telemetry.events('crashed again', 'training.step')[0]?.attributes).toMatchObject({
    'training.step.index': 3,
  })
  expect(telemetry.span('crashed again', 'training run start').attributes).toMatchObject({
    'training.run.resume.step': 2,
  })
  expect(linksOf('crashed again')).toEqual([first?.spanId])
})

test('a rank is on everything that its process tells', async () => {
  const distributed = { rank: 3, worldSize: 8 }
  await trainingRun({ name: 'ranks', id: 'run-10', distributed }, async (run) => {
    await run.epoch(0, () => run.step({ loss: 1 }))
    const points = await telemetry.points('ranks')
    expect(points.length).toBeGreaterThan(0)
    for (const { attributes } of points) expect(attributes).toHaveProperty(['training.rank'], 3)
  })
  for (const span of telemetry.spans('ranks')) {
    expect(span.attributes).toHaveProperty(['training.rank'], 3)
  }
  expect(telemetry.span('ranks', 'training run start').attributes).toMatchObject({
    'training.world_size': 8,
  })
  expect(telemetry.events('ranks', 'training.step')[0]?.attributes).toHaveProperty(
    ['training.rank'],
    3,
  )
})

test('a rank can do without metrics, and is still seen as spans and events', async () => {
  const distributed = { rank: 1, worldSize: 2, metrics: false }
  await trainingRun({ name: 'quiet rank', distributed }, async (run) => {
    run.step({ loss: 1 })
    run.step({ loss: 1 })
    expect(await telemetry.points('quiet rank')).toEqual([])
  })
  expect(telemetry.events('quiet rank', 'training.step')).toHaveLength(2)
})

test('an epoch that nobody waited for ends with the run', async () => {
  await trainingRun({ name: 'abandoned epoch' }, (run) => {
    void run.epoch(0, () => new Promise(() => undefined))
  })
  expect(telemetry.span('abandoned epoch', 'training epoch').ended).toBe(true)
})
