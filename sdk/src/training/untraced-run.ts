import type { RunPlan } from './plan.ts'
import type { TrainingRun } from './training-run.ts'

const nothing = (): void => undefined

/** A run of which nothing is told. */
export function untracedRun({ id, name }: RunPlan): TrainingRun {
  return {
    id,
    name,
    spanContext: undefined,
    step: nothing,
    timed: (_phase, work) => work(),
    batches: async function* (loader) {
      for await (const batch of loader) yield batch
    },
    epoch: async (index, train) => train({ index, step: nothing }),
    evaluation: async (_name, evaluate) => evaluate(),
    checkpoint: async (_checkpoint, write) => write(),
    sample: nothing,
  }
}
