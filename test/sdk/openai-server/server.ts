import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import type { Api, RequestBody } from './api.ts'
import { chat } from './chat.ts'
import { completions } from './completions.ts'
import { embeddings } from './embeddings.ts'
import { responses } from './responses.ts'
import type { Usage } from './script.ts'
import { scriptOf } from './scripts.ts'
import { sendEvents, sendJson } from './transport.ts'

/** One HTTP request that the server saw, and what became of it. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly model: string
  readonly stream: boolean
  /** 0 for the first attempt of a call; the client's own count of its retries after that. */
  readonly attempt: number
  status: number
  /** What the call costs; absent when it was refused. */
  billed?: Usage
  /** Whether the client was told what was billed. */
  usageSent: boolean
  /** True when the client closed the connection before the whole answer was sent. */
  closedByClient: boolean
}

export interface OpenAIServer {
  /** The address of the API, as a client's `baseURL`. */
  readonly baseURL: string
  readonly port: number
  /** Every request so far, in the order in which they came. */
  readonly exchanges: readonly Exchange[]
  close(): Promise<void>
}

// `/chat/completions` ends like `/completions`: the longer path comes first.
const APIS: readonly Api[] = [chat, responses, embeddings, completions]
const AZURE_DEPLOYMENT = /\/openai\/deployments\/([^/]+)\//

/**
 * Starts a server on loopback that speaks the OpenAI wire format. What it answers is scripted by
 * the model's name (`scripts.ts`); it keeps nothing between requests but the list of them.
 */
export async function startOpenAIServer(port = 0): Promise<OpenAIServer> {
  const exchanges: Exchange[] = []
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    void handle(request, response, exchanges)
  })
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address() as AddressInfo
  return {
    baseURL: `http://127.0.0.1:${address.port}/v1`,
    port: address.port,
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
  const deployment = AZURE_DEPLOYMENT.exec(pathname)?.[1]
  const parsed = (body ? JSON.parse(body) : {}) as RequestBody
  const model = parsed.model ?? decodeURIComponent(deployment ?? '')
  const exchange: Exchange = {
    method: request.method ?? '',
    path,
    headers: request.headers,
    body,
    model,
    stream: parsed.stream ?? false,
    attempt: Number(request.headers['x-stainless-retry-count'] ?? 0),
    status: 200,
    usageSent: false,
    closedByClient: false,
  }
  exchanges.push(exchange)
  response.once('close', () => {
    exchange.closedByClient = !response.writableFinished && scriptOf(model).cut?.how !== 'destroy'
  })
  setHeaders(response, model)
  if (pathname.endsWith('/models')) {
    return sendJson(response, 200, { object: 'list', data: [{ id: 'gpt-4o', object: 'model' }] })
  }
  const api = APIS.find((candidate) => pathname.endsWith(candidate.path))
  if (!api) return sendJson(response, 404, { error: { message: `Unknown path ${pathname}` } })
  await reply(response, { ...parsed, model }, api, exchange, deployment !== undefined)
}

async function reply(
  response: ServerResponse,
  request: RequestBody,
  api: Api,
  exchange: Exchange,
  azure: boolean,
): Promise<void> {
  const script = scriptOf(request.model)
  if (script.delay.headers > 0) await wait(script.delay.headers, undefined, { ref: false })
  const { rejects } = script
  if (rejects && exchange.attempt < (rejects.attempts ?? Infinity)) {
    exchange.status = rejects.status
    for (const [name, value] of Object.entries(rejects.headers ?? {})) {
      response.setHeader(name, value)
    }
    return sendJson(response, rejects.status, rejects.error)
  }
  const { body, events, usage, streamsUsage } = api.answer(request, script, azure)
  exchange.billed = usage
  exchange.usageSent = request.stream ? streamsUsage && !script.cut : true
  await (request.stream ? sendEvents(response, events, script, api) : sendJson(response, 200, body))
}

function setHeaders(response: ServerResponse, model: string): void {
  const headers = {
    'x-request-id': `req_${model}`,
    'openai-organization': 'org-1',
    'openai-processing-ms': '12',
    'openai-version': '2020-10-01',
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-limit-tokens': '30000000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-remaining-tokens': '29999971',
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-reset-tokens': '0s',
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}
