import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBackOff } from './back-off.ts'
import type { Answer, Message, Question } from './messages.ts'

const CHILD = fileURLToPath(new URL(`./child${extname(import.meta.url)}`, import.meta.url))
const GRACE_MS = 5000
const RELEASED = 'the driver is released, until SIGUSR1 comes again'

interface Asked {
  readonly answer: Promise<Answer>
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/**
 * The process that calls the driver: started when it is asked, ended when the driver leaves a call
 * unanswered for longer than the patience, and never a second one beside one that does not end.
 */
export class DriverProcess {
  /** What was asked of the driver last. */
  call = 'its start'
  readonly #root: string
  readonly #patienceMs: number
  readonly #log: (line: string) => void
  readonly #backOff = createBackOff()
  readonly #asked = new Map<string, Asked>()
  readonly #noted = new Set<string>()
  #child: ChildProcess | undefined
  #calledAt = 0
  #watchdog: NodeJS.Timeout | undefined
  #ending: 'no' | 'by itself' | 'stalled' | 'released' = 'no'
  #closed = false
  #released = false

  constructor(root: string, patienceMs: number, log: (line: string) => void) {
    this.#root = root
    this.#patienceMs = patienceMs
    this.#log = log
  }

  /** What the driver has not answered for a third of the patience; undefined where it answers. */
  get stalledCall(): string | undefined {
    const waits = this.#asked.size > 0 && this.#child !== undefined
    return waits && performance.now() - this.#calledAt > this.#patienceMs / 3
      ? this.call
      : undefined
  }

  /** One reading of the collector. The same one for all who ask while it goes on. */
  async ask(collector: string): Promise<Answer> {
    const earlier = this.#asked.get(collector)
    if (earlier) return earlier.answer
    const child = this.#running()
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#asked.set(collector, { answer: promise, resolve, reject })
    // Whoever asked may have gone by the time it fails.
    promise.catch(() => undefined)
    child.ref()
    child.channel?.ref()
    this.#expect()
    child.send({ collector } satisfies Question, () => undefined)
    return promise
  }

  release(): void {
    this.#released = true
    if (this.#child) this.#end(this.#child, 'released')
  }

  resume(): void {
    this.#released = false
    this.#backOff.succeeded()
  }

  end(): void {
    this.#closed = true
    this.#rest()
    const child = this.#child
    if (!child) return
    child.kill()
    if (child.connected) child.disconnect()
  }

  #running(): ChildProcess {
    if (this.#closed) throw new Error('the agent ends')
    const child = this.#child
    if (child && this.#ending !== 'no')
      throw new Error(
        `process ${child.pid}, which waits for the driver (${this.call}), has not ended yet`,
      )
    if (this.#released) throw new Error(RELEASED)
    if (child) return child
    this.#backOff.check()
    return this.#start()
  }

  #start(): ChildProcess {
    const { NODE_OPTIONS: _preloads, ...env } = process.env
    const child = fork(CHILD, [this.#root], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.call = 'its start'
    this.#ending = 'no'
    child.on('message', (message: Message) => this.#hear(message))
    child.once('exit', (status, signal) => this.#ended(status, signal))
    child.once('error', (error) => this.#log(`the process for the driver: ${error.message}`))
    this.#child = child
    return child
  }

  #hear(message: Message): void {
    if ('doing' in message) {
      this.call = message.doing
      this.#expect()
    } else if ('note' in message) {
      if (!this.#noted.has(message.note)) this.#log(message.note)
      this.#noted.add(message.note)
    } else {
      const asked = this.#asked.get(message.collector)
      this.#asked.delete(message.collector)
      if (this.#asked.size === 0) this.#rest()
      this.#learn(message)
      asked?.resolve(message)
    }
  }

  /** Nothing is asked: whoever runs the agent within an application may end. */
  #rest(): void {
    clearTimeout(this.#watchdog)
    this.#child?.unref()
    this.#child?.channel?.unref()
  }

  #learn({ failed, absent }: Answer): void {
    if (failed !== undefined) this.#backOff.failed(failed)
    else if (absent !== undefined) this.#backOff.absent(absent)
    else return this.#backOff.succeeded()
    this.#ending = 'by itself'
    this.call = 'its end'
    this.#expect()
  }

  /** From now on the driver has the patience's time. */
  #expect(): void {
    this.#calledAt = performance.now()
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(() => {
      if (this.#child) this.#end(this.#child, 'stalled')
    }, this.#patienceMs).unref()
  }

  // SIGKILL comes last: a GPU was seen to hang after a process that sampled it was killed by it.
  #end(child: ChildProcess, why: 'stalled' | 'released'): void {
    this.#ending = why
    if (why === 'stalled')
      this.#log(
        `the driver has not answered for ${this.#patienceMs / 1000} s (${this.call}): its process ${child.pid} is ended`,
      )
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref()
  }

  #ended(status: number | null, signal: NodeJS.Signals | null): void {
    clearTimeout(this.#watchdog)
    this.#child = undefined
    const how = signal === null ? `with status ${status}` : `by ${signal}`
    const ending = this.#ending
    this.#ending = 'no'
    const reason = {
      no: `the process for the driver ended ${how} (${this.call})`,
      'by itself': 'the process for the driver has ended',
      stalled: `the driver did not answer (${this.call})`,
      released: RELEASED,
    }[ending]
    if (ending === 'stalled') this.#backOff.stalled(reason)
    else if (ending === 'no' && this.#asked.size > 0) this.#backOff.failed(reason)
    for (const { reject } of this.#asked.values()) reject(new Error(reason))
    this.#asked.clear()
  }
}
