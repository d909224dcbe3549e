import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { Conformance } from './conformance/conformance.ts'

export type Attributes = Readonly<Record<string, unknown>>

export interface SinkSpan {
  readonly name: string
  readonly scope: string
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  /** Nanoseconds since the epoch. */
  readonly start: bigint
  readonly end: bigint
  readonly attributes: Attributes
  readonly status: { readonly code?: number; readonly message?: string }
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[]
  readonly dropped: number
}

/** One data point of a cumulative counter, a gauge or a histogram. */
export interface SinkPoint {
  readonly metric: string
  readonly unit: string
  readonly attributes: Attributes
  readonly value: number | undefined
  readonly count: number | undefined
  readonly sum: number | undefined
  readonly bounds: readonly number[] | undefined
}

export interface SinkLog {
  readonly eventName: string | undefined
  readonly severity: number | undefined
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Attributes
}

export interface OtlpSink {
  /** The address for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string
  readonly spans: readonly SinkSpan[]
  /** The points of the last metrics export of each sender, by scope and metric. */
  readonly points: readonly SinkPoint[]
  readonly logs: readonly SinkLog[]
  /** Every byte that was exported, to look for what must not be there. */
  readonly received: string
  /** What of the catalogue was exported. */
  readonly seen: ReadonlySet<string>
  /** What of the values that the catalogue lists was exported. */
  readonly values: ReadonlySet<string>
  /** Bytes of the largest export, before compression. */
  readonly largest: number
  /** Fails where something was exported that the catalogue does not know. */
  close(): Promise<void>
}

type Json = Readonly<Record<string, unknown>>
type Received = {
  spans: SinkSpan[]
  points: SinkPoint[]
  logs: SinkLog[]
  bodies: string[]
  readonly conformance: Conformance
}

/** Starts an OTLP/HTTP receiver on loopback that decodes JSON and keeps everything in memory; on a free port by default. */
export async function startOtlpSink(port = 0): Promise<OtlpSink> {
  const conformance = new Conformance()
  const received: Received = { spans: [], points: [], logs: [], bodies: [], conformance }
  const server = createServer((request, response) => {
    void accept(request, received).then((status) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
    )
  })
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: received.spans,
    get points() {
      return received.points
    },
    logs: received.logs,
    seen: conformance.seen,
    values: conformance.values,
    get received() {
      return received.bodies.join('\n')
    },
    get largest() {
      return Math.max(...received.bodies.map((body) => Buffer.byteLength(body)))
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      conformance.end()
    },
  }
}

async function accept(request: IncomingMessage, received: Received): Promise<number> {
  if (!request.headers['content-type']?.startsWith('application/json')) return 415
  const bytes = await buffer(request)
  const zipped = request.headers['content-encoding'] === 'gzip'
  const body = (zipped ? gunzipSync(bytes) : bytes).toString()
  received.bodies.push(body)
  const payload = JSON.parse(body) as Json
  received.conformance.check(payload)
  if (request.url === '/v1/traces') received.spans.push(...spans(payload))
  // Counters and histograms are cumulative: the last export says it all.
  if (request.url === '/v1/metrics') received.points = points(payload)
  if (request.url === '/v1/logs') received.logs.push(...logs(payload))
  return 200
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const number = (value: unknown): number | undefined =>
  value === undefined ? undefined : Number(value)
const string = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The records of one signal with the name of their scope: resource → scope → record. */
function records(payload: Json, resources: string, scopes: string, leaf: string): [string, Json][] {
  return list(payload[resources]).flatMap((resource) =>
    list(resource[scopes]).flatMap((scope) =>
      list(scope[leaf]).map((record): [string, Json] => [
        string((scope['scope'] as Json | undefined)?.['name']),
        record,
      ]),
    ),
  )
}

function spans(payload: Json): SinkSpan[] {
  return records(payload, 'resourceSpans', 'scopeSpans', 'spans').map(([scope, span]) => ({
    name: string(span['name']),
    scope,
    kind: Number(span['kind']),
    traceId: string(span['traceId']),
    spanId: string(span['spanId']),
    parentSpanId: string(span['parentSpanId']) || undefined,
    start: BigInt(string(span['startTimeUnixNano'])),
    end: BigInt(string(span['endTimeUnixNano'])),
    attributes: attributes(span['attributes']),
    status: (span['status'] ?? {}) as SinkSpan['status'],
    events: list(span['events']).map((event) => ({
      name: string(event['name']),
      attributes: attributes(event['attributes']),
    })),
    dropped: Number(span['droppedAttributesCount'] ?? 0),
  }))
}

function points(payload: Json): SinkPoint[] {
  return records(payload, 'resourceMetrics', 'scopeMetrics', 'metrics').flatMap(([, metric]) =>
    ['sum', 'gauge', 'histogram'].flatMap((kind) =>
      list((metric[kind] as Json | undefined)?.['dataPoints']).map((point) => ({
        metric: string(metric['name']),
        unit: string(metric['unit']),
        attributes: attributes(point['attributes']),
        value: number(point['asInt'] ?? point['asDouble']),
        count: number(point['count']),
        sum: number(point['sum']),
        bounds: point['explicitBounds'] as readonly number[] | undefined,
      })),
    ),
  )
}

function logs(payload: Json): SinkLog[] {
  return records(payload, 'resourceLogs', 'scopeLogs', 'logRecords').map(([, log]) => ({
    eventName: string(log['eventName']) || undefined,
    severity: number(log['severityNumber']),
    traceId: string(log['traceId']),
    spanId: string(log['spanId']),
    attributes: attributes(log['attributes']),
  }))
}

const attributes = (value: unknown): Attributes =>
  Object.fromEntries(list(value).map((entry) => [string(entry['key']), plain(entry['value'])]))

/** An OTLP `AnyValue` as a JavaScript value. */
function plain(value: unknown): unknown {
  const any = (value ?? {}) as Json
  if ('intValue' in any) return Number(any['intValue'])
  if ('arrayValue' in any) return list((any['arrayValue'] as Json)['values']).map(plain)
  if ('kvlistValue' in any) return attributes((any['kvlistValue'] as Json)['values'])
  return any['stringValue'] ?? any['boolValue'] ?? any['doubleValue']
}
