import type { Emitted, EmittedName } from '../../catalogue/emitted.ts'
import type { StepRecord } from '../step.ts'
import type { RobustWindow } from '../robust-window.ts'

/** Value of `training.anomaly.type`. */
export type AnomalyType = NonNullable<Emitted['training.anomaly.type']>

type Key<Name> = Name extends `training.anomaly.${infer Rest}` ? Exclude<Rest, 'type'> : never

/** What made a detector speak: attributes of the event. */
export type Evidence = {
  readonly [Name in Key<EmittedName>]?: Emitted[`training.anomaly.${Name}`]
}

/** One kind of anomaly in a series of steps. */
export interface Detector {
  readonly type: AnomalyType
  /**
   * Looks at one record; `window` holds the finite losses before it, and `seconds` is what its `steps` took.
   * Returns the evidence while the anomaly lasts, else nothing. Must cost little: it runs every step.
   */
  observe(
    record: StepRecord,
    window: RobustWindow,
    seconds: number | undefined,
    steps: number,
  ): Evidence | undefined
}
