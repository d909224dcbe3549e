import { setTimeout as sleep } from 'node:timers/promises'
import type { Attributes } from '@opentelemetry/api'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { AgentOptions } from './options.ts'
import { openRounds } from './rounds.ts'

// Utilization is a difference, so the first of two rounds is only where it counts from.
const BETWEEN_MS = 1000

/** Measures for a second; resolves with what would be sent, as text with one line a point. */
export async function measureOnce(
  options: AgentOptions,
  json: boolean,
  log: (line: string) => void,
): Promise<string> {
  const { round, end } = await openRounds(options, log)
  const { signal } = new AbortController()
  await round(signal)
  await sleep(BETWEEN_MS)
  const { metrics } = await round(signal)
  end()
  return json ? asJson(metrics) : asText(metrics)
}

interface Point {
  readonly name: string
  readonly unit: string
  readonly attributes: Attributes
  readonly value: number
}

function points({ scopeMetrics }: ResourceMetrics): Point[] {
  return scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .flatMap(({ descriptor: { name, unit }, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({ name, unit, attributes, value: Number(value) })),
    )
}

function asJson(metrics: ResourceMetrics): string {
  const resource = { resource: metrics.resource.attributes }
  return [resource, ...points(metrics)].map((line) => `${JSON.stringify(line)}\n`).join('')
}

function asText(metrics: ResourceMetrics): string {
  const resource = pairs(metrics.resource.attributes).map((pair) => `# ${pair}\n`)
  const lines = points(metrics).map(({ name, unit, attributes, value }) => {
    const labels = pairs(attributes).join(', ')
    return `${name}${labels && `{${labels}}`} ${value} ${unit}\n`
  })
  return [...resource, ...lines].join('')
}

function pairs(attributes: Attributes): string[] {
  return Object.entries(attributes).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
}
