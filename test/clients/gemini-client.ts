import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import { afterAll, beforeAll } from 'vitest'
import { startGeminiServer } from '../sdk/gemini-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { install } from './workspace.ts'

/** What the tests use of the client: its own types are where it is installed, out of the compiler's sight. */
export interface GoogleGenAI {
  readonly models: {
    generateContent(request: object): Promise<Generated>
    generateContentStream(request: object): Promise<AsyncGenerator<Generated>>
    embedContent(request: object): Promise<{ readonly embeddings: readonly object[] }>
    countTokens(request: object): Promise<{ readonly totalTokens: number }>
    list(): Promise<unknown>
    generateImages(request: object): Promise<unknown>
    editImage(request: object): Promise<unknown>
    upscaleImage(request: object): Promise<unknown>
    generateVideos(request: object): Promise<unknown>
  }
  readonly batches: Resource<'create' | 'get' | 'list' | 'cancel' | 'delete'>
  readonly caches: Resource<'create' | 'get' | 'list' | 'update' | 'delete'>
  readonly files: Resource<'upload' | 'get' | 'list' | 'download' | 'delete'>
  readonly operations: Resource<'getVideosOperation'>
  readonly chats: {
    create(options: object): {
      sendMessage(message: { readonly message: unknown }): Promise<Generated>
      sendMessageStream(message: { readonly message: unknown }): Promise<AsyncGenerator<Generated>>
    }
  }
}

type Resource<Method extends string> = Readonly<
  Record<Method, (request?: object) => Promise<unknown>>
>

export interface Generated {
  readonly text?: string
  readonly responseId: string
  readonly usageMetadata?: { readonly totalTokenCount?: number }
}

interface Library {
  readonly GoogleGenAI: new (options: object) => GoogleGenAI
}

/** An instrumented client of one major version, in this process, and a scripted server that it talks to. */
export function useGemini(version: string): {
  readonly server: ScriptedServer
  readonly client: GoogleGenAI
  create(options?: object): GoogleGenAI
} {
  let server: ScriptedServer
  let library: Library
  let client: GoogleGenAI
  const create = (options: object = {}): GoogleGenAI =>
    instrument(
      new library.GoogleGenAI({
        apiKey: 'CANARY-API-KEY',
        httpOptions: { baseUrl: server.baseURL },
        ...options,
      }),
    )
  beforeAll(async () => {
    const require = createRequire(join(await install(version), 'index.js'))
    library = require('@google/genai') as Library
    server = await startGeminiServer()
    client = create()
  })
  afterAll(() => server.close())
  return {
    get server() {
      return server
    },
    get client() {
      return client
    },
    create,
  }
}
