import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { trainingRun } from '@llmscope/sdk'
import { chooseBackend } from './backend.ts'
import { readCorpus } from './data.ts'
import { Transformer } from './model.ts'
import { type Evaluation, type Progress, Session } from './session.ts'

const SHAPE = { context: 32, width: 32, heads: 4, layers: 2 }
const SETTINGS = { batch: 6, learningRate: 6e-3, clip: 1, seed: 1 }
// about two passes over the text
const STEPS_PER_EPOCH = 100

export interface TrainOptions {
  /** Optimizer steps. */
  readonly steps: number
  /** File that the weights are written to; a new temporary one unless it is given. */
  readonly checkpoint?: string | undefined
  readonly onStep?: (progress: Progress) => void
  /** Hears of the held-out text after every hundred steps. */
  readonly onEvaluation?: (evaluation: Evaluation) => void
}

/** What came of a training. */
export interface Trained {
  readonly runId: string
  /** TensorFlow.js backend that computed it: `wasm` or `cpu`. */
  readonly backend: string
  /** File with the weights. */
  readonly checkpoint: string
  /** What the model writes by itself. */
  readonly sample: string
}

/**
 * Trains a small transformer on the diary, and follows the run with llmscope. Telemetry goes where
 * the process sends it: `node --import @llmscope/sdk/register`.
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { steps, onStep, onEvaluation } = options
  const backend = await chooseBackend()
  const corpus = await readCorpus()
  const model = new Transformer({ ...SHAPE, vocabulary: corpus.characters.length })
  const checkpoint = options.checkpoint ?? (await temporaryFile())
  const config = {
    name: 'diary',
    model: { name: 'character-transformer', parameters: model.size },
    dataset: { name: 'diary.txt', tokens: corpus.training.length },
    hyperparameters: { ...SETTINGS, ...SHAPE, steps, backend },
  }
  return trainingRun(config, async (run) => {
    const session = new Session(model, corpus, { ...SETTINGS, steps })
    for (let epoch = 0; epoch * STEPS_PER_EPOCH < steps; epoch += 1) {
      await run.epoch(epoch, async () => {
        const end = Math.min(steps, (epoch + 1) * STEPS_PER_EPOCH)
        for (let step = epoch * STEPS_PER_EPOCH; step < end; step += 1) {
          const progress = session.step(step)
          run.step(progress)
          onStep?.(progress)
          // nothing is exported while a loop holds the event loop
          await setImmediate()
        }
        onEvaluation?.(await run.evaluation('validation', () => session.evaluate()))
        await run.checkpoint({ path: checkpoint }, () => writeFile(checkpoint, session.weights()))
      })
    }
    const sample = session.write(160)
    session.dispose()
    return { runId: run.id, backend, checkpoint, sample }
  })
}

async function temporaryFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'llmscope-training-')), 'weights.bin')
}
