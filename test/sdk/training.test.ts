import { trainingRun, type TrainingRunConfig } from '@llmscope/sdk'
import { trace } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTelemetry, type Telemetry } from './training-telemetry.ts'

let telemetry: Telemetry

beforeAll(() => {
  telemetry = startTelemetry()
})

afterAll(() => telemetry.shutdown())

const tracer = trace.getTracer('application')

const linked = ({ links }: ReadableSpan): string[] => links.map(({ context }) => context.spanId)
const parent = ({ parentSpanContext }: ReadableSpan): string | undefined =>
  parentSpanContext?.spanId

test('a run is a short span at its start, a span for each part linked to it, and a span at its end', async () => {
  const result = await trainingRun({ name: 'tree', id: 'run-1' }, async (run) => {
    expect(telemetry.span('tree', 'training run start').ended).toBe(true)
    for (const index of [0, 1]) {
      await run.epoch(index, async (epoch) => {
        epoch.step({ loss: 4 - index, tokens: 10 })
        epoch.step({ loss: 2 - index, tokens: 10 })
        await run.evaluation('validation', () => ({ loss: 1.5 }))
      })
    }
    await run.checkpoint({ path: 'model.bin' }, () => undefined)
    return 'trained'
  })
  expect(result).toBe('trained')

  const start = telemetry.span('tree', 'training run start')
  const epochs = telemetry.spans('tree').filter(({ name }) => name === 'training epoch')
  const evaluations = telemetry
    .spans('tree')
    .filter(({ name }) => name === 'training evaluation validation')
  const checkpoint = telemetry.span('tree', 'training checkpoint')
  const end = telemetry.span('tree', 'training run end')

  const roots = [start, ...epochs, checkpoint, end]
  expect(roots.map(parent)).toEqual(roots.map(() => undefined))
  expect(new Set(roots.map((span) => span.spanContext().traceId)).size).toBe(5)
  expect(evaluations.map(parent)).toEqual(epochs.map((span) => span.spanContext().spanId))
  for (const span of [...epochs, ...evaluations, checkpoint, end]) {
    expect(linked(span)).toEqual([start.spanContext().spanId])
    expect(span.attributes).toMatchObject({ 'training.run.id': 'run-1' })
  }
  expect(epochs[1]?.attributes).toEqual({
    'training.run.id': 'run-1',
    'training.run.name': 'tree',
    'training.epoch.index': 1,
    'training.summary.steps': 2,
    'training.summary.tokens': 20,
    'training.summary.loss.mean': 2,
    'training.summary.loss.last': 1,
    'training.summary.checkpoints': 0,
    'training.summary.anomalies': 0,
  })
  expect(evaluations[1]?.attributes).toMatchObject({
    'training.evaluation.name': 'validation',
    'training.evaluation.result.loss': 1.5,
    'training.epoch.index': 1,
    'training.step.index': 3,
  })
  expect(checkpoint.attributes).toMatchObject({
    'training.checkpoint.step': 3,
    'training.checkpoint.path': 'model.bin',
  })
  expect(end.attributes).toMatchObject({
    'training.run.outcome': 'completed',
    'training.run.duration': expect.any(Number),
    'training.summary.steps': 4,
    'training.summary.tokens': 40,
    'training.summary.checkpoints': 1,
  })
})

test('what is configured is on the span that starts the run', async () => {
  const config: TrainingRunConfig = {
    name: 'configured',
    hyperparameters: {
      learningRate: 3e-4,
      schedule: 'cosine',
      tied: true,
      betas: [0.9, 0.95],
      optimizer: { name: 'adam', epsilon: 1e-8 },
      seed: undefined,
    },
    model: { name: 'tiny', parameters: 25_000 },
    dataset: { name: 'licence', tokens: 11_000 },
  }
  const id = await trainingRun(config, (run) => run.id)
  expect(telemetry.span('configured', 'training run start').attributes).toEqual({
    'training.run.id': id,
    'training.run.name': 'configured',
    'training.model.name': 'tiny',
    'training.model.parameters': 25_000,
    'training.dataset.name': 'licence',
    'training.dataset.tokens': 11_000,
    'training.hyperparameter.learningRate': 3e-4,
    'training.hyperparameter.schedule': 'cosine',
    'training.hyperparameter.tied': true,
    'training.hyperparameter.betas': [0.9, 0.95],
    'training.hyperparameter.optimizer.name': 'adam',
    'training.hyperparameter.optimizer.epsilon': 1e-8,
  })
})

