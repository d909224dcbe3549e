import { labelName } from './prometheus-name.ts'
import { rate } from './queries.ts'
import { MODEL, PROVIDER } from './scopes/llm.ts'
import { spanCalls } from './pipeline.ts'

// Grafana expands `$NAME` in provisioning files, so what it expands later is escaped.
const TAGS = '$$__tags'
const JAEGER_TRACE = 'http://localhost:16686/trace/$${__value.raw}'
const CARRIED_OVER = ['service.name', 'gen_ai.operation.name', PROVIDER, MODEL]

const spansLikeThis = rate({ metric: spanCalls, matchers: [TAGS] }, [], '5m').expr

/** Grafana's data sources: from a point of a graph to its trace, and from a span to its metrics. */
export const datasources: object = {
  apiVersion: 1,
  datasources: [
    {
      name: 'Prometheus',
      uid: 'prometheus',
      type: 'prometheus',
      access: 'proxy',
      url: 'http://prometheus:9090',
      isDefault: true,
      jsonData: {
        httpMethod: 'POST',
        // OpenTelemetry exports once a minute unless told otherwise; a shorter value would leave `$__rate_interval` with one sample, and every panel empty.
        timeInterval: '60s',
        prometheusType: 'Prometheus',
        exemplarTraceIdDestinations: [
          { name: 'trace_id', datasourceUid: 'jaeger', urlDisplayLabel: 'Open the trace here' },
          // Who may only view has no Explore, which the other link leads to.
          { name: 'trace_id', url: JAEGER_TRACE, urlDisplayLabel: 'Open the trace in Jaeger' },
        ],
      },
    },
    {
      name: 'Jaeger',
      uid: 'jaeger',
      type: 'jaeger',
      access: 'proxy',
      url: 'http://jaeger:16686',
      jsonData: {
        nodeGraph: { enabled: true },
        traceIdTimeParams: { enabled: true },
        tracesToMetrics: {
          datasourceUid: 'prometheus',
          spanStartTimeShift: '-5m',
          spanEndTimeShift: '5m',
          tags: CARRIED_OVER.map((key) => ({ key, value: labelName(key) })),
          queries: [{ name: 'Spans like this per second', query: spansLikeThis }],
        },
      },
    },
  ],
}

export const dashboardProvider: object = {
  apiVersion: 1,
  providers: [
    {
      name: 'llmscope',
      folder: 'llmscope',
      folderUid: 'llmscope',
      type: 'file',
      disableDeletion: true,
      allowUiUpdates: false,
      options: { path: '/var/lib/grafana/dashboards' },
    },
  ],
}
