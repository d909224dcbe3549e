import type { Attributes } from '@opentelemetry/api'
import { metricAttributes } from './attributes.ts'
import type { Operation } from './genai.ts'
import type { Server } from './server.ts'

/** The calls that share their metric attributes. */
export interface Series {
  /** Made once for all of them: whoever gets them must not change them. */
  readonly attributes: Attributes
  /** Tokens since the process began, by counter. */
  readonly totals: number[]
}

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 2000

type Level<Key, Next> = Map<Key, Next>
type Models = Level<string | undefined, Level<string | undefined, Series>>

// levels of maps, since one key of all four would have to be put together and hashed for every call
const known: Level<Operation, Level<Server, Models>> = new Map()
const created: Series[] = []
const overflow: Series = { attributes: { 'otel.metric.overflow': true }, totals: [] }

/** The series of a call, as far as its response has come. */
export function seriesOf(
  operation: Operation,
  server: Server,
  requestModel: string | undefined,
  responseModel: string | undefined,
): Series {
  const series = known.get(operation)?.get(server)?.get(requestModel)?.get(responseModel)
  if (series) return series
  if (created.length >= MOST) return overflow
  const attributes = metricAttributes(operation, server, requestModel, responseModel)
  const added: Series = { attributes, totals: [] }
  created.push(added)
  next(next(next(known, operation), server), requestModel).set(responseModel, added)
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

/** Every series that there has been a call of. */
export function allSeries(): readonly Series[] {
  return [...created, overflow]
}
