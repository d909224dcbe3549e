import * as tf from '@tensorflow/tfjs-core'

/**
 * The product of the rows of `input` with a matrix. It is `tf.matMul` with a gradient that
 * transposes first: for transposed operands WebAssembly takes a path that is ten times as slow.
 */
export const linear = tf.customGrad((input, matrix, save) => {
  const [rows, weights] = [input as tf.Tensor2D, matrix as tf.Tensor2D]
  ;(save as tf.GradSaveFunc)([rows, weights])
  return {
    value: tf.matMul(rows, weights),
    gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => {
      const [savedRows = rows, savedWeights = weights] = saved
      return [
        tf.matMul(gradient, tf.transpose(savedWeights)),
        tf.matMul(tf.transpose(savedRows), gradient),
      ]
    },
  }
})
