import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { instrument } from '@llmscope/sdk'
import { install } from '../workspace.ts'
import { writeGguf } from './gguf.ts'

/** What the tests use of node-llama-cpp: its own types are where it is installed, out of the compiler's sight. */
interface Library {
  readonly getLlama: (options: object) => Promise<Llama>
  readonly LlamaChat: new (options: object) => Chat
  readonly LlamaCompletion: new (options: object) => Completion
  readonly GeneralChatWrapper: new () => object
}

interface Llama {
  loadModel(options: object): Promise<Model>
  dispose(): Promise<void>
}

interface Model {
  createContext(options: object): Promise<{ getSequence(): object }>
  createEmbeddingContext(options: object): Promise<Vectors>
  createRankingContext(options: object): Promise<Ranks>
}

interface Chat {
  generateResponse(history: readonly object[], options: object): Promise<unknown>
}

interface Completion {
  generateCompletion(text: string, options: object): Promise<string>
}

interface Vectors {
  getEmbeddingFor(text: string): Promise<unknown>
}

interface Ranks {
  rankAll(query: string, documents: readonly string[]): Promise<unknown>
}

/** An instrumented model of random weights, in this process. */
export interface LlamaInUse {
  readonly chat: Chat
  readonly completion: Completion
  readonly vectors: Vectors
  readonly ranks: Ranks
  close(): Promise<void>
}

const QUIET = { gpu: false, build: 'never', skipDownload: true, logger: () => undefined }

export async function loadLlama(): Promise<LlamaInUse> {
  const modules = join(await install('node-llama-cpp-3'), 'node_modules')
  const entry = join(modules, 'node-llama-cpp/dist/index.js')
  const library = (await import(pathToFileURL(entry).href)) as Library
  const modelPath = join(await mkdtemp(join(tmpdir(), 'llmscope-gguf-')), 'llama.gguf')
  await writeGguf(modelPath)
  const llama = await library.getLlama({ ...QUIET, maxThreads: 1 })
  const model = await llama.loadModel({ modelPath })
  const context = await model.createContext({ sequences: 2, contextSize: 4096, threads: 1 })
  const chatWrapper = new library.GeneralChatWrapper()
  const contextSequence = context.getSequence()
  const used = {
    chat: new library.LlamaChat({ contextSequence, chatWrapper }),
    completion: new library.LlamaCompletion({ contextSequence: context.getSequence() }),
    vectors: await model.createEmbeddingContext({ contextSize: 1024, threads: 1 }),
    ranks: await model.createRankingContext({ contextSize: 1024, threads: 1 }),
  }
  for (const runner of Object.values(used)) instrument(runner)
  return { ...used, close: () => llama.dispose() }
}
