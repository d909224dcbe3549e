import { context, type Context } from '@opentelemetry/api'
import { isCaptured } from '../content.ts'
import { isObserved } from '../started.ts'
import type { Adapter } from './adapter.ts'
import { Recorder } from './recorder.ts'
import type { Session, Sign } from './session.ts'

/** How many messages are kept for the content of an answer that nobody has asked for yet. */
const MOST_SAID = 1000

/** The name of answers that have none, since there is but one at a time. */
const ONLY = ''

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
  /** Answers that are asked for and have not begun, in the order in which they were. */
  readonly #asked: Recorder[] = []
  /** Those that have begun, by their names. */
  readonly #answers = new Map<string, Recorder>()

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
    else if (sign.begins || sign.ends || sign.answer !== undefined) this.#hear(message, sign)
    else this.#answers.get(ONLY)?.note(message)
  }

  #ask(): void {
    const isAsked = this.#asked.length > 0 && !this.#session.answersEach
    if (!isAsked && isObserved()) this.#asked.push(this.#begin())
  }

  #hear(message: unknown, { answer: name = ONLY, begins, isPart, ends }: Sign): void {
    let answer = this.#answers.get(name) ?? this.#asked.shift()
    if (!answer && begins && isObserved()) answer = context.with(this.context, () => this.#begin())
    if (!answer) return
    this.#answers.set(name, answer)
    if (isPart) answer.chunk(message)
    else answer.note(message)
    if (!ends) return
    this.#answers.delete(name)
    answer.end()
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
    for (const answer of [...this.#asked.splice(0), ...this.#answers.values()]) {
      if (error === undefined) answer.end(undefined, 'cancelled')
      else answer.fail(error)
    }
    this.#answers.clear()
  }
}

/** What a connection that closed while it was needed is told as; `reason` is the other side's. */
export function closedError(reason: string | undefined): Error {
  return new ConnectionClosedError(reason)
}
