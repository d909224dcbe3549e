import * as tf from '@tensorflow/tfjs-core'
import type { Transformer } from './model.ts'

/** Continues `prompt`, at least `context` tokens long, by `length` tokens. */
export function generate(
  model: Transformer,
  weights: tf.Tensor,
  prompt: Int32Array,
  { length, temperature, random }: { length: number; temperature: number; random: () => number },
): number[] {
  const { context } = model.config
  const tokens = [...prompt]
  for (let count = 0; count < length; count += 1) {
    const chances = tf.tidy(() => {
      const inputs = tf.tensor2d([tokens.slice(-context)], [1, context], 'int32')
      const last = tf.slice(model.logits(weights, inputs), [context - 1, 0], [1, -1])
      return tf.softmax(tf.div(last, temperature)).dataSync<'float32'>()
    })
    tokens.push(pick(chances, random()))
  }
  return tokens.slice(prompt.length)
}

/** The index at which the running sum of `chances` passes `point`. */
function pick(chances: Float32Array, point: number): number {
  let sum = 0
  const index = chances.findIndex((chance) => (sum += chance) > point)
  return index < 0 ? chances.length - 1 : index
}
