import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Metric,
  pipelineMetrics,
  prometheusName,
  resourceAttributes,
} from '@llmscope/dashboards'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface SpanMetrics {
  readonly connectors: {
    readonly span_metrics: {
      readonly dimensions: readonly { readonly name: string }[]
      readonly histogram: { readonly unit: string }
      readonly exemplars: { readonly enabled: boolean }
    }
  }
}
interface Prometheus {
  readonly otlp: { readonly promote_resource_attributes: readonly string[] }
}

const repository = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(repository, path), 'utf8')

// What span_metrics adds by itself; see its README.
const DEFAULTS = ['service.name', 'span.name', 'span.kind', 'status.code']

test('the span metrics are the ones that the Collector is told to make', () => {
  const config: SpanMetrics = parse(read('collector-config/connectors/span-metrics.yaml'))
  const { dimensions, histogram, exemplars } = config.connectors.span_metrics
  const made = [...DEFAULTS, ...dimensions.map(({ name }) => name)]
  const duration = metric('traces.span.metrics.duration')
  expect(duration.attributes.toSorted()).toEqual(made.toSorted())
  expect(duration.unit).toBe(histogram.unit)
  expect(exemplars.enabled).toBe(true)
  expect(metric('traces.span.metrics.calls').attributes).toEqual(duration.attributes)
})

test('the span metrics have the names that the Monitor tab of Jaeger asks for', () => {
  expect(prometheusName(metric('traces.span.metrics.calls'))).toBe(
    'traces_span_metrics_calls_total',
  )
  expect(prometheusName(metric('traces.span.metrics.duration'))).toBe(
    'traces_span_metrics_duration_milliseconds',
  )
})

test('Prometheus makes labels of the resource attributes that the dashboards ask for', () => {
  const config: Prometheus = parse(read('stack/prometheus/prometheus.yml'))
  const made = [...config.otlp.promote_resource_attributes, 'job', 'instance']
  expect(made).toEqual(expect.arrayContaining([...resourceAttributes]))
})

function metric(name: string): Metric {
  const found = pipelineMetrics.find((entry) => entry.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}
