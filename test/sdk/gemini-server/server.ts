import type { Api, Dialect } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'
import { geminiEmbeddings, vertexEmbeddings } from './embeddings.ts'
import { generate } from './generate.ts'
import { refusals } from './refusals.ts'
import type { RequestBody } from './request.ts'

const METHOD = /\/models\/([^/]+):(\w+)$/

const plain = (path: string, body: object): Api<RequestBody> => ({
  path,
  answer: () => ({ body, events: [], streamsUsage: false }),
})

const dialect: Dialect<RequestBody> = {
  basePath: '',
  apis: [
    generate,
    geminiEmbeddings,
    vertexEmbeddings,
    plain(':countTokens', { totalTokens: 31 }),
    plain('/models', { models: [{ name: 'models/gemini-3.8-flash' }] }),
  ],
  refusals,
  malformed: 'data: {"candidates":[\n\n',
  read: ({ pathname }, body) => {
    const [, model = '', method] = METHOD.exec(decodeURIComponent(pathname)) ?? []
    const parsed = (body ? JSON.parse(body) : {}) as Partial<RequestBody>
    return { ...parsed, model, stream: method === 'streamGenerateContent' }
  },
  headers: () => ({ 'server-timing': 'gfet4t7; dur=12' }),
  // the client does not say which of its attempts a request is
  attempt: ({ path, body }, earlier) =>
    earlier.filter((other) => other.path === path && other.body === body && other.status !== 200)
      .length,
}

/** Starts a scripted server that speaks the wire format of the Gemini API, and Vertex AI's. */
export function startGeminiServer(port?: number): Promise<ScriptedServer> {
  return startScriptedServer(dialect, port)
}
