import { diag, type SpanContext, trace } from '@opentelemetry/api'
import type { Emitted } from '../catalogue/emitted.ts'
import { emitEvent } from '../event.ts'
import { guard } from '../guard.ts'
import { within } from '../within.ts'
import { summaryAttributes, totals } from './attributes.ts'
import { StepClock } from './clock.ts'
import { StepDurations } from './durations.ts'
import { RunJournal, type RunEvent, SEVERITIES } from './journal.ts'
import { attach, publish } from './observe.ts'
import type { RunPlan } from './plan.ts'
import { emitSample } from './sample.ts'
import { type Phase, RunSpans } from './span.ts'
import type { RunState } from './state.ts'
import { readSeconds, readStep, type TrainingStep } from './step.ts'
import { Timing } from './timing.ts'
import type {
  TrainingCheckpoint,
  TrainingEpoch,
  TrainingRun,
  TrainingSample,
} from './training-run.ts'

/** A run while it goes on. Whatever fails in here stays in here: the loop sees only its own errors. */
export class Run implements TrainingRun {
  readonly id: string
  readonly name: string
  readonly spanContext: SpanContext | undefined
  readonly timed: TrainingRun['timed']
  readonly batches: TrainingRun['batches']
  readonly #journal: RunJournal
  readonly #state: RunState
  readonly #spans: RunSpans
  readonly #clock = new StepClock()
  readonly #durations: StepDurations | undefined
  readonly #firstStep: number
  readonly #started: number = performance.now()
  readonly #misfits = new Set<string>()

  constructor(plan: RunPlan) {
    this.id = plan.id
    this.name = plan.name
    this.#firstStep = plan.firstStep
    this.#journal = new RunJournal(plan, {
      emit: (event) => this.#emit(event),
      idle: () => this.#clock.idle(performance.now()),
    })
    this.#state = this.#journal.state
    this.#spans = new RunSpans(this.#state.attributes)
    const timing = new Timing(this.#state.phases)
    this.timed = timing.timed
    this.batches = timing.batches
    guard('training.start', () => {
      this.#state.context = this.#spans.start(plan.facts, plan.links)
    })
    this.spanContext = trace.getSpanContext(this.#state.context)
    if (!plan.isMeasured) return
    this.#durations = new StepDurations(this.#state.attributes)
    guard('training.publish', () => publish(this.#state))
  }

  readonly step = (facts: TrainingStep): void => {
    if (!this.#state.ended) guard('training.step', () => this.#record(facts))
  }

  readonly epoch = async <T>(
    index: number,
    train: (epoch: TrainingEpoch) => T | Promise<T>,
  ): Promise<T> => {
    const state = this.#state
    const before = guard('training.epoch', () => totals(state))
    const { epoch, context } = state
    state.epoch = index
    try {
      return await this.#phase({
        name: 'training epoch',
        attributes: () => ({ 'training.epoch.index': index }),
        work: (phase) => {
          if (phase) state.context = phase.context
          return train({ index, step: this.step })
        },
        describe: () => (before ? summaryAttributes(state, before) : {}),
      })
    } finally {
      state.epoch = epoch
      state.context = context
    }
  }

  readonly evaluation = <T>(name: string, evaluate: () => T | Promise<T>): Promise<T> =>
    this.#interlude({
      name: `training evaluation ${name}`,
      attributes: () => ({ 'training.evaluation.name': name, ...this.#journal.position() }),
      work: () => evaluate(),
      describe: (result) => this.#journal.evaluated(name, result),
    })

  readonly checkpoint = <T>(
    { step, path }: TrainingCheckpoint,
    write: () => T | Promise<T>,
  ): Promise<T> =>
    this.#interlude({
      name: 'training checkpoint',
      attributes: () => {
        const at = step ?? this.#state.last?.step
        return {
          ...(at !== undefined && { 'training.checkpoint.step': at }),
          ...(path !== undefined && { 'training.checkpoint.path': path }),
          ...this.#journal.position(),
        }
      },
      work: () => write(),
      describe: () => {
        this.#state.checkpoints += 1
        return {}
      },
    })

  readonly sample = (sample: TrainingSample): void => {
    guard('training.sample', () => emitSample(sample, this.#state, this.#journal.position()))
  }

  /** Ends the run. `failed` holds the error of the loop, if there was one. */
  finish(failed?: { readonly error: unknown }): void {
    guard('training.spans', () => this.#spans.end())
    guard('training.durations', () => this.#durations?.flush())
    const summary = guard('training.journal', () => this.#journal.end())
    const end = guard('training.span', () =>
      this.#spans.open('training run end', {
        'training.run.outcome': failed ? 'failed' : 'completed',
        'training.run.duration': (performance.now() - this.#started) / 1000,
      }),
    )
    if (failed) end?.fail(failed.error, summary ?? {})
    else end?.end(summary ?? {})
    this.#state.ended = true
  }

  #record(facts: TrainingStep): void {
    const index = (this.#state.last?.step ?? this.#firstStep - 1) + 1
    const record = readStep(facts, { index, time: Date.now() }, this.#misfit)
    if (facts.seconds) {
      this.#state.phases.addAll(readSeconds(facts.seconds, this.#misfit))
    }
    const seconds = this.#clock.lap(performance.now())
    if (this.#durations) {
      attach()
      if (seconds !== undefined) this.#durations.add(seconds)
    }
    this.#journal.step(record, seconds)
  }

  readonly #misfit = (field: string): void => {
    if (this.#misfits.has(field)) return
    this.#misfits.add(field)
    diag.warn(`llmscope: run.step: ${field} is not a number and is left out; pass a plain number`)
  }

  // the clock stands still: no step is due while a model is evaluated or written
  async #interlude<T>(part: Part<T>): Promise<T> {
    guard('training.clock', () => this.#clock.pause(performance.now()))
    try {
      return await this.#phase(part)
    } finally {
      guard('training.clock', () => this.#clock.resume(performance.now()))
    }
  }

  async #phase<T>({ name, attributes, work, describe }: Part<T>): Promise<T> {
    const phase = guard('training.span', () => this.#spans.open(name, attributes()))
    try {
      const result = await (phase ? within(phase.context, () => work(phase)) : work())
      const outcome = guard('training.result', () => describe(result))
      guard('training.span', () => phase?.end(outcome ?? {}))
      return result
    } catch (error) {
      guard('training.span', () => phase?.fail(error, {}))
      throw error
    }
  }

  #emit({ name, attributes, time }: RunEvent): void {
    emitEvent({
      name,
      severityNumber: SEVERITIES[name],
      attributes,
      context: this.#state.context,
      ...(time !== undefined && { timestamp: time }),
    })
  }
}

/** Work within a span of the run, and what its result says about the span. */
interface Part<T> {
  readonly name: string
  readonly attributes: () => Emitted
  readonly work: (phase?: Phase) => T | Promise<T>
  readonly describe: (result: T) => Emitted
}
