import { context, type Context } from '@opentelemetry/api'
import { isCaptured } from '../content.ts'
import { isObserved } from '../started.ts'
import type { Adapter } from './adapter.ts'
import { Recorder } from './recorder.ts'
import type { Session, Sign } from './session.ts'

/** How many messages are kept for the content of an answer that nobody has asked for yet. */
const MOST_SAID = 1000

/** A connection that broke while an answer was under way. */
class ConnectionClosedError extends Error {
  override readonly name = 'ConnectionClosedError'
}

/** The calls that are under way on one session. */
export class SessionCalls {
  /** What is active where the session was opened: what comes unasked belongs there. */
  readonly context: Context = context.active()
  readonly #adapter: Adapter
  readonly #session: Session
  readonly #self: unknown
  #settings: object
  #said: unknown[] = []
  /** What is asked for and has not begun: all that is asked until then has one answer. */
  #asked: Recorder | undefined
  #answer: Recorder | undefined

  /** `self` is what an adapter tells the endpoint by, `opening` what the session is opened with. */
  constructor(adapter: Adapter, session: Session, self: unknown, opening: object) {
    this.#adapter = adapter
    this.#session = session
    this.#self = self
    this.#settings = opening
  }

  /** The application sends a message, or the client has got one. */
  note(message: unknown, sign: Sign): void {
    if (sign.settings) this.#settings = { ...this.#settings, ...sign.settings }
    if (sign.isSaid && isCaptured() && this.#said.length < MOST_SAID) this.#said.push(message)
    if (sign.closes) this.#close(sign.error)
    else if (sign.asks) this.#ask()
    else if (sign.begins || sign.ends) this.#hear(message, sign)
    else this.#answer?.note(message)
  }

  #ask(): void {
    if (!this.#asked && isObserved()) this.#asked = this.#begin()
  }

  #hear(message: unknown, { begins, isPart, ends }: Sign): void {
    this.#answer ??= this.#take()
    if (!this.#answer && begins && isObserved())
      this.#answer = context.with(this.context, () => this.#begin())
    if (isPart) this.#answer?.chunk(message)
    else this.#answer?.note(message)
    if (!ends) return
    this.#answer?.end()
    this.#answer = undefined
  }

  #take(): Recorder | undefined {
    const asked = this.#asked
    this.#asked = undefined
    return asked
  }

  #begin(): Recorder {
    const asked = { settings: this.#settings, said: this.#said }
    this.#said = []
    const answer = new Recorder(this.#adapter, this.#session.answer, this.#self, [asked])
    // an answer that never comes ends when nothing has been heard of it for long
    answer.wait()
    return answer
  }

  #close(error: unknown): void {
    for (const answer of [this.#take(), this.#answer]) {
      if (error === undefined) answer?.end(undefined, 'cancelled')
      else answer?.fail(error)
    }
    this.#answer = undefined
  }
}

/** What a connection that closed while it was needed is told as; `reason` is the other side's. */
export function closedError(reason: string | undefined): Error {
  return new ConnectionClosedError(reason)
}
