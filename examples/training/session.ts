import * as tf from '@tensorflow/tfjs-core'
import { type Batch, type Corpus, randomBatch, randomFrom, wholeBatch } from './data.ts'
import { generate } from './generate.ts'
import type { Transformer } from './model.ts'
import { Adam, schedule } from './optimizer.ts'

/** How the model is trained. */
export interface Settings {
  /** Windows of text in a step. */
  readonly batch: number
  /** The highest learning rate of the schedule. */
  readonly learningRate: number
  /** Norm to which a larger gradient is clipped. */
  readonly clip: number
  readonly seed: number
}

/** What one step did. */
export interface Progress {
  readonly step: number
  readonly loss: number
  readonly learningRate: number
  /** Before clipping. */
  readonly gradientNorm: number
  /** Characters and windows that were trained on. */
  readonly tokens: number
  readonly samples: number
}

/** How well the model knows text that it was not trained on. */
export interface Evaluation {
  readonly loss: number
  readonly perplexity: number
  /** Share of characters that the model would have guessed. */
  readonly accuracy: number
}

/** A model in training: its weights, its optimizer and its data. */
export class Session {
  readonly #model: Transformer
  readonly #corpus: Corpus
  readonly #settings: Settings
  readonly #weights: tf.Variable
  readonly #optimizer: Adam
  readonly #rate: (step: number) => number
  readonly #random: () => number
  readonly #heldOut: Batch

  constructor(model: Transformer, corpus: Corpus, settings: Settings & { readonly steps: number }) {
    this.#model = model
    this.#corpus = corpus
    this.#settings = settings
    this.#weights = model.initialWeights(settings.seed)
    this.#optimizer = new Adam(this.#weights)
    this.#rate = schedule(settings.learningRate, settings.steps)
    this.#random = randomFrom(settings.seed)
    this.#heldOut = wholeBatch(corpus.validation, model.config.context)
  }

  step(step: number): Progress {
    const { batch: size, clip } = this.#settings
    const { context } = this.#model.config
    return tf.tidy(() => {
      const batch = randomBatch(this.#corpus.training, { size, context, random: this.#random })
      const { value, grad } = tf.valueAndGrad((weights) =>
        this.#model.loss(weights, batch.inputs, batch.targets),
      )(this.#weights)
      const learningRate = this.#rate(step)
      const gradientNorm = this.#optimizer.step(grad, learningRate, clip)
      const tokens = size * context
      return { step, loss: scalar(value), learningRate, gradientNorm, tokens, samples: size }
    })
  }

  evaluate(): Evaluation {
    const { inputs, targets } = this.#heldOut
    return tf.tidy(() => {
      const logits = this.#model.logits(this.#weights, inputs)
      const loss = scalar(this.#model.loss(this.#weights, inputs, targets))
      const hits = tf.equal(tf.argMax(logits, -1), tf.reshape(targets, [-1]))
      return {
        loss,
        perplexity: Math.exp(loss),
        accuracy: scalar(tf.mean(tf.cast(hits, 'float32'))),
      }
    })
  }

  /** The weights as bytes. */
  weights(): Uint8Array {
    return new Uint8Array(Float32Array.from(this.#weights.dataSync()).buffer)
  }

  /** Text that the model writes by itself. */
  write(length: number): string {
    const { training, characters } = this.#corpus
    const prompt = training.subarray(0, this.#model.config.context)
    const options = { length, temperature: 0.5, random: this.#random }
    return generate(this.#model, this.#weights, prompt, options)
      .map((token) => characters[token])
      .join('')
  }

  dispose(): void {
    this.#optimizer.dispose()
    this.#model.dispose()
    tf.dispose([this.#weights, this.#heldOut.inputs, this.#heldOut.targets])
  }
}

function scalar(tensor: tf.Tensor): number {
  return tensor.dataSync()[0] ?? Number.NaN
}
