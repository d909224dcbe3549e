import { context, type Context } from '@opentelemetry/api'
import { beginOperation, type Operation, type Running } from '../operations/run-operation.ts'
import { isObserved } from '../started.ts'

interface Run {
  /** What runs inside runs in it: of a run that is no operation that of the one around it. */
  readonly context: Context
  readonly running: Running | undefined
}

/** How many runs may be open: a framework need not tell of the end of one that is broken off. */
const MOST = 10_000

/** What runs in a framework that tells of each run by an id, and by that of the one around it. */
export class Runs {
  readonly #open = new Map<string, Run>()

  /** A run begins; without `describe` it is no operation. */
  begin(id: string, parent: string | undefined, describe?: () => Operation): void {
    if (!isObserved()) return
    const around = this.contextOf(parent) ?? context.active()
    const running = describe && context.with(around, () => beginOperation(describe))
    this.#open.set(id, { context: running?.context ?? around, running })
    if (this.#open.size <= MOST) return
    const [oldest] = this.#open.keys()
    if (oldest !== undefined) this.#take(oldest)?.end(undefined, 'abandoned')
  }

  /** The context of what runs inside of a run. */
  contextOf(id: string | undefined): Context | undefined {
    return id === undefined ? undefined : this.#open.get(id)?.context
  }

  end(id: string, result?: unknown): void {
    this.#take(id)?.end(result)
  }

  fail(id: string, error: unknown): void {
    this.#take(id)?.fail(error)
  }

  #take(id: string): Running | undefined {
    const run = this.#open.get(id)
    this.#open.delete(id)
    return run?.running
  }
}
