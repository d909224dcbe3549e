import { metrics } from '@llmscope/sdk/catalogue'
import type { AlertGroup } from '../alert.ts'
import type { Metric } from '../metric.ts'
import { scrapeUp } from '../pipeline.ts'
import { labelName } from '../prometheus-name.ts'
import { type Query, equal, selector, series } from '../queries.ts'
import { HOST, hostMetric } from '../scopes/host.ts'

/**
 * What was pushed for a while and is not any more: visible in 15 of the last 60 minutes, so that a
 * program of a few seconds is not missed when it ends, and silent for two exports of a minute each.
 */
function silent(metric: Metric, attribute: string, suffix = ''): Query {
  const seen = selector(series(metric, { [attribute]: '!=""' }), suffix)
  const by = labelName(attribute)
  const expr =
    `count_over_time((count by (${by}) (${seen}))[1h:1m]) >= 15` +
    ` unless count by (${by}) (count_over_time(${seen}[2m]))`
  return { expr, metrics: [metric] }
}

const ACTION =
  'Is the process alive? Does it reach the Collector (OTEL_EXPORTER_OTLP_ENDPOINT), and the Collector Prometheus? If everything is silent at once, it is one of those two. If it was stopped on purpose, silence this alert: it ends by itself within the hour.'

export const availability: AlertGroup = {
  name: 'availability',
  alerts: [
    {
      name: 'ServiceDown',
      when: silent(metrics.inferenceDuration, 'service.name', '_count'),
      for: '30s',
      severity: 'critical',
      labels: { source: 'service' },
      summary: '{{ $labels.service_name }} is down',
      description:
        'No instance of a service that called LLMs has exported anything for two minutes. It had done so for at least ten.',
      action: ACTION,
    },
    {
      name: 'ServiceDown',
      when: silent(hostMetric('host_agent.collector.success'), HOST),
      for: '30s',
      severity: 'critical',
      labels: { source: 'host' },
      summary: '{{ $labels.host_name }} or its agent is down',
      description:
        'The host agent has not exported anything for two minutes. It had done so for at least ten.',
      action: `Is the host alive? ${ACTION}`,
    },
    {
      name: 'ServiceDown',
      when: equal({ expr: selector(series(scrapeUp)), metrics: [scrapeUp] }, 0),
      for: '30s',
      severity: 'critical',
      labels: { source: 'scrape' },
      summary: '{{ $labels.job }} at {{ $labels.instance }} is down',
      description: 'Prometheus cannot read the metrics of the target.',
      action:
        'Is the process alive? Open its metrics page from the machine of Prometheus; "Status, Targets" in Prometheus tells the error.',
    },
  ],
}
