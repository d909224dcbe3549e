import { context, type Context, createContextKey } from '@opentelemetry/api'
import type { Method } from './adapter.ts'
import { guard } from '../guard.ts'
import type { Recorder } from './recorder.ts'

const KEY = createContextKey('llmscope local call')

/** A call of a model in this process, which may call other methods of its client. */
export class LocalCall {
  readonly #method: Method
  readonly #heard: (chunk: unknown) => void

  constructor(method: Method, recorder: Recorder) {
    this.#method = method
    this.#heard = (chunk) => guard('stream', () => recorder.chunk(chunk))
  }

  /** What the client's method is to be given, to tell of its chunks. */
  given(args: unknown[]): unknown[] {
    return guard('arguments', () => this.#method.listen?.(args, this.#heard)) ?? args
  }

  /** The same for a method that is called in the course of the call; nothing where that is a call of its own. */
  givenWithin(name: string, self: unknown, args: unknown[]): unknown[] | undefined {
    return this.#method.listenWithin?.(name, self, args, this.#heard)
  }

  /** The context in which the call runs. */
  in(active: Context): Context {
    return this.#method.listenWithin ? active.setValue(KEY, this) : active
  }
}

/** The call in whose course this is. */
export function localCall(): LocalCall | undefined {
  return context.active().getValue(KEY) as LocalCall | undefined
}
