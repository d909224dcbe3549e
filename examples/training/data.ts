import { readFile } from 'node:fs/promises'
import * as tf from '@tensorflow/tfjs-core'

/** Inputs and the tokens that follow them, both [batch, context]. */
export interface Batch {
  readonly inputs: tf.Tensor2D
  readonly targets: tf.Tensor2D
}

/** A text as tokens, one for each character, in two parts. */
export interface Corpus {
  readonly characters: readonly string[]
  readonly training: Int32Array
  /** The last tenth, which is never trained on. */
  readonly validation: Int32Array
}

/** Reads the diary that ships with this example. */
export async function readCorpus(): Promise<Corpus> {
  const text = await readFile(new URL('diary.txt', import.meta.url), 'utf8')
  const characters = [...new Set(text)].toSorted()
  const tokens = Int32Array.from(text, (character) => characters.indexOf(character))
  const split = Math.floor(tokens.length * 0.9)
  return { characters, training: tokens.subarray(0, split), validation: tokens.subarray(split) }
}

/** A batch of `size` windows from anywhere in `tokens`. */
export function randomBatch(
  tokens: Int32Array,
  { size, context, random }: { size: number; context: number; random: () => number },
): Batch {
  const last = tokens.length - context
  return toBatch(
    tokens,
    Array.from({ length: size }, () => Math.floor(random() * last)),
    context,
  )
}

/** Every window of `tokens`, one after the other, as one batch. */
export function wholeBatch(tokens: Int32Array, context: number): Batch {
  const count = Math.floor((tokens.length - 1) / context)
  return toBatch(
    tokens,
    Array.from({ length: count }, (_, index) => index * context),
    context,
  )
}

function toBatch(tokens: Int32Array, starts: readonly number[], context: number): Batch {
  const window = (shift: number): tf.Tensor2D => {
    const values = new Int32Array(starts.length * context)
    for (const [row, start] of starts.entries()) {
      values.set(tokens.subarray(start + shift, start + shift + context), row * context)
    }
    return tf.tensor2d(values, [starts.length, context], 'int32')
  }
  return { inputs: window(0), targets: window(1) }
}

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
