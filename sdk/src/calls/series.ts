import type { Attributes } from '@opentelemetry/api'
import { metricAttributes } from '../attributes.ts'
import { overflowAttributes } from '../context/context-attributes.ts'
import type { Operation } from './genai.ts'
import { type Semconv, settings } from '../options.ts'
import { PathMap } from '../path-map.ts'
import type { Server } from './server.ts'

/** The calls that share their metric attributes. */
export interface Series {
  /** Made once for all of them: whoever gets them must not change them. */
  readonly attributes: Attributes
}

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 2000

const known = new PathMap<
  [Semconv, Operation, Server['key'], string | undefined, string | undefined, object | undefined],
  Series
>()
const overflow: Series = { attributes: overflowAttributes }

/** The series of a call, as far as its response has come. */
export function seriesOf(
  operation: Operation,
  server: Server,
  requestModel: string | undefined,
  responseModel: string | undefined,
  dimensions: Attributes | undefined,
): Series {
  const { semconv } = settings()
  const { key } = server
  const series = known.get(semconv, operation, key, requestModel, responseModel, dimensions)
  if (series) return series
  if (known.values.length >= MOST) return overflow
  const attributes = metricAttributes(operation, server, requestModel, responseModel)
  const added = { attributes: { ...attributes, ...dimensions } }
  return known.add(added, semconv, operation, key, requestModel, responseModel, dimensions)
}
