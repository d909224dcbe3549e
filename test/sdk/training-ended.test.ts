import { trainingRun } from '@llmscope/sdk'
import {
  AggregationTemporality,
  type DataPoint,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { metrics } from '@opentelemetry/api'
import { afterAll, beforeAll, expect, test } from 'vitest'

const HOUR = 3_600_000
const newReader = (): PeriodicExportingMetricReader =>
  new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
    exportIntervalMillis: HOUR,
  })

const readers = [newReader(), newReader()] as const
const provider = new MeterProvider({ readers: [...readers] })

beforeAll(() => void metrics.setGlobalMeterProvider(provider))
afterAll(() => provider.shutdown())

/** The losses, by run, that a reader exports next. */
async function lossesOf(reader: PeriodicExportingMetricReader): Promise<Record<string, unknown>> {
  const { resourceMetrics } = await reader.collect()
  const loss = resourceMetrics.scopeMetrics
    .flatMap((scope) => scope.metrics)
    .find(({ descriptor }) => descriptor.name === 'training.loss')
  const points = (loss?.dataPoints ?? []) as readonly DataPoint<number>[]
  return Object.fromEntries(
    points.map(({ attributes, value }) => [attributes['training.run.name'], value]),
  )
}

test('the gauges of a run that has ended are not repeated to readers of cumulative metrics', async () => {
  const [first, second] = readers
  await trainingRun({ name: 'goes on' }, async (run) => {
    run.step({ loss: 3 })
    await trainingRun({ name: 'ends' }, async ({ step }) => {
      step({ loss: 2 })
      expect(await lossesOf(first)).toEqual({ 'goes on': 3, ends: 2 })
      expect(await lossesOf(second)).toEqual({ 'goes on': 3, ends: 2 })
      step({ loss: 1 })
    })
    expect(await lossesOf(first)).toEqual({ 'goes on': 3, ends: 1 })
    expect(await lossesOf(second)).toEqual({ 'goes on': 3, ends: 1 })
    expect(await lossesOf(second)).toEqual({ 'goes on': 3 })
    expect(await lossesOf(first)).toEqual({ 'goes on': 3 })
    run.step({ loss: 2.5 })
    expect(await lossesOf(first)).toEqual({ 'goes on': 2.5 })
  })
})
