import {
  AggregationTemporality,
  AggregationType,
  createDenyListAttributesProcessor,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { BoundHistogram } from '../../sdk/src/bound-histogram.ts'

const { CUMULATIVE, DELTA } = AggregationTemporality
const exponential = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const
const attributes = { model: 'm', port: 443 }
const rounds = [[1, 20, 300], [], [4], [5, 6]]

/** What readers export when values are recorded between their collections. */
async function exported(
  temporalities: readonly AggregationTemporality[],
  views: ViewOptions[],
  isBound: boolean,
): Promise<unknown> {
  const exporters = temporalities.map((temporality) => new InMemoryMetricExporter(temporality))
  const readers = exporters.map(
    (exporter) => new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 }),
  )
  const provider = new MeterProvider({ readers, views })
  const histogram = provider.getMeter('test').createHistogram('duration')
  const bound = new BoundHistogram(histogram, attributes)
  for (const values of rounds) {
    for (const value of values) {
      if (isBound) bound.record(value)
      else histogram.record(value, attributes)
      histogram.record(value, { model: 'other' })
    }
    await provider.forceFlush()
  }
  await provider.shutdown()
  return exporters.map((exporter) =>
    exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
      .flatMap(({ dataPoints }) => dataPoints.map((point) => [point.attributes, point.value])),
  )
}

test.each<[string, AggregationTemporality[], ViewOptions[]]>([
  ['sums', [CUMULATIVE], []],
  ['what came since the last time', [DELTA], []],
  ['to two readers', [CUMULATIVE, DELTA], []],
  [
    'without an attribute that a view drops',
    [CUMULATIVE],
    [
      {
        instrumentName: 'duration',
        attributesProcessors: [createDenyListAttributesProcessor(['port'])],
      },
    ],
  ],
  ['in buckets of a view', [DELTA], [{ instrumentName: 'duration', aggregation: exponential }]],
  [
    'not at all, by a view',
    [CUMULATIVE],
    [{ instrumentName: 'duration', aggregation: { type: AggregationType.DROP } }],
  ],
])('values for attributes that stay the same are exported as all others: %s', async (...told) => {
  const [, temporalities, views] = told
  const bound = await exported(temporalities, views, true)
  expect(bound).toEqual(await exported(temporalities, views, false))
})
