import type { Attributes } from '@opentelemetry/api'
import { metricAttributes } from './attributes.ts'
import type { Operation } from './genai.ts'
import { type Semconv, settings } from './options.ts'
import type { Server } from './server.ts'

/** The calls that share their metric attributes. */
export interface Series {
  /** Made once for all of them: whoever gets them must not change them. */
  readonly attributes: Attributes
}

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 2000

type Level<Key, Next> = Map<Key, Next>
type Models = Level<string | undefined, Level<string | undefined, Series>>

// levels of maps, since one key of all five would have to be put together and hashed for every call
const known: Level<Semconv, Level<Operation, Level<Server['key'], Models>>> = new Map()
const overflow: Series = { attributes: { 'otel.metric.overflow': true } }
let size = 0

/** The series of a call, as far as its response has come. */
export function seriesOf(
  operation: Operation,
  server: Server,
  requestModel: string | undefined,
  responseModel: string | undefined,
): Series {
  const { semconv } = settings()
  const servers = known.get(semconv)?.get(operation)
  const series = servers?.get(server.key)?.get(requestModel)?.get(responseModel)
  if (series) return series
  if (size >= MOST) return overflow
  size += 1
  const added = { attributes: metricAttributes(operation, server, requestModel, responseModel) }
  const models = next(next(next(next(known, semconv), operation), server.key), requestModel)
  models.set(responseModel, added)
  return added
}

function next<Key, InnerKey, Inner>(
  level: Level<Key, Map<InnerKey, Inner>>,
  key: Key,
): Map<InnerKey, Inner> {
  const inner = level.get(key) ?? new Map<InnerKey, Inner>()
  level.set(key, inner)
  return inner
}
