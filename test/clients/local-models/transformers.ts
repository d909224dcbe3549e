import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import { install } from '../workspace.ts'
import { writeOnnxModels } from './onnx.ts'

/** What the tests use of transformers.js: its own types are where it is installed, out of the compiler's sight. */
interface Library {
  readonly env: { allowRemoteModels: boolean; localModelPath: string }
  readonly pipeline: (task: string, model: string, options: object) => Promise<Pipeline>
  readonly AutomaticSpeechRecognitionPipeline: new (parts: object) => Pipeline
  readonly InterruptableStoppingCriteria: new () => { interrupt(): void }
}

export interface Pipeline {
  (input: unknown, options?: object): Promise<unknown>
  readonly model: object
}

/** Instrumented pipelines over models of random weights, in this process. */
export interface Pipelines {
  readonly writer: Pipeline
  readonly encoder: Pipeline
  /** One whose model is of the wrong kind. */
  readonly listener: Pipeline
  /** What stops a pipeline at once. */
  readonly stopped: object
}

export async function loadPipelines(): Promise<Pipelines> {
  const require = createRequire(join(await install('transformers-4'), 'index.js'))
  const library = require('@huggingface/transformers') as Library
  const { env, pipeline, AutomaticSpeechRecognitionPipeline: Listener } = library
  const folder = await mkdtemp(join(tmpdir(), 'llmscope-onnx-'))
  await writeOnnxModels(folder)
  Object.assign(env, { allowRemoteModels: false, localModelPath: folder })
  const writer = await pipeline('text-generation', 'writer', { dtype: 'fp32' })
  const encoder = await pipeline('feature-extraction', 'encoder', { dtype: 'fp32' })
  const listener = new Listener({ task: 'automatic-speech-recognition', model: writer.model })
  const stopped = new library.InterruptableStoppingCriteria()
  stopped.interrupt()
  for (const one of [writer, encoder, listener]) instrument(one)
  return { writer, encoder, listener, stopped }
}
