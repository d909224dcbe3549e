import * as tf from '@tensorflow/tfjs-core'
import { linear } from './linear.ts'

export interface ModelConfig {
  /** Number of different tokens. */
  readonly vocabulary: number
  /** Tokens that the model sees at once. */
  readonly context: number
  readonly width: number
  readonly heads: number
  readonly layers: number
}

/** Makes or finds a weight of a shape; `scale` is the deviation that it is drawn with at first. */
type Weight<T> = (shape: number[], scale?: number) => T

/** What a transformer is made of. A gain is kept as its difference from 1. */
function structure<T>({ vocabulary, context, width, layers }: ModelConfig, weight: Weight<T>) {
  const norm = () => ({ gain: weight([width]), shift: weight([width]) })
  const matrix = (from: number, to: number) => weight([from, to], from ** -0.5)
  return {
    embedding: weight([vocabulary, width], 0.1),
    position: weight([context, width], 0.1),
    blocks: Array.from({ length: layers }, () => ({
      attentionNorm: norm(),
      query: matrix(width, width),
      key: matrix(width, width),
      value: matrix(width, width),
      attentionOutput: matrix(width, width),
      perceptronNorm: norm(),
      expand: matrix(width, 4 * width),
      contract: matrix(4 * width, width),
    })),
    outputNorm: norm(),
  }
}

type Structure = ReturnType<typeof structure<tf.Tensor>>
type Block = Structure['blocks'][number]

/**
 * A decoder-only transformer over characters. All its weights lie in one vector, so that the
 * gradient, its norm, the optimizer's state and a checkpoint are one vector each, too.
 */
export class Transformer {
  readonly config: ModelConfig
  /** Number of weights. */
  readonly size: number
  readonly #sizes: readonly number[]
  readonly #mask: tf.Tensor

  constructor(config: ModelConfig) {
    this.config = config
    const sizes: number[] = []
    structure(config, (shape) => sizes.push(tf.util.sizeFromShape(shape)))
    this.#sizes = sizes
    this.size = sizes.reduce((sum, size) => sum + size)
    this.#mask = tf.tidy(() => {
      const past = tf.linalg.bandPart(tf.ones([config.context, config.context]), -1, 0)
      return tf.keep(tf.mul(tf.sub(past, 1), 1e9))
    })
  }

  /** The weights that training starts from. */
  initialWeights(seed: number): tf.Variable {
    return tf.tidy(() => {
      const parts: tf.Tensor[] = []
      structure(this.config, (shape, scale = 0) =>
        parts.push(
          tf.reshape(tf.randomNormal(shape, 0, scale, 'float32', seed + parts.length), [-1]),
        ),
      )
      return tf.variable(tf.concat(parts))
    })
  }

  /** Mean cross-entropy in nats of the tokens that follow each of `inputs`. */
  loss(weights: tf.Tensor, inputs: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
    const truth = oneHot(targets, this.config.vocabulary)
    const chances = tf.logSoftmax(this.logits(weights, inputs))
    return tf.neg(tf.mean(tf.sum(tf.mul(chances, truth), -1)))
  }

  /** Scores of every token to come next, a row for each token of `inputs` [batch, context]. */
  logits(weights: tf.Tensor, inputs: tf.Tensor2D): tf.Tensor2D {
    const { vocabulary, context, width } = this.config
    const parts = tf.split(weights, [...this.#sizes]).values()
    const { embedding, position, blocks, outputNorm } = structure(this.config, (shape) =>
      tf.reshape(parts.next().value ?? weights, shape),
    )
    // a product with one-hot rows: WebAssembly has no gradient for a lookup
    const embedded = tf.reshape(linear(oneHot(inputs, vocabulary), embedding), [-1, context, width])
    const rows = tf.reshape(tf.add(embedded, position), [-1, width])
    const output = blocks.reduce<tf.Tensor>((stream, block) => this.#block(stream, block), rows)
    return linear(layerNorm(output, outputNorm), tf.transpose(embedding)) as tf.Tensor2D
  }

  dispose(): void {
    this.#mask.dispose()
  }

  #block(stream: tf.Tensor, block: Block): tf.Tensor {
    const attended = tf.add(stream, this.#attention(layerNorm(stream, block.attentionNorm), block))
    const expanded = tf.relu(linear(layerNorm(attended, block.perceptronNorm), block.expand))
    return tf.add(attended, linear(expanded, block.contract))
  }

  #attention(stream: tf.Tensor, block: Block): tf.Tensor {
    const { context, width, heads } = this.config
    const depth = width / heads
    const perHead = (matrix: tf.Tensor) =>
      tf.transpose(tf.reshape(linear(stream, matrix), [-1, context, heads, depth]), [0, 2, 1, 3])
    const match = tf.matMul(perHead(block.query), perHead(block.key), false, true)
    const attention = tf.softmax(tf.add(tf.mul(match, depth ** -0.5), this.#mask))
    const heard = tf.transpose(tf.matMul(attention, perHead(block.value)), [0, 2, 1, 3])
    return linear(tf.reshape(heard, [-1, width]), block.attentionOutput)
  }
}

function layerNorm(input: tf.Tensor, { gain, shift }: Structure['outputNorm']): tf.Tensor {
  const { mean, variance } = tf.moments(input, -1, true)
  const normal = tf.mul(tf.sub(input, mean), tf.rsqrt(tf.add(variance, 1e-5)))
  return tf.add(tf.mul(normal, tf.add(gain, 1)), shift)
}

/** A row for each token, with a 1 in its column. */
function oneHot(tokens: tf.Tensor, vocabulary: number): tf.Tensor {
  return tf.cast(tf.oneHot(tf.reshape(tokens, [-1]), vocabulary), 'float32')
}
