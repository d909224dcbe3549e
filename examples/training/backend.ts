import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'

/** Chooses WebAssembly, ten times as fast as plain JavaScript, or else that; returns its name. */
export async function chooseBackend(): Promise<string> {
  // outside of a bundler only this package registers the gradients of core's operations
  await import('@tensorflow/tfjs-layers')
  if (!(await useWebAssembly())) {
    await import('@tensorflow/tfjs-backend-cpu')
    await tf.setBackend('cpu')
  }
  return tf.getBackend()
}

async function useWebAssembly(): Promise<boolean> {
  try {
    const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    const entry = import.meta.resolve('@tensorflow/tfjs-backend-wasm')
    setWasmPaths(fileURLToPath(new URL('./', entry)))
    // the matrices are small: handing them to threads costs more than it gains
    setThreadsCount(1)
    return await tf.setBackend('wasm')
  } catch {
    return false
  }
}
