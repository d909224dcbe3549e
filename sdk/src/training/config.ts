import type { SpanContext } from '@opentelemetry/api'
import type { Hyperparameters } from './hyperparameters.ts'

/** What a run is and how it is watched. */
export interface TrainingRunConfig {
  /** What this run is an attempt at; shared by the runs that are to be compared. */
  readonly name: string
  /** Unique among all runs; a random UUID where nothing is given. All ranks of a run have the same. */
  readonly id?: string
  /** The run that this one is a part of, such as a sweep: a run, or what is known of it in another process. */
  readonly parent?: RunReference
  /** Goes on with the run `id`, whose process has ended: counts on from the step that its checkpoint was of. */
  readonly resume?: Resumption
  /** Which one this process is of those that train the model together. */
  readonly distributed?: Distribution
  /** Recorded as `training.hyperparameter.<key>`; nested objects as `<key>.<key>`. */
  readonly hyperparameters?: Hyperparameters
  readonly model?: { readonly name: string; readonly parameters?: number }
  readonly dataset?: { readonly name: string; readonly samples?: number; readonly tokens?: number }
  /** What the model FLOPs utilization is reckoned from. */
  readonly flops?: Flops
  /**
   * How many steps become an event each. After that many, an event stands for 2 steps, then for 4,
   * and so on, so that a long run stays bounded. 0 emits none. Default 256.
   */
  readonly stepEvents?: number
  readonly health?: HealthConfig
}

/** A run, as it is named elsewhere. */
export interface RunReference {
  readonly id: string
  /** Of the span that started it. With it, that span is linked to. */
  readonly spanContext?: SpanContext | undefined
}

/** Where a run goes on. */
export interface Resumption {
  /** Index of the last step that was done. */
  readonly step: number
  /** `run.spanContext` of the process before, if the checkpoint kept it: that span is linked to. */
  readonly spanContext?: SpanContext | undefined
}

/** One process among those that train a model together. */
export interface Distribution {
  /** Of this process, from 0. */
  readonly rank: number
  /** How many processes there are. */
  readonly worldSize: number
  /** Whether this process exports metrics; true where nothing is given. */
  readonly metrics?: boolean
}

/** What a token costs to train on, and what this process could compute. */
export interface Flops {
  /** Floating-point operations for one token, forward and backward: about 6 for each parameter. */
  readonly perToken: number
  /** Most floating-point operations per second of all accelerators of this process. */
  readonly peak: number
}

/** When a run is reported as unwell. `Infinity` turns a check off. */
export interface HealthConfig {
  /** Robust z-score from which a loss is a spike. Default 10. */
  readonly spikeScore?: number
  /** Robust deviations that the median loss must have risen above its best. Default 5. */
  readonly divergenceScore?: number
  /** Steps over which the mean loss must fall; a quarter of a longer run. Default 1000. */
  readonly plateauSteps?: number
  /** Median gradient norms from which a gradient explodes. Default 100. */
  readonly explosionFactor?: number
  /** By what the median gradient norm must have fallen below the first ones to have vanished. Default 10000. */
  readonly vanishingFactor?: number
  /** By what steps must have become slower for a drop of throughput. Default 2. */
  readonly slowdownFactor?: number
  /** Seconds of steps that are compared for it, 32 steps at least. Default 10. */
  readonly slowdownSeconds?: number
  /** Median step times without a step. Default 10. */
  readonly stallFactor?: number
  /** Seconds without a step that are never a stall. Default 10. */
  readonly stallSeconds?: number
  /** Evaluations without a better loss after which to stop early is advised. Default 5. */
  readonly patience?: number
}
