import {
  type Metric,
  labelName,
  pipelineMetrics,
  resourceAttributes,
  seriesNames,
} from '@llmscope/dashboards'
import { catalogue as hostCatalogue } from '@llmscope/host-agent/catalogue'
import { catalogue as sdkCatalogue } from '@llmscope/sdk/catalogue'

const metrics: readonly Metric[] = [...sdkCatalogue, ...hostCatalogue, ...pipelineMetrics]

/** Every series that can be in Prometheus → the metric that it is made of. */
export const emitted: ReadonlyMap<string, Metric> = new Map(
  metrics.flatMap((metric) => seriesNames(metric).map((series) => [series, metric])),
)

/** The labels that a series can have. */
export function labelsOf(series: string): ReadonlySet<string> {
  const { attributes = [] } = emitted.get(series) ?? {}
  const bucket = series.endsWith('_bucket') ? ['le'] : []
  return new Set([...bucket, ...[...attributes, ...resourceAttributes].map(labelName)])
}
