import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Sample } from '../collector.ts'
import type { AgentOptions } from '../options.ts'
import { type Exporter, protocols, type Target } from './exporters.ts'
import { parseHeaders } from './headers.ts'
import { deliverySamples } from './metrics.ts'
import { type Log, Queue } from './queue.ts'
import { createSender, type Sender } from './sender.ts'
import { claim, openShelf } from './shelf.ts'
import { logs, metrics, type Signal, traces } from './signal.ts'

/** Sends telemetry over OTLP. What cannot be sent waits, within a bound; nothing is thrown. */
export interface Delivery {
  readonly metrics: Intake<ResourceMetrics>
  readonly logs: Intake<ReadableLogRecord[]>
  readonly traces: Intake<ReadableSpan[]>
  /** What waits, and what was lost. */
  readonly samples: () => readonly Sample[]
  /** Why nothing can be sent now, where that is so. */
  readonly fault: () => string | undefined
  /** Resolves when everything that was taken is sent, or cannot be sent now. */
  readonly close: () => Promise<void>
}

/** Takes one kind of telemetry. */
export type Intake<Items> = Pick<Sender<Items>, 'take' | 'room'>

type Options = Pick<
  AgentOptions,
  'url' | 'logsUrl' | 'tracesUrl' | 'protocol' | 'headersFile' | 'queueBytes' | 'queueFolder'
>

/**
 * Delivers metrics to `url`, log records to `logsUrl` and spans to `tracesUrl`; headers, compression, time-out and
 * certificates come from the standard `OTEL_EXPORTER_OTLP_*` variables.
 * @throws Error when the folder of the queue cannot be used.
 */
export function createDelivery(options: Options, log: Log): Delivery {
  const { headersFile, protocol, queueFolder } = options
  if (queueFolder !== undefined) claim(queueFolder)
  const exporters = protocols[protocol]
  const channel = <Items>(
    signal: Signal<Items>,
    url: string,
    open: (target: Target) => Promise<Exporter<Items>>,
  ): Channel<Items> => {
    const queue = openQueue(signal.name, options, log)
    const exporter = open({ url, ...(headersFile !== undefined && headersIn(headersFile)) })
    const sender = createSender({ signal, queue, url, exporter }, log)
    return {
      ...sender,
      samples: () => deliverySamples(signal, queue, sender),
      waiting: () => queue.state.batches,
    }
  }
  const channels = {
    metrics: channel(metrics, options.url, exporters.metrics),
    logs: channel(logs, options.logsUrl, exporters.logs),
    traces: channel(traces, options.tracesUrl, exporters.traces),
  }
  const all = Object.values(channels)
  return {
    ...channels,
    samples: () => all.flatMap(({ samples }) => samples()),
    fault: () => all.map(({ fault }) => fault()).find((fault) => fault !== undefined),
    close: async () => {
      await Promise.all(all.map(({ close }) => close()))
      const left = all.reduce((sum, { waiting }) => sum + waiting(), 0)
      if (left > 0) log(farewell(left, queueFolder))
    },
  }
}

interface Channel<Items> extends Sender<Items> {
  readonly samples: () => readonly Sample[]
  /** How many batches wait. */
  readonly waiting: () => number
}

const headersIn = (file: string): Pick<Target, 'headers'> => ({
  headers: async () => parseHeaders(await readFile(file, 'utf8'), file),
})

function farewell(left: number, folder: string | undefined): string {
  return folder === undefined
    ? `ends with ${left} batches that could not be sent and are lost; --queue-folder keeps them`
    : `ends with ${left} batches that could not be sent; the next agent sends them from ${folder}`
}

/** Each kind of telemetry has a queue, and a folder, of its own. */
function openQueue(name: string, { queueBytes, queueFolder }: Options, log: Log): Queue {
  const shelf = queueFolder === undefined ? undefined : openShelf(join(queueFolder, name))
  return new Queue(queueBytes, shelf, log)
}