test('a run without epochs works, and a call within an evaluation is a child of its span', async () => {
  await trainingRun({ name: 'no epochs' }, async (run) => {
    run.step({ loss: 1 })
    await run.evaluation('answers', async () => {
      await Promise.resolve()
      tracer.startSpan('chat', { attributes: { 'training.run.name': 'no epochs' } }).end()
    })
  })
  const evaluation = telemetry.span('no epochs', 'training evaluation answers')
  expect(parent(evaluation)).toBeUndefined()
  expect(parent(telemetry.span('no epochs', 'chat'))).toBe(evaluation.spanContext().spanId)
})

test('a span that is active when the run begins gets its start as a child, and not its epochs', async () => {
  await tracer.startActiveSpan('job', async (job) => {
    await trainingRun({ name: 'in a job' }, async (run) => {
      await run.epoch(0, () => undefined)
      await tracer.startActiveSpan('nightly', async (nightly) => {
        await run.evaluation('test', () => undefined)
        nightly.end()
        expect(parent(telemetry.span('in a job', 'training evaluation test'))).toBe(
          nightly.spanContext().spanId,
        )
      })
    })
    job.end()
    expect(parent(telemetry.span('in a job', 'training run start'))).toBe(job.spanContext().spanId)
    expect(parent(telemetry.span('in a job', 'training epoch'))).toBeUndefined()
    expect(parent(telemetry.span('in a job', 'training run end'))).toBeUndefined()
  })
})

test('an error in the loop is rethrown as it is, and the run has failed', async () => {
  const error = new RangeError('secret of batch 7')
  const run = trainingRun({ name: 'failed' }, async ({ epoch }) => {
    await epoch(0, ({ step }) => {
      step({ loss: 2 })
      throw error
    })
  })
  await expect(run).rejects.toBe(error)
  for (const name of ['training epoch', 'training run end']) {
    const { status, attributes } = telemetry.span('failed', name)
    expect(status).toEqual({ code: 2, message: 'RangeError' })
    expect(attributes['error.type']).toBe('RangeError')
  }
  expect(telemetry.span('failed', 'training run end').attributes).toMatchObject({
    'training.run.outcome': 'failed',
    'training.summary.steps': 1,
    'training.summary.loss.last': 2,
  })
})

test('a checkpoint that fails is not counted, and its error reaches the loop', async () => {
  const full = new Error('disk full')
  await trainingRun({ name: 'full disk' }, async (run) => {
    await expect(run.checkpoint({}, () => Promise.reject(full))).rejects.toBe(full)
  })
  expect(telemetry.span('full disk', 'training checkpoint').status.code).toBe(2)
  expect(
    telemetry.span('full disk', 'training run end').attributes['training.summary.checkpoints'],
  ).toBe(0)
})

test.each([
  [undefined, "the configuration must be an object; write { name: 'tiny-transformer' }"],
  [{}, "name must be a string that is not empty; write name: 'tiny-transformer'"],
  [{ name: 'x', id: '' }, 'id must be a string that is not empty'],
  [{ name: 'x', model: 'tiny' }, "model must be an object; write model: { name: 'tiny' }"],
  [{ name: 'x', model: { name: 'm', parameters: '7B' } }, 'model.parameters must be a number'],
  [{ name: 'x', dataset: {} }, 'dataset.name must be a string'],
  [{ name: 'x', hyperparameters: 3 }, 'hyperparameters must be an object'],
  [{ name: 'x', hyperparameters: { optimizer: () => 1 } }, 'hyperparameters.optimizer must be'],
  [{ name: 'x', hyperparameters: { betas: [0.9, '0.95'] } }, 'hyperparameters.betas must be'],
  [
    { name: 'x', stepEvents: -1 },
    'stepEvents must be a whole number from 0; write stepEvents: 256',
  ],
  [{ name: 'x', parent: 'sweep' }, "parent must be an object; write parent: { id: 'sweep-7' }"],
  [{ name: 'x', resume: { step: 3 } }, 'id must be that of the run that goes on'],
  [{ name: 'x', id: 'r', resume: { step: -1 } }, 'resume.step must be a whole number from 0'],
  [{ name: 'x', distributed: { rank: 8, worldSize: 8 } }, 'distributed.rank must be below'],
  [{ name: 'x', flops: { perToken: 6e9 } }, 'flops must be two numbers above 0'],
  [{ name: 'x', health: { spikeScore: 0 } }, 'health.spikeScore must be a number above 0'],
])('a wrong configuration is refused before the loop starts: %j', async (config, message) => {
  let started = false
  const run = trainingRun(config as unknown as TrainingRunConfig, () => {
    started = true
  })
  await expect(run).rejects.toThrow(TypeError)
  await expect(run).rejects.toThrow(message)
  expect(started).toBe(false)
})

test('a run without a loop is refused', async () => {
  const run = trainingRun({ name: 'no loop' }, undefined as unknown as () => void)
  await expect(run).rejects.toThrow('the second argument must be the loop')
})
