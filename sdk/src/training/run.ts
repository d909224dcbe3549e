import { diag } from '@opentelemetry/api'
import type { Emitted } from '../catalogue/emitted.ts'
import { emitEvent, Severity } from '../event.ts'
import { guard } from '../guard.ts'
import { measure } from '../measure.ts'
import { within } from '../within.ts'
import { metricsOf, stepAttributes, summaryAttributes, totals } from './attributes.ts'
import { StepClock } from './clock.ts'
import type { RunPlan } from './config.ts'
import { type AnomalyType, type Evidence, Health } from './health/index.ts'
import { stepDuration } from './metrics.ts'
import { attach, publish } from './observe.ts'
import { StepSeries } from './series.ts'
import { type Phase, RunSpans } from './span.ts'
import { RunState } from './state.ts'
import { readStep, type StepRecord, type TrainingStep } from './step.ts'
import type { TrainingCheckpoint, TrainingEpoch, TrainingRun } from './training-run.ts'

const MOST_EVALUATION_METRICS = 256

/** A run while it goes on. Whatever fails in here stays in here: the loop sees only its own errors. */
export class Run implements TrainingRun {
  readonly id: string
  readonly name: string
  readonly #state: RunState
  readonly #spans: RunSpans
  readonly #series: StepSeries
  readonly #clock = new StepClock()
  readonly #health: Health
  readonly #started: number = performance.now()
  readonly #before: ReturnType<typeof totals>
  readonly #misfits = new Set<keyof TrainingStep>()

  constructor({ id, name, facts, stepEvents, health }: RunPlan) {
    this.id = id
    this.name = name
    this.#state = new RunState(id, name)
    this.#before = totals(this.#state)
    this.#spans = new RunSpans(this.#state.attributes)
    this.#series = new StepSeries(stepEvents, (record) => this.#emitStep(record))
    this.#health = new Health(this.#clock, health, (type, evidence) => this.#report(type, evidence))
    for (const type of this.#health.types) {
      // a counter that starts at 0 lets an alert see its first increase
      this.#state.anomalies.set(type, {
        value: 0,
        attributes: { ...this.#state.attributes, 'training.anomaly.type': type },
      })
    }
    guard('training.start', () => {
      this.#state.context = this.#spans.start(facts)
    })
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
      attributes: () => ({ 'training.evaluation.name': name, ...this.#position() }),
      work: () => evaluate(),
      describe: (result) => this.#evaluated(name, result),
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
          ...this.#position(),
        }
      },
      work: () => write(),
      describe: () => {
        this.#state.checkpoints += 1
        return {}
      },
    })

  /** Ends the run. `failed` holds the error of the loop, if there was one. */
  finish(failed?: { readonly error: unknown }): void {
    guard('training.series', () => this.#series.end())
    guard('training.health', () => this.#health.end())
    const end = guard('training.span', () =>
      this.#spans.open('training run end', {
        'training.run.outcome': failed ? 'failed' : 'completed',
        'training.run.duration': (performance.now() - this.#started) / 1000,
      }),
    )
    const summary = guard('training.summary', () => summaryAttributes(this.#state, this.#before))
    if (failed) end?.fail(failed.error, summary ?? {})
    else end?.end(summary ?? {})
    this.#state.ended = true
  }

  #record(facts: TrainingStep): void {
    attach()
    const next = (this.#state.last?.step ?? -1) + 1
    const record = readStep(facts, next, this.#misfit)
    this.#state.advance(record)
    const seconds = this.#clock.lap(performance.now())
    if (seconds !== undefined) measure(stepDuration, seconds, this.#state.attributes)
    this.#series.add(record)
    this.#health.observe(record, seconds)
  }

  readonly #misfit = (field: keyof TrainingStep): void => {
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

  /** Attributes of what is known of a span's place in the run. */
  #position(): Emitted {
    const { last, epoch } = this.#state
    return {
      ...(last && { 'training.step.index': last.step }),
      ...(epoch !== undefined && { 'training.epoch.index': epoch }),
    }
  }

  #evaluated(name: string, result: unknown): Emitted {
    const { attributes: run, evaluations } = this.#state
    const attributes: Emitted = {}
    for (const [metric, value] of metricsOf(result)) {
      attributes[`training.evaluation.result.${metric}`] = value
      const key = JSON.stringify([name, metric])
      const known = evaluations.get(key)
      if (known) known.value = value
      else if (evaluations.size < MOST_EVALUATION_METRICS) {
        const labels = { 'training.evaluation.name': name, 'training.metric.name': metric }
        evaluations.set(key, { value, attributes: { ...run, ...labels } })
      }
    }
    return attributes
  }

  #emitStep(record: StepRecord): void {
    emitEvent({
      name: 'training.step',
      severityNumber: Severity.DEBUG,
      attributes: { ...this.#state.attributes, ...stepAttributes(record) },
      context: this.#state.context,
      timestamp: record.time,
    })
  }

  #report(type: AnomalyType, evidence: Evidence): void {
    const counter = this.#state.anomalies.get(type)
    if (counter) counter.value += 1
    this.#state.anomalyCount += 1
    const details = Object.entries(evidence).map(([key, value]) => [
      `training.anomaly.${key}`,
      value,
    ])
    emitEvent({
      name: 'training.anomaly',
      severityNumber: Severity.WARN,
      attributes: {
        ...this.#state.attributes,
        ...this.#position(),
        'training.anomaly.type': type,
        ...Object.fromEntries(details),
      },
      context: this.#state.context,
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
