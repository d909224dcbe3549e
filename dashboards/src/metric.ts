/** What the dashboards need to know of a metric; the entries of both catalogues have this shape. */
export interface Metric {
  /** OpenTelemetry name. */
  readonly name: string
  readonly instrument: 'counter' | 'gauge' | 'histogram' | 'updowncounter'
  /** UCUM unit. */
  readonly unit: string
  readonly description: string
  readonly attributes: readonly string[]
}

/**
 * Resource attributes that reach Prometheus as a label of every series, because the backends promote
 * them. `job` and `instance` are made from `service.*` by Prometheus itself.
 */
export const resourceAttributes: readonly string[] = [
  'service.name',
  'host.name',
  'job',
  'instance',
]

/** Whether the series of a metric can have this attribute as a label. */
export function carries(metric: Metric, attribute: string): boolean {
  return metric.attributes.includes(attribute) || resourceAttributes.includes(attribute)
}

/** The entry of a catalogue with this name. Throws if there is none. */
export function find(catalogue: readonly Metric[], name: string): Metric {
  const metric = catalogue.find((entry) => entry.name === name)
  if (!metric) throw new Error(`No metric "${name}" in the catalogue: correct the name in the row.`)
  return metric
}
