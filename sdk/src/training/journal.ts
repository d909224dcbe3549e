import type { Emitted } from '../catalogue/emitted.ts'
import { Severity } from '../event.ts'
import { metricsOf, stepAttributes, summaryAttributes, type Totals, totals } from './attributes.ts'
import type { Advice } from './health/early-stopping.ts'
import { EarlyStopping } from './health/early-stopping.ts'
import { type AnomalyType, type Evidence, Health } from './health/index.ts'
import type { RunPlan } from './plan.ts'
import { StepSeries } from './series.ts'
import { RunState } from './state.ts'
import type { StepRecord } from './step.ts'

/** Something that is told of a run at one moment. */
export interface RunEvent {
  readonly name: 'training.step' | 'training.anomaly' | 'training.advice'
  readonly attributes: Emitted
  /** Milliseconds since 1970; now where it is left out. */
  readonly time?: number
}

/** Severity numbers of the events. */
export const SEVERITIES: Readonly<Record<RunEvent['name'], number>> = {
  'training.step': Severity.DEBUG,
  'training.anomaly': Severity.WARN,
  'training.advice': Severity.INFO,
}

/** What a journal does not know by itself. */
export interface JournalHooks {
  readonly emit: (event: RunEvent) => void
  /** Seconds since the last step; 0 while no step is due. */
  readonly idle: () => number
}

/**
 * What is known of a run, and what there is to tell of it, whoever trains: a loop in this process, or
 * a tool that logs. It tells events by itself; spans and metrics are made from it by its owner.
 */
export class RunJournal {
  readonly state: RunState
  readonly #emit: JournalHooks['emit']
  readonly #series: StepSeries
  readonly #health: Health
  readonly #earlyStopping: EarlyStopping
  readonly #before: Totals

  constructor(plan: RunPlan, { emit, idle }: JournalHooks) {
    this.state = new RunState(plan)
    this.#before = totals(this.state)
    this.#emit = emit
    this.#series = new StepSeries(plan.stepEvents, (record) => this.#emitStep(record))
    this.#health = new Health(idle, plan.health, (type, evidence) => this.#report(type, evidence))
    this.#earlyStopping = new EarlyStopping(plan.health, (advice) => this.#advise(advice))
    for (const type of this.#health.types) {
      // a counter that starts at 0 lets an alert see its first increase
      this.state.label(this.state.anomalies, { 'training.anomaly.type': type }, 0)
    }
  }

  /** Takes in a record of `steps` steps that took `seconds` together, if that is known. */
  step(record: StepRecord, seconds: number | undefined, steps = 1): void {
    this.state.advance(record, steps, seconds)
    this.#series.add(record)
    this.#health.observe(record, seconds, steps)
  }

  /** Takes in the numbers of an evaluation's result; returns them as attributes of its span. */
  evaluated(name: string, result: unknown): Emitted {
    const attributes: Emitted = {}
    const { state } = this
    for (const [metric, value] of metricsOf(result)) {
      attributes[`training.evaluation.result.${metric}`] = value
      const labels = { 'training.evaluation.name': name, 'training.metric.name': metric }
      state.label(state.evaluations, labels, value)
      if (metric === 'loss') this.#earlyStopping.observe(name, value, state.last?.step)
    }
    return attributes
  }

  /** Attributes of what is known of a span's place in the run. */
  position(): Emitted {
    const { last, epoch } = this.state
    return {
      ...(last && { 'training.step.index': last.step }),
      ...(epoch !== undefined && { 'training.epoch.index': epoch }),
    }
  }

  /** Ends the run; returns what was done in it. */
  end(): Emitted {
    this.state.ended = true
    this.#health.end()
    this.#series.end()
    return summaryAttributes(this.state, this.#before)
  }

  #emitStep(record: StepRecord): void {
    this.#emit({
      name: 'training.step',
      attributes: { ...this.state.attributes, ...stepAttributes(record) },
      time: record.time,
    })
  }

  #report(type: AnomalyType, evidence: Evidence): void {
    const { state } = this
    const counter = state.anomalies.get(type)
    if (counter) counter.value += 1
    state.anomalyCount += 1
    this.#emit({
      name: 'training.anomaly',
      attributes: {
        ...state.attributes,
        ...this.position(),
        'training.anomaly.type': type,
        ...Object.fromEntries(
          Object.entries(evidence).map(([key, value]) => [`training.anomaly.${key}`, value]),
        ),
      },
    })
  }

  #advise(advice: Advice): void {
    this.#emit({
      name: 'training.advice',
      attributes: { ...this.state.attributes, ...this.position(), ...advice },
    })
  }
}
