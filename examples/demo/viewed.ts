import type { TraceDetail } from '@llmscope/viewer/api'
import type { Arrived } from './checks.ts'

/** What has arrived at a viewer, by its own API and its text for a scrape. */
export function viewed(page: string): Arrived {
  return {
    traces: 'the viewer',
    metrics: 'the viewer',
    traceOf: async (traceId) => {
      const response = await fetch(`${page}/data/traces/${traceId}`)
      if (response.status === 404) return []
      const { resources, spans } = (await response.json()) as TraceDetail
      return spans.map((span) => ({
        service: resources[span.resource]?.service ?? '',
        name: span.name,
        spanId: span.id,
        parentSpanId: span.parentId,
        attributes: span.attributes,
      }))
    },
    total: async (promql) => {
      const text = await (await fetch(`${page}/metrics`)).text()
      return sum(text, promql)
    },
  }
}

/** The sum of the series that a selector without operators chooses. */
function sum(text: string, selector: string): number {
  const [, name = '', labels = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(selector) ?? []
  const wanted = labels.split(',').filter((label) => label !== '')
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0)
}
