import type { Resource } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Delivery } from '../delivery/index.ts'
import { SCOPE } from '../scope.ts'
import type { Outlet, TrainingPoint } from './outlet.ts'
import { metricsOf } from './points.ts'

/** Sends what runs tell, in the order in which it was told. */
export interface TrainingDelivery extends Outlet {
  /** Resolves when there is room for more, also where the receiver is away: whoever can wait loses nothing. */
  readonly room: () => Promise<void>
  /** Hands over what was told last. */
  readonly close: () => void
}

const MOST = 4000
const EVERY_MS = 500

/** Gathers what is told into batches for the agent's delivery. */
export function createTrainingDelivery(
  { metrics, traces, logs }: Pick<Delivery, 'metrics' | 'traces' | 'logs'>,
  resource: Resource,
): TrainingDelivery {
  const own = { resource, instrumentationScope: SCOPE }
  const points = gather<TrainingPoint>((items) => metrics.take(metricsOf(items, resource)))
  const spans = gather<ReadableSpan>(traces.take)
  const records = gather<ReadableLogRecord>(logs.take)
  const handOver = (): void => {
    for (const each of [points, spans, records]) each.handOver()
  }
  const timer = setInterval(handOver, EVERY_MS).unref()
  return {
    point: points.add,
    span: (span) => spans.add({ ...span, ...own }),
    record: (record) => records.add({ ...record, ...own }),
    room: async () => {
      await Promise.all([metrics.room(), traces.room(), logs.room()])
    },
    close: () => {
      clearInterval(timer)
      handOver()
    },
  }
}

interface Gathering<Item> {
  readonly add: (item: Item) => void
  readonly handOver: () => void
}

function gather<Item>(take: (items: Item[]) => void): Gathering<Item> {
  let items: Item[] = []
  const handOver = (): void => {
    if (items.length > 0) take(items)
    items = []
  }
  return {
    add: (item) => {
      items.push(item)
      if (items.length >= MOST) handOver()
    },
    handOver,
  }
}
