import type { HealthConfig } from '../config.ts'
import { isFiniteNumber, type StepRecord } from '../step.ts'
import { RobustWindow } from '../robust-window.ts'
import type { AnomalyType, Detector, Evidence } from './detector.ts'
import { divergence } from './divergence.ts'
import { explosion, vanishing } from './gradient.ts'
import { nan } from './nan.ts'
import { plateau } from './plateau.ts'
import { slowdown } from './slowdown.ts'
import { spike } from './spike.ts'
import { StallWatch } from './stall.ts'

export type { AnomalyType, Evidence } from './detector.ts'

const DETECTORS: readonly ((limits: Required<HealthConfig>) => Detector)[] = [
  nan,
  spike,
  divergence,
  plateau,
  explosion,
  vanishing,
  slowdown,
]

// steps without a sign after which an anomaly that comes again is a new one
const QUIET = 32

interface Watch {
  readonly detector: Detector
  /** Steps since the detector last spoke. */
  quiet: number
}

/** Watches the steps of one run, and reports each anomaly once for as long as it lasts. */
export class Health {
  readonly #stall: StallWatch
  readonly #limits: Required<HealthConfig>
  readonly #watches: Watch[]
  readonly #window = new RobustWindow()
  readonly #report: (type: AnomalyType, evidence: Evidence) => void

  constructor(
    idle: () => number,
    limits: Required<HealthConfig>,
    report: (type: AnomalyType, evidence: Evidence) => void,
  ) {
    this.#limits = limits
    this.#report = report
    this.#watches = DETECTORS.map((create) => ({ detector: create(limits), quiet: Infinity }))
    this.#stall = new StallWatch(idle, limits, (evidence) => report('stall', evidence))
  }

  /** Every type that can be reported. */
  get types(): readonly AnomalyType[] {
    return [...this.#watches.map(({ detector }) => detector.type), 'stall']
  }

  /** Looks at the record of `steps` steps that took `seconds` together. */
  observe(record: StepRecord, seconds: number | undefined, steps: number): void {
    if (seconds !== undefined) this.#stall.step(seconds)
    for (const watch of this.#watches) {
      const evidence = watch.detector.observe(record, this.#window, seconds, steps)
      if (evidence && watch.quiet > QUIET) this.#report(watch.detector.type, evidence)
      watch.quiet = evidence ? 0 : watch.quiet + 1
    }
    if (isFiniteNumber(record.loss)) this.#window.add(this.#tame(record.loss))
  }

  end(): void {
    this.#stall.end()
  }

  // an outlier enters as the highest value that is none, lest it hide the next one
  #tame(loss: number): number {
    const { highest, median, deviation } = this.#window
    return loss > highest ? Math.min(loss, median + this.#limits.spikeScore * deviation) : loss
  }
}
