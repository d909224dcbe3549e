import { startMistralServer } from '../sdk/mistral-server/server.ts'
import { type ClientInUse, useClient } from './client.ts'

type Ask = (request: object, options?: object) => Promise<object>
type Stream = (request: object) => Promise<ReadableStream<object>>

/** What the tests use of the client: its own types are where it is installed, out of the compiler's sight. */
export interface Mistral {
  readonly chat: { complete: Ask; stream: Stream; parse: Ask; parseStream: Stream }
  readonly agents: { complete: Ask; stream: Stream }
  readonly fim: { complete: Ask; stream: Stream }
  readonly embeddings: { create: Ask }
  readonly classifiers: { moderateChat: Ask }
  readonly beta: {
    readonly conversations: { start: Ask; append: Ask; startStream: Stream; appendStream: Stream }
  }
  readonly audio: { readonly transcriptions: { complete: Ask } }
  readonly files: { upload: Ask; retrieve: Ask }
}

interface Library {
  readonly Mistral: new (options: object) => Mistral
}

export function openMistral(
  require: NodeJS.Require,
  serverURL: string,
  options: object = {},
): Mistral {
  const { Mistral: Client } = require('@mistralai/mistralai') as Library
  return new Client({ apiKey: 'CANARY-API-KEY', serverURL, ...options })
}

/** An instrumented client of one version, in this process, and a scripted server that it talks to. */
export const useMistral = (version: string): ClientInUse<Mistral> =>
  useClient(version, { startServer: () => startMistralServer(), make: openMistral })
