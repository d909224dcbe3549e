import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { type Agent, type AgentOptions, startAgent } from '@llmscope/host-agent'
import { Conformance } from '../../sdk/conformance/conformance.ts'
import type { KeyValue, Request } from '../../sdk/conformance/otlp.ts'

type Attributes = Readonly<Record<string, unknown>>

export interface Point {
  readonly metric: string
  readonly value: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly attributes: Attributes
}

export interface Span {
  readonly name: string
  readonly spanId: string
  readonly start: number
  readonly end: number
  readonly attributes: Attributes
  readonly links: readonly string[]
  readonly failed: boolean
}

export interface Event {
  readonly name: string
  readonly time: number
  readonly spanId: string
  readonly attributes: Attributes
}

interface OtlpPoint {
  readonly timeUnixNano: string
  readonly asDouble?: number
  readonly count?: number
  readonly attributes: readonly KeyValue[]
}

interface OtlpSpan {
  readonly name: string
  readonly spanId: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly KeyValue[]
  readonly links?: readonly { readonly spanId: string }[]
  readonly status?: { readonly code?: number }
}

interface OtlpLog {
  readonly eventName: string
  readonly timeUnixNano: string
  readonly spanId: string
  readonly attributes: readonly KeyValue[]
}

type Scope<Item> = Readonly<Record<string, readonly Item[]>> & { readonly scope: { name: string } }
type Json = Readonly<
  Record<string, readonly Readonly<Record<string, readonly Scope<unknown>[]>>[] | undefined>
>

const OWN = 'training.run.process'

/** A real agent that receives from tools, and all that it sends. */
export class Received {
  readonly points: Point[] = []
  readonly spans: Span[] = []
  readonly events: Event[] = []
  readonly said: string[] = []
  /** What it answers; it keeps nothing that it refuses. */
  status = 200
  readonly #conformance = new Conformance()
  readonly #server = createServer()
  #agent: Agent | undefined

  static async open(
    receivers: AgentOptions['receivers'],
    more: Partial<AgentOptions> = {},
  ): Promise<Received> {
    const received = new Received()
    await received.#listen()
    received.start(receivers, more)
    return received
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  start(receivers: AgentOptions['receivers'], more: Partial<AgentOptions> = {}): void {
    const { url } = this
    this.#agent = startAgent(
      {
        url: `${url}/v1/metrics`,
        logsUrl: `${url}/v1/logs`,
        tracesUrl: `${url}/v1/traces`,
        collectors: ['uptime'],
        intervalMs: 300,
        receivers,
        ...more,
      },
      (line) => this.said.push(line),
    )
  }

  /** Ends the agent, which sends what waits. */
  async stop(): Promise<void> {
    await this.#agent?.stop()
  }

  /** Fails where something was exported that the SDK's catalogue does not know. */
  async close(): Promise<void> {
    await this.stop()
    this.#server.close()
    this.#server.closeAllConnections()
    this.#conformance.end()
  }

  /** Values of a metric by their time, of the points that have these attributes among others. */
  values(metric: string, attributes: Attributes = {}): number[] {
    return this.of(metric, attributes)
      .toSorted((left, right) => left.time - right.time)
      .map(({ value }) => value)
  }

  of(metric: string, attributes: Attributes = {}): Point[] {
    return this.points.filter((point) => point.metric === metric && has(point, attributes))
  }

  last(metric: string, attributes: Attributes = {}): number | undefined {
    return this.values(metric, attributes).at(-1)
  }

  span(name: string, attributes: Attributes = {}): Span {
    const [found, ...more] = this.spans.filter(
      (span) => span.name === name && has(span, attributes),
    )
    if (!found || more.length > 0) {
      throw new Error(
        `${found ? more.length + 1 : 'no'} spans ${name}; said: ${this.said.join('\n')}`,
      )
    }
    return found
  }

  async #listen(): Promise<void> {
    this.#server.on('request', async (request, response) => {
      const body = (await json(request)) as Json
      if (this.status === 200) this.#take(body)
      response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}')
    })
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  #take(body: Json): void {
    this.#conformance.check(asOfTheSdk(body))
    for (const metric of items<Record<string, unknown>>(body, 'Metrics', 'metrics')) {
      const { dataPoints } = (metric['gauge'] ?? metric['sum'] ?? metric['histogram']) as {
        dataPoints: readonly OtlpPoint[]
      }
      for (const { timeUnixNano, asDouble, count, attributes } of dataPoints) {
        this.points.push({
          metric: String(metric['name']),
          value: asDouble ?? count ?? Number.NaN,
          time: milliseconds(timeUnixNano),
          attributes: plain(attributes),
        })
      }
    }
    for (const span of items<OtlpSpan>(body, 'Spans', 'spans')) {
      this.spans.push({
        name: span.name,
        spanId: span.spanId,
        start: milliseconds(span.startTimeUnixNano),
        end: milliseconds(span.endTimeUnixNano),
        attributes: plain(span.attributes),
        links: (span.links ?? []).map(({ spanId }) => spanId),
        failed: span.status?.code === 2,
      })
    }
    for (const log of items<OtlpLog>(body, 'Logs', 'logRecords')) {
      const { eventName, timeUnixNano, spanId, attributes } = log
      const time = milliseconds(timeUnixNano)
      this.events.push({ name: eventName, time, spanId, attributes: plain(attributes) })
    }
  }
}

const has = ({ attributes }: { attributes: Attributes }, wanted: Attributes): boolean =>
  Object.entries(wanted).every(([key, value]) => attributes[key] === value)

const milliseconds = (nanoseconds: string): number => Number(BigInt(nanoseconds) / 1000n) / 1000

function items<Item>(body: Json, signal: string, leaf: string): Item[] {
  return (body[`resource${signal}`] ?? [])
    .flatMap((resource) => resource[`scope${signal}`] ?? [])
    .flatMap((scope) => (scope as Scope<Item>)[leaf] ?? [])
}

function plain(attributes: readonly KeyValue[]): Attributes {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [[type, one] = []] = Object.entries(value)
      return [key, type === 'intValue' ? Number(one) : one]
    }),
  )
}

/** What the agent tells of runs, to be held to the catalogue of the SDK; the rest is its own. */
function asOfTheSdk(body: Json): Request {
  const text = JSON.stringify(body, (key, value: unknown) =>
    key === 'metrics' && Array.isArray(value)
      ? value.filter(({ name }: { name: string }) => name.startsWith('training.') && name !== OWN)
      : value,
  )
  return JSON.parse(text.replaceAll('"@llmscope/host-agent"', '"@llmscope/sdk"')) as Request
}
