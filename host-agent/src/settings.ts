import { collectors } from './collectors/index.ts'
import { protocols } from './delivery/exporters.ts'
import { receivers } from './receivers/index.ts'

/** One thing that can be set: as an option, as a variable, or under its name in the file. */
export interface Setting {
  readonly variable: string
  readonly argument: string
  readonly meaning: string
}

/** What somebody set, and where that was. */
export interface Given {
  readonly name: string
  readonly value: string
}

const collectorNames = collectors.map(({ name }) => name).join(',')

const own: Readonly<Record<string, Setting>> = {
  endpoint: {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    argument: '<url>',
    meaning: 'where to send; /v1/metrics and the like is added to it (http://localhost:4318)',
  },
  protocol: {
    variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    argument: '<name>',
    meaning: `how: ${Object.keys(protocols).join(', ')} (http/json)`,
  },
  'headers-file': {
    variable: 'LLMSCOPE_AGENT_HEADERS_FILE',
    argument: '<path>',
    meaning: 'headers, one a line as "name: value"; read again for each request over HTTP',
  },
  'queue-bytes': {
    variable: 'LLMSCOPE_AGENT_QUEUE_BYTES',
    argument: '<bytes>',
    meaning: 'how much waits while the receiver is away: an hour is about 2 MB (16777216)',
  },
  'queue-folder': {
    variable: 'LLMSCOPE_AGENT_QUEUE_FOLDER',
    argument: '<path>',
    meaning: 'where it waits, if an agent that is killed is to send it later (in memory)',
  },
  interval: {
    variable: 'OTEL_METRIC_EXPORT_INTERVAL',
    argument: '<ms>',
    meaning: 'time between samples (15000)',
  },
  deadline: {
    variable: 'LLMSCOPE_AGENT_DEADLINE',
    argument: '<ms>',
    meaning: 'how long a round of samples waits for the slowest (10000)',
  },
  patience: {
    variable: 'LLMSCOPE_AGENT_PATIENCE',
    argument: '<ms>',
    meaning: 'how long a GPU driver may not answer before the process that asks is ended (30000)',
  },
  collectors: {
    variable: 'LLMSCOPE_AGENT_COLLECTORS',
    argument: '<names>',
    meaning: `run only these: ${collectorNames}`,
  },
  without: {
    variable: 'LLMSCOPE_AGENT_WITHOUT',
    argument: '<names>',
    meaning: 'run all but these',
  },
  'host-root': {
    variable: 'LLMSCOPE_AGENT_HOST_ROOT',
    argument: '<path>',
    meaning: 'where the files of the host are, such as /hostfs in a container (/)',
  },
  health: {
    variable: 'LLMSCOPE_AGENT_HEALTH',
    argument: '[host:]<port>',
    meaning:
      'where to answer /healthz, /readyz and /metrics, on loopback if no host is said (nowhere)',
  },
}

const ofReceivers = receivers.map(({ name, argument, meaning }): [string, Setting] => {
  const variable = `LLMSCOPE_AGENT_${name.toUpperCase().replaceAll('-', '_')}`
  return [name, { variable, argument, meaning }]
})

/** Everything that takes a value, by its name: what each receiver listens at comes last. */
export const settings: ReadonlyMap<string, Setting> = new Map([
  ...Object.entries(own),
  ...ofReceivers,
])
