import * as tf from '@tensorflow/tfjs-core'

const MOMENTUM = 0.9
const VARIANCE = 0.99

/** Adam with gradient clipping, on one vector of weights. */
export class Adam {
  readonly #weights: tf.Variable
  readonly #momentum: tf.Variable
  readonly #variance: tf.Variable
  #steps = 0

  constructor(weights: tf.Variable) {
    this.#weights = weights
    this.#momentum = tf.tidy(() => tf.variable(tf.zerosLike(weights)))
    this.#variance = tf.tidy(() => tf.variable(tf.zerosLike(weights)))
  }

  /** Moves the weights against `gradient`, clipped to the norm `clip`; returns its norm before that. */
  step(gradient: tf.Tensor, rate: number, clip: number): number {
    this.#steps += 1
    const norm = tf.norm(gradient).dataSync()[0] ?? Number.NaN
    const clipped = tf.mul(gradient, Math.min(1, clip / norm))
    blend(this.#momentum, clipped, MOMENTUM)
    blend(this.#variance, tf.square(clipped), VARIANCE)
    // both start at zero: the correction makes their first values count in full
    const momentum = tf.div(this.#momentum, 1 - MOMENTUM ** this.#steps)
    const variance = tf.div(this.#variance, 1 - VARIANCE ** this.#steps)
    const change = tf.div(momentum, tf.add(tf.sqrt(variance), 1e-8))
    this.#weights.assign(tf.sub(this.#weights, tf.mul(change, rate)))
    return norm
  }

  dispose(): void {
    tf.dispose([this.#momentum, this.#variance])
  }
}

function blend(average: tf.Variable, value: tf.Tensor, keep: number): void {
  average.assign(tf.add(tf.mul(average, keep), tf.mul(value, 1 - keep)))
}

/** A learning rate that warms up to `peak` and then falls along a cosine to a tenth of it. */
export function schedule(peak: number, steps: number): (step: number) => number {
  const warmUp = Math.ceil(steps / 20)
  return (step) => {
    if (step < warmUp) return (peak * (step + 1)) / warmUp
    const progress = (step - warmUp) / Math.max(1, steps - warmUp)
    return peak * (0.55 + 0.45 * Math.cos(Math.PI * progress))
  }
}
