import { context, type Context, createContextKey } from '@opentelemetry/api'
import type { Method } from './adapter.ts'
import { guard } from '../guard.ts'
import type { Recorder } from './recorder.ts'

const KEY = createContextKey('llmscope local call')

export interface Begun {
  readonly args: unknown[]
  readonly context: Context
}

/** A call of a model in this process, which may call other methods of its client. */
export class LocalCall {
  readonly #method: Method
  readonly #heard: (chunk: unknown) => void

  constructor(method: Method, recorder: Recorder) {
    this.#method = method
    this.#heard = (chunk) => guard('stream', () => recorder.chunk(chunk))
  }

  /** In which context the client's method is to run, and with what, so that it tells of its chunks. */
  begin(args: unknown[], active: Context): Begun {
    const method = this.#method
    return {
      args: method.listen?.(args, this.#heard) ?? args,
      context: method.listenWithin ? active.setValue(KEY, this) : active,
    }
  }

  /** What a method is given that is called in the course of the call; nothing where that is a call of its own. */
  givenWithin(name: string, self: unknown, args: unknown[]): unknown[] | undefined {
    return this.#method.listenWithin?.(name, self, args, this.#heard)
  }
}

/** The call in whose course this is. */
export function localCall(): LocalCall | undefined {
  return context.active().getValue(KEY) as LocalCall | undefined
}
