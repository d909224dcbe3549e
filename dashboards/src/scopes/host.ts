import { catalogue } from '@llmscope/host-agent/catalogue'
import { type Metric, find } from '../metric.ts'
import { type Scope, type Variable, scope } from '../scope.ts'

/** A metric of the host agent. Throws if its catalogue has none of this name. */
export function hostMetric(name: string): Metric {
  return find(catalogue, name)
}

export const hostVariables: readonly Variable[] = [
  {
    name: 'host',
    label: 'Host',
    metric: hostMetric('system.cpu.utilization'),
    attribute: 'host.name',
  },
  {
    name: 'gpu',
    label: 'GPU',
    metric: hostMetric('hw.gpu.utilization'),
    attribute: 'hw.id',
    // The id of a sensor is the id of its GPU with a path behind it.
    match: '${gpu}(/.*)?',
  },
]

/** Metrics of hosts and GPUs under the choice of host and GPU. */
export const host: Scope = scope(hostVariables)

export const HOST = 'host.name'

export const NO_HOSTS = 'No host agent reported in this time range'
export const NO_GPUS =
  'No GPU reported in this time range: this host has none, or no host agent runs on it'
