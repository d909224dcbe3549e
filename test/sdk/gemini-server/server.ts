import type { Dialect } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'
import { geminiEmbeddings, vertexEmbeddings } from './embeddings.ts'
import { generate } from './generate.ts'
import { converse } from './live.ts'
import { mediaApis, otherApis } from './other-apis.ts'
import { refusals } from './refusals.ts'
import type { RequestBody } from './request.ts'

const METHOD = /\/models\/([^/]+):(\w+)$/
const THING = /\/(?:batches|cachedContents|files)\/([^/:]+)/

export const dialect: Dialect<RequestBody> = {
  basePath: '',
  apis: [generate, geminiEmbeddings, ...mediaApis, vertexEmbeddings, ...otherApis],
  refusals,
  converse,
  malformed: 'data: {"candidates":[\n\n',
  read: ({ pathname }, body) => {
    const path = decodeURIComponent(pathname)
    const [, model, method] = METHOD.exec(path) ?? THING.exec(path) ?? []
    const parsed = read(body)
    const named = model ?? parsed.model?.replace('models/', '') ?? ''
    return { ...parsed, model: named, stream: method === 'streamGenerateContent' }
  },
  headers: () => ({ 'server-timing': 'gfet4t7; dur=12' }),
  // the client does not say which of its attempts a request is
  attempt: ({ path, body }, earlier) =>
    earlier.filter((other) => other.path === path && other.body === body && other.status !== 200)
      .length,
}

/** A body that is no JSON is a file's. */
function read(body: string): Partial<RequestBody> {
  return body.startsWith('{') ? (JSON.parse(body) as Partial<RequestBody>) : {}
}

/** Starts a scripted server that speaks the wire format of the Gemini API, and Vertex AI's. */
export function startGeminiServer(port?: number): Promise<ScriptedServer> {
  return startScriptedServer(dialect, port)
}
