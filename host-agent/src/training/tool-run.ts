import type { Hyperparameters, RunReference, StepRecord } from '@llmscope/sdk/training-parts'
import type { Outlet } from './outlet.ts'
import { Telling } from './telling.ts'
import { runtimeOf, type Words, wordsOf } from './words.ts'

/** What a tool says that a run is. All times are milliseconds since 1970. */
export interface RunFacts {
  /** Unique among all runs, and the same when the run goes on. */
  readonly id: string
  /** What it is an attempt at: shared by the runs that are to be compared. */
  readonly name: string
  readonly startedAt: number
  /** The run that this one is a part of. */
  readonly parent?: RunReference
  /** Whether the tool tells when the run ends. */
  readonly tellsEnd: boolean
  /** Index of the last step before, where the run goes on. */
  readonly resumedAt?: number
}

/** What a tool logged together. */
export interface Logged {
  readonly step: number | undefined
  readonly time: number
  /** False where the time is a guess: then it says nothing of how long steps took. */
  readonly isTimed?: boolean
  readonly values: Readonly<Record<string, number>>
}

interface Pending extends Omit<Logged, 'values'> {
  readonly values: Record<string, number>
  readonly since: number
}

// hyperparameters come after the start of a run, one by one
const LATEST_START_MS = 3000
const SETTLED_MS = 300
const MOST_VALUES = 512
const MOST_SETTINGS = 1024

/**
 * A run that a tool tells of. What is logged at one step may come in parts: they are put together until the
 * next step comes, or nothing for half a second.
 */
export class ToolRun {
  readonly facts: RunFacts
  ended = false
  /** When something was last heard of it, by the monotonic clock. */
  heardAt: number = performance.now()
  readonly #outlet: Outlet
  readonly #openedAt = performance.now()
  readonly #settings = new Map<string, Hyperparameters[string]>()
  #telling: Telling | undefined
  #pending: Pending | undefined
  #lastTime: number | undefined
  #tokensSeen: number | undefined
  #hasPartsOfEpochs = false

  constructor(facts: RunFacts, outlet: Outlet) {
    this.facts = facts
    this.#outlet = outlet
  }

  /** Index of the last step that was told. */
  get lastStep(): number | undefined {
    return this.#pending?.step ?? this.#telling?.journal.state.last?.step ?? this.facts.resumedAt
  }

  /** What the run is set to. What comes after the first step is on the metric of the run only. */
  settings(settings: Readonly<Record<string, Hyperparameters[string]>>): void {
    this.#heard()
    for (const [key, value] of Object.entries(settings)) {
      if (this.#settings.size < MOST_SETTINGS || this.#settings.has(key)) {
        this.#settings.set(key, value)
      }
    }
    if (this.#telling) this.#telling.describe(this.#hyperparameters)
  }

  log({ step, time, isTimed = true, values }: Logged): void {
    if (this.ended) return
    this.#heard()
    const pending = this.#pending
    const isSame = pending !== undefined && step !== undefined && step === pending.step
    const isTold = isSame && Object.keys(values).some((name) => name in pending.values)
    if (!isSame || isTold || Object.keys(pending.values).length > MOST_VALUES) {
      this.#commit()
      this.#pending = { step, time, isTimed, values: { ...values }, since: performance.now() }
    } else Object.assign(pending.values, values)
  }

  checkpoint({ path, step, time }: { path: string; step?: number; time: number }): void {
    if (this.ended) return
    this.#heard()
    this.#commit()
    this.#begun().checkpoint(path, step, time)
  }

  end(outcome: 'completed' | 'failed', time: number): void {
    if (this.ended) return
    this.#commit()
    this.#begun().end(outcome, time)
    this.ended = true
  }

  /** Forgets a run of whose end nobody will tell. */
  leave(): void {
    if (this.ended) return
    this.#commit()
    this.#telling?.leave()
    this.ended = true
  }

  /** Tells what has waited long enough. */
  settle(now: number = performance.now()): void {
    if (this.#pending && now - this.#pending.since > SETTLED_MS) this.#commit()
    if (now - this.#openedAt > LATEST_START_MS) this.#begun()
  }

  /** Tells at once what waits. */
  flush(): void {
    this.#commit()
  }

  /** Tells what is counted. */
  snapshot(): void {
    if (!this.ended) this.#telling?.snapshot(Date.now())
  }

  get #hyperparameters(): Hyperparameters {
    return Object.fromEntries(this.#settings)
  }

  #heard(): void {
    this.heardAt = performance.now()
  }

  #begun(): Telling {
    const { id, name, startedAt, parent, tellsEnd, resumedAt } = this.facts
    return (this.#telling ??= new Telling(
      {
        id,
        name,
        ...(parent && { parent }),
        ...(resumedAt !== undefined && { resume: { step: resumedAt } }),
        hyperparameters: this.#hyperparameters,
      },
      { startedAt, tellsEnd },
      this.#outlet,
    ))
  }

  #commit(): void {
    const pending = this.#pending
    if (!pending) return
    this.#pending = undefined
    const telling = this.#begun()
    const words = wordsOf(pending.values)
    if (words.epoch !== undefined) telling.enter(this.#epochOf(words.epoch), pending.time)
    this.#step(telling, pending, words)
    for (const [name, result] of words.evaluations) {
      const start = pending.time - runtimeOf(result) * 1000
      telling.evaluated(name, result, { start, end: pending.time })
    }
  }

  #step(telling: Telling, { step, time, isTimed = true }: Pending, words: Words): void {
    const last = telling.journal.state.last?.step ?? this.facts.resumedAt
    const index = step ?? (last ?? -1) + 1
    const record = this.#recordOf(index, time, words)
    if (!record) return
    if (last !== undefined && index <= last) {
      telling.amend(record)
      return
    }
    const seconds = this.#lastTime === undefined ? undefined : (time - this.#lastTime) / 1000
    this.#lastTime = isTimed ? time : undefined
    const steps = last === undefined ? Math.max(index, 1) : index - last
    telling.step(record, seconds !== undefined && seconds >= 0 ? seconds : undefined, steps)
  }

  /** Undefined where nothing is of a step: an evaluation is logged at the step that is its last. */
  #recordOf(step: number, time: number, words: Words): StepRecord | undefined {
    const { loss, learningRate, gradientNorm, samples, memory, metrics, tokensSeen } = words
    const seen = tokensSeen === undefined ? undefined : tokensSeen - (this.#tokensSeen ?? 0)
    this.#tokensSeen = tokensSeen ?? this.#tokensSeen
    const tokens = words.tokens ?? seen
    const told = [loss, learningRate, gradientNorm, samples, memory, tokens]
    if (told.every((value) => value === undefined) && Object.keys(metrics).length === 0) {
      return undefined
    }
    return { step, time, loss, learningRate, gradientNorm, tokens, samples, memory, metrics }
  }

  // parts of epochs count from 0 to 1 in the first one; whole numbers alone are indexes
  #epochOf(epoch: number): number {
    this.#hasPartsOfEpochs ||= !Number.isInteger(epoch)
    return this.#hasPartsOfEpochs ? Math.max(Math.ceil(epoch) - 1, 0) : Math.max(epoch, 0)
  }
}
