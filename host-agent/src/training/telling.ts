import { trace, ROOT_CONTEXT, type Attributes, type SpanContext } from '@opentelemetry/api'
import {
  type Emitted,
  epoch as epochMetric,
  evaluation as evaluationMetric,
  type Hyperparameters,
  info,
  lastStep,
  type Metric,
  type Observation,
  observations,
  plan,
  RunJournal,
  type RunEvent,
  SEVERITIES,
  type StepRecord,
  stepDuration,
  stepObservations,
  summaryAttributes,
  type Totals,
  totals,
  type TrainingRunConfig,
} from '@llmscope/sdk/training-parts'
import { hrTime } from '../time.ts'
import { Durations } from './durations.ts'
import type { Outlet } from './outlet.ts'
import { newContext, type Period, type RunSpan, spanOf, startContext } from './spans.ts'

// what is older is told by events alone: backends refuse points that are older than half an hour
const OLDEST_POINT_MS = 25 * 60_000
// a tool does not tell of an evaluation or a checkpoint before it is done
const HEALTH = { stallSeconds: 120 }

interface Epoch {
  readonly index: number
  readonly start: number
  readonly before: Totals
}

/** When a run began, and whether its tool tells when it ends: what has no end cannot be late. */
export interface Course {
  readonly startedAt: number
  readonly tellsEnd: boolean
}

/** Makes the spans, points and events of one run: the same as those of a loop that is run by the SDK. */
export class Telling {
  readonly journal: RunJournal
  readonly #config: TrainingRunConfig
  readonly #outlet: Outlet
  readonly #start: SpanContext
  readonly #startedAt: number
  readonly #durations = new Durations()
  readonly #since = Date.now()
  #moment: number
  #told = performance.now()
  #epoch: Epoch | undefined

