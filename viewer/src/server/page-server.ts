import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Failure, Status } from '../api/general.ts'
import type { Store } from '../store/store.ts'
import type { Guard } from './guard.ts'
import type { Live } from './live.ts'
import { CONTENT_TYPE, prometheusText } from './prometheus.ts'
import { Parameters, QueryError } from './query.ts'
import { routes } from './routes/index.ts'
import { staticFile } from './static.ts'

/** What the page is made of; telemetry must find no way to run, nor to reach another machine. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const PATTERNS = routes.map(({ path, answer }) => ({
  pattern: new RegExp(`^${path.replace('{id}', '([^/]+)')}$`),
  answer,
}))

export interface PageParts {
  readonly store: Store
  readonly live: Live
  readonly guard: Guard
  readonly status: () => Status
}

/** Serves the page and its API. */
export function createPageServer(parts: PageParts): Server {
  return createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
    serve(request, response, parts).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else fail(response, 500, error instanceof Error ? error.message : String(error))
    })
  })
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  parts: PageParts,
): Promise<void> {
  const { live, guard } = parts
  if (!URL.canParse(request.url ?? '', 'http://viewer')) return fail(response, 400, 'No such path.')
  const url = new URL(request.url ?? '', 'http://viewer')
  const cookie = guard.cookieFor(url.searchParams.get('token'))
  if (cookie !== undefined) {
    response.writeHead(303, { 'set-cookie': cookie, location: url.pathname }).end()
    return
  }
  const refusal = guard.refusal(request)
  if (refusal) return fail(response, refusal.status, refusal.reason)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    return fail(response, 405, 'Only GET is answered.')
  }
  if (url.pathname === '/data/live') {
    if (!live.listen(response)) fail(response, 503, 'Too many pages listen.')
    return
  }
  if (url.pathname === '/metrics') {
    response.writeHead(200, { 'content-type': CONTENT_TYPE })
    response.end(prometheusText(parts.store.latest()))
    return
  }
  if (/^\/(?:data|api)\//.test(url.pathname)) return data(response, url, parts)
  const file = await staticFile(url.pathname)
  if (!file) return fail(response, 404, 'No such page.')
  response.writeHead(200, { 'content-type': file.type })
  response.end(file.body)
}

function data(
  response: ServerResponse,
  { pathname, searchParams }: URL,
  { store, status }: PageParts,
): void {
  for (const { pattern, answer } of PATTERNS) {
    const match = pattern.exec(pathname)
    if (!match) continue
    try {
      const id = decodeURIComponent(match[1] ?? '')
      const answered = answer({ store, status, id, parameters: new Parameters(searchParams) })
      if (answered === undefined) return fail(response, 404, `There is no ${id}.`)
      return json(response, 200, answered)
    } catch (error) {
      if (!(error instanceof QueryError || error instanceof URIError)) throw error
      return fail(response, 400, error.message)
    }
  }
  return fail(response, 404, 'No such path.')
}

function fail(response: ServerResponse, status: number, error: string): void {
  json(response, status, { error } satisfies Failure)
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
