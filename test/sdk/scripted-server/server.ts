import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import type { Api, Dialect, ScriptedRequest } from './dialect.ts'
import type { Usage } from './script.ts'
import { scriptOf } from './scripts.ts'
import { sendBody, sendEvents, serverSentEvents } from './transport.ts'

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
  /** 0 where no header was sent. */
  status: number
  /** What the call costs; absent when it was refused. */
  billed?: Usage
  /** Whether the client was told what was billed. */
  usageSent: boolean
  /** True when the client closed the connection before the whole answer was sent. */
  closedByClient: boolean
}

export interface ScriptedServer {
  /** The address of the API, as a client's `baseURL`. */
  readonly baseURL: string
  readonly port: number
  /** Every request so far, in the order in which they came. */
  readonly exchanges: readonly Exchange[]
  /** Every message that came on a WebSocket. */
  readonly messages: readonly string[]
  close(): Promise<void>
}

/**
 * Starts a server on loopback that speaks a provider's wire format. What it answers is scripted by
 * the model's name (`scripts.ts`); it keeps nothing between requests but the list of them.
 */
export async function startScriptedServer<Request extends ScriptedRequest>(
  dialect: Dialect<Request>,
  port = 0,
): Promise<ScriptedServer> {
  const exchanges: Exchange[] = []
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    void handle(dialect, request, response, exchanges)
  })
  const messages: string[] = []
  const sockets = dialect.converse && new WebSocketServer({ server })
  sockets?.on('connection', (socket) => {
    socket.on('message', (data) => {
      const message = (data as Buffer).toString()
      messages.push(message)
      dialect.converse?.(socket, message)
    })
  })
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address() as AddressInfo
  return {
    baseURL: `http://127.0.0.1:${address.port}${dialect.basePath}`,
    port: address.port,
    exchanges,
    messages,
    close: async () => {
      for (const socket of sockets?.clients ?? []) socket.terminate()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function handle<Request extends ScriptedRequest>(
  dialect: Dialect<Request>,
  incoming: IncomingMessage,
  response: ServerResponse,
  exchanges: Exchange[],
): Promise<void> {
  const body = await text(incoming)
  const path = incoming.url ?? '/'
  const url = new URL(path, `http://${incoming.headers.host}`)
  const request = dialect.read(url, body, incoming.method ?? '')
  const { model } = request
  const exchange: Exchange = {
    method: incoming.method ?? '',
    path,
    headers: incoming.headers,
    body,
    model,
    stream: request.stream ?? false,
    attempt: dialect.attempt({ headers: incoming.headers, path, body }, exchanges),
    status: 200,
    usageSent: false,
    closedByClient: false,
  }
  exchanges.push(exchange)
  // some clients hand headers on: what they get must not differ from run to run
  response.sendDate = false
  response.once('close', () => {
    exchange.closedByClient = !response.writableFinished && scriptOf(model).cut?.how !== 'destroy'
  })
  setHeaders(response, dialect.headers(model))
  const api = dialect.apis.find((candidate) => answers(candidate, url.pathname))
  if (!api) return sendBody(response, 404, { error: { message: `Unknown path ${url.pathname}` } })
  await reply(dialect, api, request, response, exchange)
}

const answers = ({ path }: { readonly path: string | RegExp }, pathname: string): boolean =>
  typeof path === 'string' ? pathname.endsWith(path) : path.test(pathname)

async function reply<Request extends ScriptedRequest>(
  dialect: Dialect<Request>,
  api: Api<Request>,
  request: Request,
  response: ServerResponse,
  exchange: Exchange,
): Promise<void> {
  const script = scriptOf(request.model)
  if (script.delay.headers > 0) await wait(script.delay.headers, undefined, { ref: false })
  const { rejects, stumbles } = script
  if (stumbles && exchange.attempt < stumbles.attempts) {
    exchange.status = 0
    if (stumbles.how === 'destroy') response.socket?.destroy()
    return
  }
  if (rejects && exchange.attempt < (rejects.attempts ?? Infinity)) {
    const { status, error, headers } = dialect.refusals[rejects.refusal]
    exchange.status = status
    setHeaders(response, headers)
    return sendBody(response, status, error)
  }
  const { body, events, usage, streamsUsage, headers } = api.answer(request, script)
  setHeaders(response, headers)
  if (usage) exchange.billed = usage
  exchange.usageSent = request.stream ? streamsUsage && !script.cut : true
  if (!request.stream) return sendBody(response, 200, body)
  const { malformed, framing = serverSentEvents(script) } = dialect
  await sendEvents(response, events, script, { malformed, ...api }, framing)
}

function setHeaders(to: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(headers)) to.setHeader(name, value)
}
