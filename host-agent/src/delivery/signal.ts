import { promisify } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { gunzip, gzip } from 'node:zlib'
import type { Attributes } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'

/** One kind of telemetry: how what waits to be sent is kept as bytes. */
export interface Signal<Items> {
  readonly name: 'metrics' | 'logs' | 'traces'
  /** @throws whatever the items throw that cannot be written down. */
  readonly pack: (items: Items) => Promise<Buffer>
  /** @throws Error when the bytes are not what `pack` made. */
  readonly unpack: (bytes: Buffer) => Promise<Items>
  /** Two smaller requests in the place of one; undefined where it is the smallest already. */
  readonly halve: (items: Items) => readonly [Items, Items] | undefined
}

export const metrics: Signal<ResourceMetrics> = {
  name: 'metrics',
  pack: ({ resource, scopeMetrics }) => pack({ resource: resource.attributes, scopeMetrics }),
  unpack: async (bytes) => {
    const { resource, scopeMetrics } = (await unpack(bytes)) as {
      resource: Attributes
      scopeMetrics: ResourceMetrics['scopeMetrics']
    }
    return { resource: resourceFromAttributes(resource), scopeMetrics }
  },
  halve: ({ resource, scopeMetrics }) => {
    const each = scopeMetrics.flatMap(({ scope, metrics: all }) =>
      all.map((metric) => ({ scope, metrics: [metric] })),
    )
    const [first, second] = halvesOf(each) ?? []
    return first && second
      ? [
          { resource, scopeMetrics: first },
          { resource, scopeMetrics: second },
        ]
      : undefined
  },
}

export const logs: Signal<ReadableLogRecord[]> = {
  name: 'logs',
  pack: (records) =>
    pack(records.map((record) => ({ ...record, resource: record.resource.attributes }))),
  unpack: async (bytes) => {
    const records = (await unpack(bytes)) as (ReadableLogRecord & { resource: Attributes })[]
    return records.map((record) =>
      Object.assign(record, { resource: resourceFromAttributes(record.resource) }),
    )
  },
  halve: halvesOf,
}

export const traces: Signal<ReadableSpan[]> = {
  name: 'traces',
  pack: (spans) =>
    pack(
      spans.map((span) => ({
        ...span,
        spanContext: span.spanContext(),
        resource: span.resource.attributes,
      })),
    ),
  unpack: async (bytes) => {
    const spans = (await unpack(bytes)) as (Omit<ReadableSpan, 'spanContext'> & {
      resource: Attributes
      spanContext: ReturnType<ReadableSpan['spanContext']>
    })[]
    return spans.map((span) => {
      const { spanContext } = span
      return Object.assign(span, {
        spanContext: () => spanContext,
        resource: resourceFromAttributes(span.resource),
      })
    })
  },
  halve: halvesOf,
}

function halvesOf<Item>(items: readonly Item[]): [Item[], Item[]] | undefined {
  const middle = Math.ceil(items.length / 2)
  return items.length > 1 ? [items.slice(0, middle), items.slice(middle)] : undefined
}

const zip = promisify(gzip)
const unzip = promisify(gunzip)

// not as JSON, which has no words for a loss that is not a number
const pack = async (value: unknown): Promise<Buffer> => zip(serialize(value), { level: 1 })

const unpack = async (bytes: Buffer): Promise<unknown> => deserialize(await unzip(bytes))
