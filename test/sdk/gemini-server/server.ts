import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import type { Script, Usage } from '../scripted-server/script.ts'
import { scriptOf } from '../scripted-server/scripts.ts'
import type { Exchange } from '../scripted-server/server.ts'
import { sendBody, sendEvents } from '../scripted-server/transport.ts'
import { answer } from './generate.ts'
import { refusals } from './refusals.ts'
import type { RequestBody } from './request.ts'

export interface GeminiServer {
  /** The address of the API, as a client's `httpOptions.baseUrl`. */
  readonly baseURL: string
  readonly port: number
  /** Every request so far, in the order in which they came. */
  readonly exchanges: readonly Exchange[]
  close(): Promise<void>
}

const ERROR = { code: 500, message: 'Internal: CANARY-ERROR-TEXT', status: 'INTERNAL' }
const METHOD = /\/models\/([^/]+):(\w+)$/
const VECTOR = [0.0123, -0.5, 0.25, 0.75]

/**
 * Starts a server on loopback that speaks the wire format of the Gemini API and of Vertex AI. What it
 * answers is scripted by the model's name; it keeps nothing between requests but the list of them.
 */
export async function startGeminiServer(): Promise<GeminiServer> {
  const exchanges: Exchange[] = []
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    void handle(request, response, exchanges)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseURL: `http://127.0.0.1:${port}`,
    port,
    exchanges,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  exchanges: Exchange[],
): Promise<void> {
  const body = await text(request)
  const path = request.url ?? '/'
  const { pathname } = new URL(path, 'http://localhost')
  const [, model = '', method = ''] = METHOD.exec(decodeURIComponent(pathname)) ?? []
  const exchange: Exchange = {
    method: request.method ?? '',
    path,
    headers: request.headers,
    body,
    model,
    stream: method === 'streamGenerateContent',
    attempt: attemptOf(path, body, exchanges),
    status: 200,
    usageSent: false,
    closedByClient: false,
  }
  exchanges.push(exchange)
  const script = blocked(scriptOf(model), model)
  response.once('close', () => {
    exchange.closedByClient = !response.writableFinished && script.cut?.how !== 'destroy'
  })
  const parsed = (body ? JSON.parse(body) : {}) as RequestBody
  await reply(response, exchange, method, parsed, script)
}

// The client does not say which of its attempts a request is.
function attemptOf(path: string, body: string, exchanges: readonly Exchange[]): number {
  const same = exchanges.filter((earlier) => earlier.path === path && earlier.body === body)
  return same.filter(({ status }) => status >= 400).length
}

/** A prompt that is stopped before anything is said. */
const blocked = (script: Script, model: string): Script =>
  model.split(':', 1)[0] === 'blocked' ? { ...script, pieces: [] } : script

async function reply(
  response: ServerResponse,
  exchange: Exchange,
  method: string,
  request: RequestBody,
  script: Script,
): Promise<void> {
  const { model, attempt, stream } = exchange
  if (script.delay.headers > 0) await wait(script.delay.headers, undefined, { ref: false })
  const refusal = refusals[model.split(':', 1)[0] ?? '']
  if (refusal && attempt < (refusal.attempts ?? Infinity)) {
    exchange.status = refusal.status
    return sendBody(response, refusal.status, refusal.error)
  }
  if (!method.endsWith('enerateContent')) {
    const other = others[method]?.(request)
    if (!other) return sendBody(response, 404, { error: { ...ERROR, code: 404 } })
    if (other.usage) Object.assign(exchange, { billed: other.usage, usageSent: true })
    return sendBody(response, 200, other.body)
  }
  const { body, chunks, usage } = answer(model, request, script)
  exchange.billed = usage
  exchange.usageSent = !stream || !script.cut
  if (!stream) return sendBody(response, 200, body)
  const events = chunks.map((chunk) => ({ data: JSON.stringify(chunk) }))
  const errorEvent = { data: JSON.stringify({ error: ERROR }) }
  return sendEvents(response, events, script, {
    errorEvent,
    malformed: 'data: {"candidates":[\n\n',
  })
}

type Other = (request: RequestBody) => { readonly body: object; readonly usage?: Usage }

const tokens = (input: number): Usage => ({
  input,
  cached: 0,
  cacheWritten: 0,
  output: 0,
  reasoning: 0,
})

const others: Readonly<Record<string, Other>> = {
  batchEmbedContents: ({ requests = [] }) => ({
    body: {
      embeddings: requests.map(() => ({ values: VECTOR })),
      usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 },
    },
    usage: tokens(9),
  }),
  predict: ({ instances = [] }) => ({
    body: {
      predictions: instances.map(() => ({
        embeddings: { values: VECTOR, statistics: { truncated: false, token_count: 5 } },
      })),
    },
    usage: tokens(5 * instances.length),
  }),
  countTokens: () => ({ body: { totalTokens: 31 } }),
}
