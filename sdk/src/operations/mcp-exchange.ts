import { type Attributes, context, type Context, propagation, type Span } from '@opentelemetry/api'
import { failureAttributes } from '../attributes.ts'
import { failure } from '../calls/errors.ts'
import type { PlainOutcome } from '../calls/promise.ts'
import { factsIn } from '../context/call-context.ts'
import { ownWork } from '../context/propagation.ts'
import { guard } from '../guard.ts'
import { measure } from '../measure.ts'
import type { Metric } from '../metrics.ts'
import { connectionAttributes, defined, responseStatus } from './mcp-attributes.ts'
import type { Carrier, McpFailure, McpReader, McpRequest } from './mcp-request.ts'
import { pick, toolAttributes } from './operation-attributes.ts'
import type { ToolOptions } from './operations.ts'
import type { Running } from './run-operation.ts'

/** The tool that a request calls. */
export const toolOf = (request: McpRequest): ToolOptions => ({
  name: request.tool ?? '',
  arguments: request.arguments,
})

/** One request, on either side, from its start to how it came out. */
export class Exchange implements PlainOutcome {
  readonly context: Context
  readonly #request: McpRequest
  readonly #reader: McpReader
  readonly #metric: Metric
  readonly #attributes: Attributes
  readonly #running: Running | undefined
  readonly #span: Span
  readonly #start: number = performance.now()

  constructor(
    request: McpRequest,
    reader: McpReader,
    metric: Metric,
    attributes: Attributes,
    of: Running | Span,
  ) {
    this.#request = request
    this.#reader = reader
    this.#metric = metric
    this.#attributes = attributes
    this.#running = 'span' in of ? of : undefined
    this.#span = 'span' in of ? of.span : of
    this.context = this.#running?.context ?? ownWork(context.active())
  }

  /** The trace context that the request takes along. */
  carrier(): Carrier {
    const carrier: Record<string, string> = {}
    guard('mcp propagation', () => propagation.inject(this.context, carrier))
    return carrier
  }

  settle(result: unknown): void {
    const learned = defined(connectionAttributes(this.#reader.connection(result)))
    this.#span.setAttributes(learned)
    const refusal = this.#reader.refusal(result)
    if (refusal) return this.#finish(learned, refusal)
    this.#measure(learned)
    this.#running?.end(result)
  }

  fail(error: unknown): void {
    this.#finish({}, this.#reader.failure(error))
  }

  #finish(learned: Attributes, { isAnswer, ...failed }: McpFailure): void {
    const status = isAnswer ? responseStatus(failed.code) : {}
    this.#span.setAttributes(status)
    this.#measure({ ...learned, ...status, ...failureAttributes(failure(failed)) })
    this.#running?.fail(failed)
  }

  #measure(outcome: Attributes): void {
    const seconds = (performance.now() - this.#start) / 1000
    const tool = this.#request.tool === undefined ? {} : toolAttributes(toolOf(this.#request))
    const all = { ...tool, ...this.#attributes, ...outcome }
    measure(this.#metric, seconds, {
      ...pick(all, this.#metric.attributes),
      ...factsIn(this.context)?.dimensions,
    })
  }
}
