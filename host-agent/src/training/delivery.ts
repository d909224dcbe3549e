import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { SCOPE } from '../scope.ts'
import { createSender, type Exporter } from '../sender.ts'
import type { Outlet, TrainingPoint } from './outlet.ts'
import { metricsOf } from './points.ts'
import { Waiting } from './waiting.ts'

/** Where each signal is sent to. */
export interface Addresses {
  readonly url: string
  readonly logsUrl: string
  readonly tracesUrl: string
}

/** Sends what runs tell, in the order in which it was told. */
export interface TrainingDelivery extends Outlet {
  /** Resolves when there is room for more, also where the receiver is away: whoever can wait loses nothing. */
  readonly room: () => Promise<void>
  /** Resolves when all is sent, or cannot be. */
  readonly flush: () => Promise<void>
}

const MOST_POINTS = 100_000
const MOST_OTHERS = 10_000
const BATCH = 4000
const SEND_MS = 500

/** Delivers to these addresses; headers and the like come from the standard variables. */
export function createTrainingDelivery(
  { url, logsUrl, tracesUrl }: Addresses,
  resource: Resource,
  log: (line: string) => void,
): TrainingDelivery {
  const own = { resource, instrumentationScope: SCOPE }
  const metrics = new OTLPMetricExporter({ url })
  const points = channel<TrainingPoint>(MOST_POINTS, url, log, {
    export: (items, done) => metrics.export(metricsOf(items, resource), done),
  })
  const spans = channel(MOST_OTHERS, tracesUrl, log, new OTLPTraceExporter({ url: tracesUrl }))
  const records = channel(MOST_OTHERS, logsUrl, log, new OTLPLogExporter({ url: logsUrl }))
  const all = [points, spans, records]
  const send = (): void => all.forEach((each) => each.send())
  const timer = setInterval(send, SEND_MS).unref()
  return {
    point: points.add,
    span: (span) => spans.add({ ...span, ...own } satisfies ReadableSpan),
    record: (record) => records.add({ ...record, ...own } satisfies ReadableLogRecord),
    room: async () => {
      await Promise.all(all.map((each) => each.room()))
    },
    flush: async () => {
      clearInterval(timer)
      send()
      await Promise.all(all.map((each) => each.idle()))
    },
  }
}

interface Channel<T> {
  readonly add: (item: T) => void
  readonly send: () => void
  readonly room: () => Promise<void>
  readonly idle: () => Promise<void>
}

function channel<T>(
  most: number,
  url: string,
  log: (line: string) => void,
  exporter: Exporter<T[]>,
): Channel<T> {
  const waiting = new Waiting<T>(most, (lost) =>
    log(`what training runs told waits for its receiver, and there is too much: ${lost} are lost`),
  )
  const sender = createSender(exporter, url, log)
  const send = (): void =>
    sender.send(
      () => waiting.take(BATCH),
      (lost) => waiting.putBack(lost),
    )
  return {
    add: (item) => {
      waiting.add(item)
      if (waiting.size === BATCH) send()
    },
    send,
    room: () => waiting.room(),
    idle: () => sender.idle(),
  }
}
