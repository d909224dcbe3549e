import { type Metric, labelName, prometheusName, seriesNames } from '@llmscope/dashboards'
import { expect, test } from 'vitest'

const named = (name: string, unit: string, instrument: Metric['instrument']): string =>
  prometheusName({ name, unit, instrument, description: '', attributes: [] })

test.each<[string, string, Metric['instrument'], string]>([
  ['gen_ai.client.token.usage', '{token}', 'histogram', 'gen_ai_client_token_usage'],
  [
    'gen_ai.client.operation.duration',
    's',
    'histogram',
    'gen_ai_client_operation_duration_seconds',
  ],
  ['llmscope.cost', '{USD}', 'counter', 'llmscope_cost_total'],
  ['llmscope.cost', 'USD', 'counter', 'llmscope_cost_USD_total'],
  ['hw.gpu.utilization', '1', 'gauge', 'hw_gpu_utilization_ratio'],
  ['hw.gpu.memory.usage', 'By', 'updowncounter', 'hw_gpu_memory_usage_bytes'],
  ['hw.status', '1', 'updowncounter', 'hw_status'],
  ['hw.gpu.io', 'By', 'counter', 'hw_gpu_io_bytes_total'],
  ['hw.power', 'W', 'gauge', 'hw_power_watts'],
  ['hw.energy', 'J', 'counter', 'hw_energy_joules_total'],
  ['hw.temperature', 'Cel', 'gauge', 'hw_temperature_celsius'],
  ['hw.errors', '{error}', 'counter', 'hw_errors_total'],
  ['gpu.clock.frequency', 'Hz', 'gauge', 'gpu_clock_frequency_hertz'],
  ['traces.span.metrics.duration', 'ms', 'histogram', 'traces_span_metrics_duration_milliseconds'],
  ['request.seconds.total', 's', 'counter', 'request_seconds_total'],
  ['ratio.of.hits', '1', 'gauge', 'of_hits_ratio'],
  ['disk.speed', 'By/s', 'gauge', 'disk_speed_bytes_per_second'],
  ['disk.speed', '{operation}/s', 'gauge', 'disk_speed_per_second'],
  ['cpu', '%', 'gauge', 'cpu_percent'],
  ['vllm:num_requests__running', '', 'gauge', 'vllm:num_requests_running'],
])('%s in %s, a %s, is %s in Prometheus', (name, unit, instrument, expected) => {
  expect(named(name, unit, instrument)).toBe(expected)
})

test('an attribute becomes a label with underscores for everything else', () => {
  expect(labelName('gen_ai.request.model')).toBe('gen_ai_request_model')
  expect(labelName('k8s.pod-name')).toBe('k8s_pod_name')
})

test('a histogram is stored as buckets, a sum and a count, anything else as one series', () => {
  const metric = { name: 'a', unit: 's', description: '', attributes: [] }
  expect(seriesNames({ ...metric, instrument: 'histogram' })).toEqual([
    'a_seconds_bucket',
    'a_seconds_sum',
    'a_seconds_count',
  ])
  expect(seriesNames({ ...metric, instrument: 'counter' })).toEqual(['a_seconds_total'])
})
