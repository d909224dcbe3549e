import {
  type Attributes,
  context,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import type { Adapter, Endpoint, Method } from './adapter.ts'
import { agentRun } from '../operations/agent-run.ts'
import { measureAgentUse, workerIn } from '../operations/agent-usage.ts'
import type { Attempt } from '../attempts/attempt.ts'
import { Attempts } from '../attempts/attempts.ts'
import { type Facts, factsIn } from '../context/call-context.ts'
import {
  addEnding,
  addResponse,
  callAttributes,
  parameterAttributes,
  serverAttributes,
} from '../attributes.ts'
import type { Emitted } from '../catalogue/emitted.ts'
import { isCaptured, onEvents, onSpans, statusMessage } from '../content.ts'
import { ChunkTimes } from './chunk-times.ts'
import * as details from './details.ts'
import { failure, type Failure } from './errors.ts'
import type { GenAiRequest, GenAiResponse } from './genai.ts'
import { guard } from '../guard.ts'
import type { HeaderDialect } from '../attempts/header-dialects.ts'
import { hintToKeep } from './keep.ts'
import { measureCall, measureGaps } from './measurements.ts'
import { begin, forget } from './open-calls.ts'
import { kindOf, type OperationKind } from './operation-kinds.ts'
import { type Bill, billOf } from '../prices/bill.ts'
import { othersSpan } from './other-instrumentation.ts'
import { towardsProvider } from '../context/propagation.ts'
import { remember } from './recent-responses.ts'
import { type Series, seriesOf } from './series.ts'
import { noteReached, type Server, serverFor, serverOf } from './server.ts'
import { tracerFor } from '../native/provider.ts'
import type { StreamOutcome } from './stream.ts'
import { wellFormed } from './well-formed.ts'

/** One call's telemetry, from the request to the one `end` or `fail` that counts. */
export class Recorder {
  readonly span: Span
  readonly context: Context
  waitingSince: number | undefined
  readonly #protocol: string
  readonly #isLocal: boolean
  readonly #method: Method
  readonly #facts: Facts | undefined
  readonly #kind: OperationKind
  readonly #request: GenAiRequest
  readonly #self: unknown
  #server: Server
  readonly #start: number
  /** Told when the call starts. */
  readonly #attributes: Attributes
  /** Told when it ends. */
  readonly #told: Emitted
  readonly #requestContent: details.Content
  readonly #keepsContent: boolean
  readonly #times: ChunkTimes
  readonly #attempts: Attempts
  #folded: unknown
  /** The agent that makes the call. */
  #worker: Attributes | undefined
  #done = false

  /** Without a span of its own where `isTraced`: somebody else's tells of this call. */
  constructor(
    adapter: Adapter,
    method: Method,
    self: unknown,
    [input, options]: readonly unknown[],
    isTraced: boolean = false,
  ) {
    this.#protocol = adapter.protocol ?? adapter.provider
    this.#isLocal = adapter.isLocal ?? false
    this.#method = method
    this.#kind = kindOf(method.operation)
    this.#request = guard('request', () => method.request(input, options)) ?? { model: undefined }
    this.#self = self
    this.#server = serverFor(adapter, self, input)
    const active = context.active()
    this.#facts = factsIn(active)
    const { model } = this.#request
    const own = callAttributes(method.operation, this.#server, model)
    this.#attributes = this.#facts ? { ...this.#facts.attributes, ...own } : own
    this.#told = parameterAttributes(this.#protocol, this.#request)
    this.#attempts = new Attempts(this.#server.provider, model)
    this.span = isTraced
      ? othersSpan(active)
      : this.#startSpan(tracerFor(adapter.native, self), active)
    const inner = isTraced ? active : trace.setSpan(active, this.span)
    this.context = this.#isLocal ? inner : towardsProvider(inner, this)
    this.#keepsContent = isCaptured() && (this.span.isRecording() || onEvents())
    this.#requestContent = this.#keepsContent ? details.requestContent(this.#request) : []
    const agent = agentRun(active)
    if (agent && this.#kind.isInference) {
      agent.inferenceCalls += 1
      this.#worker = workerIn(active, agent)
    }
    this.#start = performance.now()
    this.#times = new ChunkTimes(this.#start)
    begin(this)
  }

  #startSpan(tracer: Tracer, active: Context): Span {
    const { operation } = this.#method
    const { model } = this.#request
    const name = model === undefined ? operation : `${operation} ${model}`
    const kind = this.#isLocal ? SpanKind.INTERNAL : SpanKind.CLIENT
    return tracer.startSpan(name, { kind, attributes: this.#attributes }, active)
  }

  /** The client sends a request, and tells where to. */
  reach(endpoint: Endpoint): void {
    const server = serverOf(endpoint, this.#protocol)
    if (server === this.#server) return
    this.#server = server
    noteReached(this.#self, endpoint)
    this.span.setAttributes(Object.assign(this.#attributes, serverAttributes(server)))
  }

  /** The client makes one HTTP request: `resend` counts from 0, where it is known. */
  attempt(dialect: HeaderDialect, resend?: number): Attempt {
    return this.#attempts.begin(dialect, resend)
  }

  /** From now on the call waits for the application. */
  wait(): void {
    this.waitingSince = performance.now()
  }

  chunk(chunk: unknown): void {
    if (this.#done) return
    this.waitingSince = this.#times.note()
    if (this.#times.areMany) this.#recordGaps(this.#read(this.#folded))
    this.note(chunk)
  }

  /** As `chunk`, of what only tells of the answer. */
  note(chunk: unknown): void {
    if (!this.#done) this.#folded = this.#method.fold?.(this.#folded, chunk, this.#keepsContent)
  }

  /** The call is over. `response` is what it returned, or nothing where the chunks told. */
  end(response: unknown = this.#folded, outcome?: StreamOutcome): void {
    this.#finish(response, undefined, outcome)
  }

  fail(error: unknown): void {
    this.#finish(this.#folded, error ?? new Error('rejected without a reason'))
  }

  #finish(value: unknown, error?: unknown, outcome?: StreamOutcome): void {
    if (this.#done) return
    this.#done = true
    guard('open calls', () => forget(this))
    guard('call end', () => this.#tell(value, error, outcome))
    guard('span end', () => this.span.end())
  }

  // every part is guarded alone: one that fails costs itself
  #tell(value: unknown, error?: unknown, outcome?: StreamOutcome): void {
    const duration = (performance.now() - this.#start) / 1000
    const response = guard('response', () => this.#read(value)) ?? {}
    const cause = error ?? response.error
    const failed = cause === undefined ? undefined : failure(cause, this.#request.isCancelled)
    const bill = guard('cost', () =>
      this.#kind.isBilled
        ? billOf(this.#server.provider, this.#request, response, failed !== undefined)
        : undefined,
    )
    const ending = outcome ?? (response.isCancelled ? 'cancelled' : undefined)
    guard('attributes', () => this.#describe(response, bill, failed, ending))
    guard('keep', () => hintToKeep(this.span, { failed, duration, cost: bill?.cost?.amount }))
    guard('attempts', () => this.#attempts.count(failed))
    guard('metrics', () => {
      const series = this.#seriesOf(response)
      const spanContext = this.span.spanContext()
      remember(response.id, { spanContext, attributes: series.attributes, facts: this.#facts })
      this.#recordGaps(response)
      measureCall({
        kind: this.#kind,
        series,
        duration,
        timeToFirstChunk: this.#times.toFirst,
        usage: response.usage,
        bill,
        failure: failed,
      })
      if (!this.#worker) return
      measureAgentUse(this.#worker, response.usage, bill?.cost?.amount, this.#facts?.dimensions)
    })
  }

  #recordGaps(response: GenAiResponse): void {
    const gaps = this.#times.takeGaps()
    if (gaps.length > 0) measureGaps(this.#seriesOf(response), gaps)
  }

  #read(value: unknown): GenAiResponse {
    return value === undefined ? {} : wellFormed(this.#method.response(value))
  }

  #seriesOf({ model }: GenAiResponse): Series {
    const { operation } = this.#method
    const { dimensions } = this.#facts ?? {}
    return seriesOf(operation, this.#server, this.#request.model, model, dimensions)
  }

  #describe(
    response: GenAiResponse,
    bill: Bill | undefined,
    failed: Failure | undefined,
    outcome?: StreamOutcome,
  ): void {
    const withEvent = onEvents() && this.#kind.isInference
    if (!withEvent && !this.span.isRecording()) return
    const attributes = this.#told
    addResponse(attributes, this.#protocol, response, bill?.cost)
    this.#attempts.tell(attributes)
    const timeToFirstChunk = this.#times.toFirst
    const tokensPerSecond = this.#isLocal ? this.#times.rateOf(response.usage?.output) : undefined
    addEnding(attributes, { timeToFirstChunk, tokensPerSecond, outcome, failed })
    this.span.setAttributes(attributes)
    guard('attempts', () => this.#attempts.describe(this.span, failed))
    if (failed) this.span.setStatus({ code: SpanStatusCode.ERROR, message: statusMessage(failed) })
    if (!this.#keepsContent) return
    const said = details.responseContent(response)
    const content = details.sealContent([...this.#requestContent, ...said])
    if (onSpans()) guard('content', () => details.describeContent(this.span, content))
    if (withEvent) {
      const all = { ...this.#attributes, ...attributes }
      guard('event', () => details.emitDetails(all, content, this.context))
    }
  }
}
