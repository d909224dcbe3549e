import type { AttributeName } from './catalogue/attributes.ts'
import type { Metric } from './metrics.ts'

/**
 * What OpenTelemetry's SDK, from 0.301 on, counts of itself where llmscope starts it: names of its own
 * conventions, `otel.sdk.*`.
 */

const COMPONENT: readonly AttributeName[] = ['otel.component.type', 'otel.component.name']

const processed = (record: string, unit: string, words: string): Metric => ({
  name: `otel.sdk.processor.${record}.processed`,
  instrument: 'counter',
  unit,
  description:
    `${words} that were handed to their exporter, or lost: \`error.type\` is \`queue_full\` for those ` +
    'that found no place, else the failure of the export.',
  attributes: [...COMPONENT, 'error.type'],
})

const queue = (record: string, part: string, unit: string, description: string): Metric => ({
  name: `otel.sdk.processor.${record}.queue.${part}`,
  instrument: 'updowncounter',
  unit,
  description,
  attributes: COMPONENT,
})

export const spansProcessed: Metric = processed('span', '{span}', 'Spans')

export const spanQueueSize: Metric = queue('span', 'size', '{span}', 'Spans that wait for export.')

export const spanQueueCapacity: Metric = queue(
  'span',
  'capacity',
  '{span}',
  'Spans that can wait for export; more are lost.',
)

export const logRecordsProcessed: Metric = processed('log', '{log_record}', 'Log records')

export const logQueueSize: Metric = queue(
  'log',
  'size',
  '{log_record}',
  'Log records that wait for export.',
)

export const logQueueCapacity: Metric = queue(
  'log',
  'capacity',
  '{log_record}',
  'Log records that can wait for export; more are lost.',
)
