import {
  type Attributes,
  type AttributeValue,
  INVALID_SPAN_CONTEXT,
  type Link,
  type Span,
  type SpanContext,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
} from '@opentelemetry/api'
import { capture, parsed } from '../operations/agent-operations.ts'
import { names } from '../attributes.ts'
import { guard } from '../guard.ts'
import { nativeContent } from './attributes.ts'
import type { Running } from '../operations/run-operation.ts'

/** The span of an operation of ours, in the hands of a client that takes it for one of its own. */
export class NativeSpan implements Span {
  readonly #running: Running
  #failed = false
  #errorType = 'unknown'

  constructor(running: Running) {
    this.#running = running
  }

  spanContext(): SpanContext {
    return this.#ours((span) => span.spanContext()) ?? INVALID_SPAN_CONTEXT
  }

  isRecording(): boolean {
    return this.#ours((span) => span.isRecording()) ?? false
  }

  setAttribute(name: string, value: AttributeValue): this {
    this.#ours(() => this.#set(name, value))
    return this
  }

  setAttributes(attributes: Attributes): this {
    this.#ours(() => {
      for (const [name, value] of Object.entries(attributes)) {
        if (value !== undefined) this.#set(name, value)
      }
    })
    return this
  }

  addEvent(name: string, attributes?: Attributes | TimeInput, startTime?: TimeInput): this {
    this.#ours((span) => span.addEvent(name, attributes, startTime))
    return this
  }

  addLink(link: Link): this {
    this.#ours((span) => span.addLink(link))
    return this
  }

  addLinks(links: Link[]): this {
    this.#ours((span) => span.addLinks(links))
    return this
  }

  /** An error is told at the end; a good end needs no status. */
  setStatus({ code }: SpanStatus): this {
    this.#failed = code === SpanStatusCode.ERROR
    return this
  }

  /** The name is ours. */
  updateName(): this {
    return this
  }

  end(): void {
    this.#ours(() => {
      if (this.#failed) this.#running.fail({ type: this.#errorType })
      else this.#running.end()
    })
  }

  /** What the operation says is ours; the client alone knows what failed, and what a tool was given. */
  #set(name: string, value: AttributeValue): void {
    const place = nativeContent(name)
    if (name === names.errorType) this.#errorType = String(value)
    else if (place) capture(this.#running.span, place, () => parsed(value))
  }

  #ours<T>(work: (span: Span) => T): T | undefined {
    return guard('native span', () => work(this.#running.span))
  }

  /** What an error says can quote content: its type is told, and no more. */
  recordException(): void {}
}
