import { tensorflowCallback, trainingRun } from '@llmscope/sdk'
import * as tf from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTelemetry, type Telemetry } from './training-telemetry.ts'

let telemetry: Telemetry

beforeAll(async () => {
  await import('@tensorflow/tfjs-backend-cpu')
  telemetry = startTelemetry()
})

afterAll(() => telemetry.shutdown())

test('model.fit tells of its epochs, its steps and its validation, with the values that it returns', async () => {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] })
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mae'] })
  const inputs = tf.randomNormal([24, 2], 0, 1, 'float32', 7)
  const targets = tf.sum(inputs, 1, true)
  const history = await trainingRun({ name: 'fit' }, (run) =>
    model.fit(inputs, targets, {
      epochs: 2,
      batchSize: 8,
      validationSplit: 1 / 3,
      verbose: 0,
      callbacks: tensorflowCallback(run, {
        learningRate: () => 0.01,
        memory: () => tf.memory().numBytes,
      }),
    }),
  )
  const steps = telemetry.events('fit', 'training.step').map(({ attributes }) => attributes)
  expect(steps.map((step) => step['training.step.samples'])).toEqual([8, 8, 8, 8])
  for (const step of steps) {
    expect(step['training.step.loss']).toBeGreaterThan(0)
    expect(step['training.step.metric.mae']).toBeGreaterThan(0)
    expect(step['training.step.learning_rate']).toBe(0.01)
    expect(step['training.step.memory']).toBeGreaterThan(0)
  }
  const spans = telemetry.spans('fit')
  const epochs = spans.filter(({ name }) => name === 'training epoch')
  const evaluations = spans.filter(({ name }) => name === 'training evaluation validation')
  expect(epochs.map(({ attributes }) => attributes['training.epoch.index'])).toEqual([0, 1])
  expect(
    evaluations.map(({ attributes }) => attributes['training.evaluation.result.loss']),
  ).toEqual(history.history['val_loss'])
  expect(evaluations.map((span) => span.parentSpanContext?.spanId)).toEqual(
    epochs.map((span) => span.spanContext().spanId),
  )
})
