import { trainingRun, type TrainingRunConfig } from '@llmscope/sdk'

const CONFIG: TrainingRunConfig = {
  name: 'tiny',
  id: 'run-1',
  parent: { id: 'sweep-1' },
  resume: { step: 10 },
  distributed: { rank: 0, worldSize: 2 },
  flops: { perToken: 6000, peak: 1e12 },
  health: { patience: 1 },
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
      const facts = {
        learningRate: 3e-4,
        gradientNorm: 1,
        tokens: 10,
        samples: 1,
        memory: 4096,
        metrics: { accuracy: 0.5 },
        seconds: { data_wait: 1e-6, forward: 1e-6, backward: 1e-6, optimizer: 1e-6 },
      }
      step({ ...facts, gradientNorm: Infinity })
      for (const loss of [2, 1.5, Number.NaN, 1]) step({ loss, ...facts })
      await isRead()
      for (const loss of [1.2, 1.3]) await run.evaluation('held-out', () => ({ loss }))
      run.sample({ prompt: 'Once', output: ' upon a time' })
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
  await degrade()
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

/** Gradients that explode and vanish, and steps that train on fewer tokens. */
async function degrade(): Promise<void> {
  const health = { slowdownSeconds: 1e-9 }
  await trainingRun({ name: 'degraded', stepEvents: 0, health }, ({ step }) => {
    for (let index = 0; index < 400; index += 1) {
      const isEarly = index < 200
      step({ gradientNorm: index === 100 ? 500 : isEarly ? 1 : 1e-6, tokens: isEarly ? 1e6 : 1 })
    }
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
