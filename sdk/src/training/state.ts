import { type Context, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Emitted } from '../catalogue/emitted.ts'
import type { RunPlan } from './plan.ts'
import { PhaseTimes } from './phases.ts'
import { isFiniteNumber, type StepRecord } from './step.ts'
import { Throughput } from './throughput.ts'

const MOST_NAMED = 256

/** One value of a metric that several values of a run share. */
export interface Labelled {
  value: number
  readonly attributes: Emitted
}

/** What is known of a run at this moment: the source of its metrics, read when they are exported. */
export class RunState {
  /** What every span, event and metric of the run carries. */
  readonly attributes: Emitted
  /** What the run is, on a metric of its own. */
  info: Emitted
  /** Where events of the run belong: the running epoch's span, else the span that started the run. */
  context: Context = ROOT_CONTEXT
  ended = false
  epoch: number | undefined
  last: StepRecord | undefined
  steps = 0
  tokens: number | undefined
  samples: number | undefined
  checkpoints = 0
  losses = 0
  lossSum = 0
  anomalyCount = 0
  readonly phases: PhaseTimes = new PhaseTimes()
  readonly named: Map<string, Labelled> = new Map()
  readonly evaluations: Map<string, Labelled> = new Map()
  readonly anomalies: Map<string, Labelled> = new Map()
  readonly #throughput = new Throughput()
  readonly #flops: RunPlan['flops']

  constructor({ identity, info, flops }: Pick<RunPlan, 'identity' | 'info' | 'flops'>) {
    this.attributes = Object.freeze({ ...identity })
    this.info = Object.freeze({ ...identity, ...info })
    this.#flops = flops
  }

  /** Share of the peak that the last steps used, where it is known. */
  get utilization(): number | undefined {
    return this.#flops && (this.#throughput.perSecond * this.#flops.perToken) / this.#flops.peak
  }

  /** Takes in a record of `steps` steps, which took `seconds`. */
  advance(record: StepRecord, steps: number, seconds: number | undefined): void {
    const { loss, tokens, samples, metrics } = record
    this.last = record
    this.steps += steps
    this.phases.close(seconds)
    if (isFiniteNumber(tokens)) {
      this.tokens = (this.tokens ?? 0) + tokens
      if (seconds !== undefined) this.#throughput.add(tokens, seconds)
    }
    if (isFiniteNumber(samples)) this.samples = (this.samples ?? 0) + samples
    if (metrics) {
      for (const name of Object.keys(metrics)) {
        this.label(this.named, { 'training.metric.name': name }, metrics[name] ?? Number.NaN)
      }
    }
    if (!isFiniteNumber(loss)) return
    this.losses += 1
    this.lossSum += loss
  }

  /** Sets a value among those of `values`, of which there are so many and no more. */
  label(values: Map<string, Labelled>, labels: Emitted, value: number): void {
    const key = Object.values(labels).join('\0')
    const known = values.get(key)
    if (known) known.value = value
    else if (values.size < MOST_NAMED) {
      values.set(key, { value, attributes: { ...this.attributes, ...labels } })
    }
  }
}
