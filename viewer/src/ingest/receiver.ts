import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  encodeResponse,
  encodeStatus,
  type Message,
  responseMessage,
  type Signal,
} from '../otlp/messages.ts'
import type { Guard } from '../server/guard.ts'
import { BodyError, readBody } from './body.ts'
import type { Encoding } from './exchange.ts'
import type { Ingest } from './ingest.ts'

const SIGNALS: Readonly<Record<string, Signal>> = {
  '/v1/traces': 'traces',
  '/v1/metrics': 'metrics',
  '/v1/logs': 'logs',
}
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  'application/x-protobuf': 'protobuf',
  'application/json': 'json',
}
const TYPES: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}
/** Seconds after which a sender may try again. */
const RETRY_AFTER = '1'

/** Codes of gRPC, by the status of HTTP that goes with them. */
const CODES: Readonly<Record<number, number>> = { 400: 3, 413: 8, 503: 14 }

/** Receives OTLP over HTTP as its specification says. */
export function createReceiver(ingest: Ingest, guard: Guard): Server {
  return createServer((request, response) => {
    receive(request, response, ingest, guard).catch(() => response.destroy())
  })
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  ingest: Ingest,
  guard: Guard,
): Promise<void> {
  const refusal = guard.refusal(request, { anyHost: true })
  const signal = SIGNALS[(request.url ?? '').split('?')[0] ?? '']
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const encoding = ENCODINGS[type]
  if (refusal) return plain(response, refusal.status, refusal.reason)
  if (!signal) return plain(response, 404, 'OTLP goes to /v1/traces, /v1/metrics or /v1/logs.')
  if (request.method !== 'POST') return plain(response, 405, 'OTLP is sent with POST.')
  if (!encoding) {
    return plain(response, 415, `Content-Type is ${Object.values(TYPES).join(' or ')}.`)
  }
  const fail = (status: number, reason: string): void =>
    answer(response, status, encoding, undefined, { code: CODES[status] ?? 2, message: reason })
  if (ingest.isBusy) {
    response.setHeader('retry-after', RETRY_AFTER)
    return fail(503, 'It is busy writing; try again.')
  }
  let body: Uint8Array
  try {
    body = await readBody(request)
  } catch (error) {
    if (!(error instanceof BodyError)) throw error
    return fail(error.status, error.message)
  }
  const outcome = await ingest.deliver(signal, encoding, body)
  if (outcome.kind === 'malformed') return fail(400, outcome.reason)
  if (outcome.kind !== 'kept') {
    response.setHeader('retry-after', RETRY_AFTER)
    return fail(503, outcome.reason)
  }
  return answer(response, 200, encoding, signal, responseMessage(signal, outcome.rejection))
}

function answer(
  response: ServerResponse,
  status: number,
  encoding: Encoding,
  signal: Signal | undefined,
  message: Message,
): void {
  const protobuf = (): Uint8Array =>
    signal ? encodeResponse(signal, message) : encodeStatus(message)
  response.writeHead(status, { 'content-type': TYPES[encoding] })
  response.end(encoding === 'json' ? JSON.stringify(message) : protobuf())
}

function plain(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 405 && { allow: 'POST' }),
  })
  response.end(`${reason}\n`)
}
