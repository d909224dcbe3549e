import { type Context, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Emitted } from '../catalogue/emitted.ts'
import { isFiniteNumber, type StepRecord } from './step.ts'

/** One value of a metric that several values of a run share. */
export interface Labelled {
  value: number
  readonly attributes: Emitted
}

/** What is known of a run at this moment: the source of its metrics, read when they are exported. */
export class RunState {
  readonly attributes: Emitted
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
  lowestLoss: number | undefined
  anomalyCount = 0
  readonly evaluations: Map<string, Labelled> = new Map()
  readonly anomalies: Map<string, Labelled> = new Map()

  constructor(id: string, name: string) {
    this.attributes = Object.freeze({ 'training.run.id': id, 'training.run.name': name })
  }

  advance(record: StepRecord): void {
    const { loss, tokens, samples } = record
    this.last = record
    this.steps += 1
    if (isFiniteNumber(tokens)) this.tokens = (this.tokens ?? 0) + tokens
    if (isFiniteNumber(samples)) this.samples = (this.samples ?? 0) + samples
    if (!isFiniteNumber(loss)) return
    this.losses += 1
    this.lossSum += loss
    if (this.lowestLoss === undefined || loss < this.lowestLoss) this.lowestLoss = loss
  }
}