  constructor(config: TrainingRunConfig, course: Course, outlet: Outlet) {
    const checked = plan({ ...config, health: HEALTH })
    this.#config = config
    this.#outlet = outlet
    this.#startedAt = this.#moment = course.startedAt
    this.journal = new RunJournal(checked, {
      emit: (event) => this.#emit(event),
      idle: () => (course.tellsEnd ? (performance.now() - this.#told) / 1000 : 0),
    })
    const first = startContext(checked.id)
    this.#start = config.resume ? newContext() : first
    this.journal.state.context = trace.setSpanContext(ROOT_CONTEXT, this.#start)
    const at = { start: course.startedAt, end: course.startedAt }
    outlet.span(
      spanOf({
        ...at,
        name: 'training run start',
        attributes: { ...this.#attributes, ...checked.facts },
        context: this.#start,
        links: config.resume ? [first] : [],
      }),
    )
    this.snapshot(Date.now())
  }

  get #attributes(): Emitted {
    return this.journal.state.attributes
  }

  /** Tells from now on what the run is set to. */
  describe(hyperparameters: Hyperparameters): void {
    const { state } = this.journal
    const { info: facts } = plan({ ...this.#config, hyperparameters })
    state.info = Object.freeze({ ...state.attributes, ...facts })
  }

  /** Takes in a record of `steps` steps. */
  step(record: StepRecord, seconds: number | undefined, steps: number): void {
    this.#moment = record.time
    this.#told = performance.now()
    if (seconds !== undefined && steps > 0) this.#durations.add(seconds / steps, steps)
    this.journal.step(record, seconds, steps)
    this.#tell(record)
  }

  /** Takes in what came late of the last step, or of one before it: points, and no step. */
  amend(record: StepRecord): void {
    const { state } = this.journal
    for (const [name, value] of Object.entries(record.metrics ?? {})) {
      state.label(state.named, { 'training.metric.name': name }, value)
    }
    this.#tell(record, lastStep)
  }

  /** The run is in this epoch. */
  enter(index: number, time: number): void {
    if (this.#epoch?.index === index) return
    this.#leave(this.#moment)
    const { state } = this.journal
    state.epoch = index
    this.#epoch = { index, start: this.#epoch ? this.#moment : time, before: totals(state) }
    this.#point({ metric: epochMetric, value: index, attributes: this.#attributes }, time)
  }

  evaluated(name: string, result: Readonly<Record<string, number>>, period: Period): void {
    this.#moment = period.end
    const attributes = { 'training.evaluation.name': name, ...this.journal.position() }
    const outcome = this.journal.evaluated(name, result)
    this.#span(`training evaluation ${name}`, { ...attributes, ...outcome }, period)
    for (const [metric, value] of Object.entries(result)) {
      const labels = { 'training.evaluation.name': name, 'training.metric.name': metric }
      const attributesOf = { ...this.#attributes, ...labels }
      this.#point({ metric: evaluationMetric, value, attributes: attributesOf }, period.end)
    }
  }

  checkpoint(path: string, step: number | undefined, time: number): void {
    const at = step ?? this.journal.state.last?.step
    this.journal.state.checkpoints += 1
    const attributes = {
      ...(at !== undefined && { 'training.checkpoint.step': at }),
      'training.checkpoint.path': path,
      ...this.journal.position(),
    }
    this.#span('training checkpoint', attributes, { start: time, end: time })
  }

  /** Tells what is counted, as it is now. */
  snapshot(now: number): void {
    for (const observation of observations(this.journal.state)) {
      const { metric } = observation
      if (metric.instrument === 'gauge' && metric !== info) continue
      this.#outlet.point({ ...observation, time: now, since: this.#since })
    }
    const { value } = this.#durations
    if (!value) return
    const attributes = this.#attributes
    this.#outlet.point({ metric: stepDuration, value, attributes, time: now, since: this.#since })
  }

  end(outcome: 'completed' | 'failed', time: number): void {
    this.#leave(time)
    const summary = this.journal.end()
    const attributes = {
      'training.run.outcome': outcome,
      'training.run.duration': (time - this.#startedAt) / 1000,
      ...(outcome === 'failed' && { 'error.type': '_OTHER' }),
      ...summary,
    } satisfies Emitted
    const failed = outcome === 'failed'
    this.#span('training run end', attributes, { start: time, end: time }, failed)
    this.snapshot(Date.now())
  }

  /** Stops to watch a run of whose end nobody will tell. */
  leave(): void {
    this.journal.end()
  }

  #leave(time: number): void {
    if (!this.#epoch) return
    const { index, start, before } = this.#epoch
    const summary = summaryAttributes(this.journal.state, before)
    this.#span(
      'training epoch',
      { 'training.epoch.index': index, ...summary },
      { start, end: time },
    )
  }

  #tell(record: StepRecord, except?: Metric): void {
    const { named } = this.journal.state
    for (const observation of stepObservations(record, this.#attributes)) {
      const name = observation.attributes['training.metric.name']
      // the names of a run are bounded
      const isKnown = name === undefined || named.has(name)
      if (isKnown && observation.metric !== except) this.#point(observation, record.time)
    }
  }

  #point(observation: Observation, time: number): void {
    if (!Number.isFinite(observation.value) || Date.now() - time > OLDEST_POINT_MS) return
    this.#outlet.point({ ...observation, time })
  }

  #span(name: string, attributes: Attributes, period: Period, failed = false): void {
    const span: RunSpan = {
      ...period,
      name,
      attributes: { ...this.#attributes, ...attributes },
      links: [this.#start],
      failed,
    }
    this.#outlet.span(spanOf(span))
  }

  #emit({ name, attributes, time = this.#moment }: RunEvent): void {
    this.#outlet.record({
      eventName: name,
      hrTime: hrTime(time),
      hrTimeObserved: hrTime(Date.now()),
      severityNumber: SEVERITIES[name],
      attributes,
      spanContext: this.#start,
      droppedAttributesCount: 0,
    })
  }
}
