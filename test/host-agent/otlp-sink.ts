import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { strangersIn } from './conformance.ts'

interface KeyValue {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly intValue?: number }
}

interface DataPoint {
  readonly attributes: readonly KeyValue[]
  readonly startTimeUnixNano: string
  readonly timeUnixNano: string
  readonly asDouble: number
}

/** A metric in the words of OTLP/JSON. */
export interface Metric {
  readonly name: string
  readonly unit: string
  readonly gauge?: { readonly dataPoints: readonly DataPoint[] }
  readonly sum?: {
    readonly dataPoints: readonly DataPoint[]
    readonly isMonotonic: boolean
    readonly aggregationTemporality: number
  }
}

/** One point as it came over the wire, with its attributes as an object. */
export interface Point extends Omit<DataPoint, 'attributes'> {
  readonly attributes: Readonly<Record<string, unknown>>
}

/** One export, and what can be asked of it. */
export class Export {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly resource: Readonly<Record<string, unknown>>
  readonly metrics: readonly Metric[]

  constructor(path: string, headers: IncomingHttpHeaders, body: unknown) {
    const { resourceMetrics } = body as {
      resourceMetrics: [
        {
          resource: { attributes: readonly KeyValue[] }
          scopeMetrics: readonly { metrics: readonly Metric[] }[]
        },
      ]
    }
    this.path = path
    this.headers = headers
    this.resource = plain(resourceMetrics[0].resource.attributes)
    this.metrics = resourceMetrics[0].scopeMetrics.flatMap(({ metrics }) => metrics)
  }

  /** The points of a metric that have these attributes, among others. */
  points(name: string, attributes: Readonly<Record<string, string>> = {}): Point[] {
    return this.metrics
      .filter((metric) => metric.name === name)
      .flatMap((metric) => (metric.gauge ?? metric.sum)?.dataPoints ?? [])
      .map(({ attributes: pairs, ...point }) => Object.assign(point, { attributes: plain(pairs) }))
      .filter((point) =>
        Object.entries(attributes).every(([key, value]) => point.attributes[key] === value),
      )
  }
}

const plain = (attributes: readonly KeyValue[]): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  )

/** A log record in the words of OTLP/JSON, with its attributes as an object. */
export interface LogRecord {
  readonly eventName: string
  readonly severityText: string
  readonly body: { readonly stringValue: string }
  readonly attributes: Readonly<Record<string, unknown>>
}

function logRecords(body: unknown): LogRecord[] {
  const { resourceLogs } = body as {
    resourceLogs: readonly {
      scopeLogs: readonly {
        logRecords: readonly (Omit<LogRecord, 'attributes'> & { attributes: readonly KeyValue[] })[]
      }[]
    }[]
  }
  return resourceLogs
    .flatMap(({ scopeLogs }) => scopeLogs)
    .flatMap((scope) => scope.logRecords)
    .map(({ attributes, ...record }) => Object.assign(record, { attributes: plain(attributes) }))
}

/** A real OTLP/HTTP receiver on loopback that keeps what it is sent. */
export class OtlpSink {
  readonly exports: Export[] = []
  readonly records: LogRecord[] = []
  /** What it answers, by the bytes of a request; it keeps nothing that it refuses. */
  status: number | ((bytes: number) => number) = 200
  /** Headers of an answer that refuses. */
  refusal: Readonly<Record<string, string>> = {}
  /** The next answers get lost on their way: what was sent is kept. */
  answersToLose = 0
  refused = 0
  readonly #server: Server
  readonly port: number

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
  }

  static async open(port = 0): Promise<OtlpSink> {
    const server = createServer()
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const sink = new OtlpSink(server)
    server.on('request', (request, response) => void sink.#answer(request, response))
    return sink
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const zipped = request.headers['content-encoding'] === 'gzip'
    const sent = await buffer(request)
    const bytes = zipped ? gunzipSync(sent) : sent
    const status = typeof this.status === 'number' ? this.status : this.status(bytes.length)
    if (status !== 200) {
      this.refused += 1
      response.writeHead(status, this.refusal).end('{}')
      return
    }
    const body: unknown = JSON.parse(bytes.toString())
    if (request.url === '/v1/logs') this.records.push(...logRecords(body))
    else this.exports.push(new Export(request.url ?? '', request.headers, body))
    if (this.answersToLose > 0) {
      this.answersToLose -= 1
      response.destroy()
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The newest export; throws until there is one. */
  get last(): Export {
    const last = this.exports.at(-1)
    if (!last) throw new Error('nothing has arrived yet')
    return last
  }

  /** Fails where something was exported that the catalogue does not know. */
  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
    const strangers = strangersIn(this.exports.flatMap(({ metrics }) => metrics))
    if (strangers.length === 0) return
    throw new Error(`not as the catalogue has it:\n${[...new Set(strangers)].join('\n')}`)
  }
}
