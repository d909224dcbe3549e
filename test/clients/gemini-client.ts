import { startGeminiServer } from '../sdk/gemini-server/server.ts'
import { type ClientInUse, useClient } from './client.ts'

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
export const useGemini = (version: string): ClientInUse<GoogleGenAI> =>
  useClient(version, {
    startServer: startGeminiServer,
    make: (require, baseUrl, options) => {
      const { GoogleGenAI: Client } = require('@google/genai') as Library
      return new Client({ apiKey: 'CANARY-API-KEY', httpOptions: { baseUrl }, ...options })
    },
  })
