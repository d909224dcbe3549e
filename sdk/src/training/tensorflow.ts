import { guard } from '../guard.ts'
import { isFiniteNumber, type TrainingStep } from './step.ts'
import type { TrainingRun } from './training-run.ts'

/** What TensorFlow.js tells of a batch or an epoch. */
type Logs = Readonly<Record<string, number>>

/** What `model.fit` and `model.fitDataset` of TensorFlow.js take in `callbacks`. */
export interface TensorflowCallback {
  readonly onEpochBegin: (epoch: number) => void
  readonly onBatchBegin: () => void
  readonly onBatchEnd: (batch: number, logs?: Logs) => void
  readonly onEpochEnd: (epoch: number, logs?: Logs) => Promise<void>
}

/** What the logs of TensorFlow.js do not tell. */
export interface TensorflowFacts {
  /** Reads the learning rate at the end of a batch. */
  readonly learningRate?: () => number
  /** Reads the bytes that are held, such as `() => tf.memory().numBytes`. */
  readonly memory?: () => number
}

// what `fit` counts, in the logs beside what the model measures
const COUNTS: ReadonlySet<string> = new Set(['batch', 'size', 'loss'])
const VALIDATION = 'val_'

/**
 * A callback for `model.fit` of TensorFlow.js, which tells a run of its epochs, its steps, and the
 * evaluation of its validation data.
 *
 * @example
 * await trainingRun({ name: 'digits' }, (run) =>
 *   model.fit(images, labels, { epochs: 3, callbacks: tensorflowCallback(run) }),
 * )
 */
export function tensorflowCallback(
  run: TrainingRun,
  facts: TensorflowFacts = {},
): TensorflowCallback {
  let epoch: { readonly end: (logs: Logs) => void; readonly ended: Promise<void> } | undefined
  let waitsSince: number | undefined
  let waited = 0
  return {
    onEpochBegin: (index) => {
      guard('training.tensorflow', () => {
        epoch = beginEpoch(run, index)
      })
    },
    onBatchBegin: () => {
      guard('training.tensorflow', () => {
        if (waitsSince !== undefined) waited = (performance.now() - waitsSince) / 1000
      })
    },
    onBatchEnd: (_batch, logs = {}) => {
      guard('training.tensorflow', () => {
        run.step({ ...stepOf(logs, facts), seconds: { data_wait: waited } })
        waitsSince = performance.now()
      })
    },
    onEpochEnd: async (_index, logs = {}) => {
      const told = guard('training.tensorflow', () => {
        epoch?.end(logs)
        return epoch
      })
      await told?.ended
      // validation is not what the next batch waited for
      waitsSince = undefined
      waited = 0
    },
  }
}

function stepOf(logs: Logs, { learningRate, memory }: TensorflowFacts): TrainingStep {
  const metrics = Object.entries(logs).filter(([name]) => !COUNTS.has(name))
  return {
    ...(logs['loss'] !== undefined && { loss: logs['loss'] }),
    ...(logs['size'] !== undefined && { samples: logs['size'] }),
    ...(learningRate && { learningRate: learningRate() }),
    ...(memory && { memory: memory() }),
    metrics: Object.fromEntries(metrics),
  }
}

function beginEpoch(
  run: TrainingRun,
  index: number,
): { readonly end: (logs: Logs) => void; readonly ended: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<Logs>()
  const ended = run.epoch(index, async () => {
    const logs = await promise
    const result = guard('training.tensorflow', () => validationOf(logs))
    if (result) await guard('training.tensorflow', () => run.evaluation('validation', () => result))
  })
  return { end: resolve, ended }
}

/** The numbers of the validation, if there was one. */
function validationOf(logs: Logs): Logs | undefined {
  const numbers = Object.entries(logs)
    .filter(([name, value]) => name.startsWith(VALIDATION) && isFiniteNumber(value))
    .map(([name, value]) => [name.slice(VALIDATION.length), value] as const)
  return numbers.length > 0 ? Object.fromEntries(numbers) : undefined
}
