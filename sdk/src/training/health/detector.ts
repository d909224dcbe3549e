import type { StepRecord } from '../step.ts'
import type { LossWindow } from '../window.ts'

/** What made a detector speak: attributes of the event, in the units of the loss or in steps. */
export type Evidence = Readonly<Record<string, number | string>>

/** One kind of anomaly in a series of steps. */
export interface Detector {
  /** Value of `training.anomaly.type`. */
  readonly type: string
  /**
   * Looks at one step; `window` holds the finite losses before it.
   * Returns the evidence while the anomaly lasts, else nothing. Must cost little: it runs every step.
   */
  observe(record: StepRecord, window: LossWindow): Evidence | undefined
}
