import { trainingRun, type TrainingRunConfig } from '@llmscope/sdk'

const CONFIG: TrainingRunConfig = {
  name: 'tiny',
  model: { name: 'tiny', parameters: 1000 },
  dataset: { name: 'texts', samples: 10, tokens: 100 },
  hyperparameters: { learningRate: 3e-4, optimizer: { name: 'adam', betas: [0.9, 0.99] } },
}

const refuse = (): never => {
  throw new Error('refused')
}

/** Runs that say together all that a training run can say. `isRead` waits until metrics were exported. */
export async function train(isRead: () => Promise<void>): Promise<void> {
  await trainingRun(CONFIG, async (run) => {
    await run.epoch(0, async ({ step }) => {
      const facts = { learningRate: 3e-4, gradientNorm: 1, tokens: 10, samples: 1 }
      step({ ...facts, gradientNorm: Infinity })
      for (const loss of [2, 1.5, Number.NaN, 1]) step({ loss, ...facts })
      await isRead()
      await run.evaluation('held-out', () => ({ loss: 1.2 }))
      await run.checkpoint({ path: 'weights.bin' }, () => undefined)
    })
    await run.epoch(1, refuse).catch(() => undefined)
    await run.evaluation('held-out', refuse).catch(() => undefined)
    await run.checkpoint({}, refuse).catch(() => undefined)
  })
  await trainingRun({ name: 'broken' }, refuse).catch(() => undefined)
  await watch({ plateauSteps: Infinity }, 3000, (step) => {
    if (step === 500) return Number.NaN
    return step < 1000 ? 2 + 5 * Math.exp(-step / 200) : step / 500
  })
  await watch({}, 6000, (step) => (step === 3000 ? 90 : 2 + 5 * Math.exp(-step / 300)))
  await stall()
}

async function watch(
  health: TrainingRunConfig['health'] & object,
  steps: number,
  loss: (step: number) => number,
): Promise<void> {
  await trainingRun({ name: 'unwell', stepEvents: 0, health }, ({ step }) => {
    for (let index = 0; index < steps; index += 1) step({ loss: loss(index) })
  })
}

async function stall(): Promise<void> {
  const health = { stallSeconds: 0.05, stallFactor: 3 }
  await trainingRun({ name: 'stalled', health }, (run) => {
    for (let index = 0; index < 10; index += 1) run.step({ loss: 1 })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    run.step({ loss: 1 })
  })
}
