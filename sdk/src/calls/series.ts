import type { Attributes } from '@opentelemetry/api'
import { metricAttributes } from '../attributes.ts'
import { overflowAttributes } from '../context/context-attributes.ts'
import type { Operation } from './genai.ts'
import { type Semconv, settings } from '../options.ts'
import type { Server } from './server.ts'

/** The calls that share their metric attributes. */
export interface Series {
  /** Made once for all of them: whoever gets them must not change them. */
  readonly attributes: Attributes
}

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 2000

type Level<Key, Next> = Map<Key, Next>
type Variants = Level<Attributes | undefined, Series>
type Models = Level<string | undefined, Level<string | undefined, Variants>>

// levels of maps, since one key of all six would have to be put together and hashed for every call
const known: Level<Semconv, Level<Operation, Level<Server['key'], Models>>> = new Map()
const overflow: Series = { attributes: overflowAttributes }
let size = 0

/** The series of a call, as far as its response has come. */
export function seriesOf(
  operation: Operation,
  server: Server,
  requestModel: string | undefined,
  responseModel: string | undefined,
  dimensions: Attributes | undefined,
): Series {
  const { semconv } = settings()
  const servers = known.get(semconv)?.get(operation)
  const models = servers?.get(server.key)?.get(requestModel)
  const series = models?.get(responseModel)?.get(dimensions)
  if (series) return series
  if (size >= MOST) return overflow
  size += 1
  const attributes = metricAttributes(operation, server, requestModel, responseModel)
  const added = { attributes: { ...attributes, ...dimensions } }
  const requested = next(next(next(next(known, semconv), operation), server.key), requestModel)
  next(requested, responseModel).set(dimensions, added)
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
