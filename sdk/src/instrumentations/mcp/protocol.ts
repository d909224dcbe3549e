import type { Callable } from '../../calls/replace.ts'
import type {
  McpConnection,
  McpFailure,
  McpReader,
  McpRequest,
} from '../../operations/mcp-request.ts'
import { type Extra, signalOf, text } from './wire.ts'

/** What is read of the class that clients and servers stand on. */
export interface Protocol {
  readonly _requestMessageId?: number
  readonly _requestHandlers: Map<string, Callable>
  fallbackRequestHandler?: Callable
  readonly _notificationHandlers: Map<string, Callable>
  fallbackNotificationHandler?: Callable
  /** Of requests that are being answered, by their ids. */
  readonly _requestHandlerAbortControllers: ReadonlyMap<unknown, AbortController>
  /** Only from 2.x on. */
  readonly _negotiatedProtocolVersion?: string
  readonly transport?: object | undefined
}

/** What 1.x agreed on, which it does not keep. */
const versions = new WeakMap<object, string>()

/**
 * How a request of a client or server is read; `extra` is what came with it. `failure` tells of an error,
 * unless that comes of a cancellation.
 */
export function readerOf(
  protocol: Protocol,
  { method }: McpRequest,
  extra: Extra,
  failure: (error: unknown) => McpFailure,
): McpReader {
  const signal = signalOf(extra)
  return {
    connection: (result) => {
      if (method === 'initialize') learn(protocol, result)
      return connectionOf(protocol, extra)
    },
    refusal,
    failure: (error) => (signal?.aborted === true ? cancelled(signal) : failure(error)),
  }
}

/** How a request is read by the side that it comes to, which is not asked where the server is. */
export function receiverOf(...of: Parameters<typeof readerOf>): McpReader {
  const reader = readerOf(...of)
  const connection = (result: unknown): McpConnection => {
    const { address: _address, port: _port, ...rest } = reader.connection(result)
    return rest
  }
  return { ...reader, connection }
}

function learn(protocol: Protocol, result: unknown): void {
  const agreed = text((result as { protocolVersion?: unknown } | undefined)?.protocolVersion)
  if (agreed !== undefined) versions.set(protocol, agreed)
}

/** What is known of the connection of a client or server now. */
export function connectionOf(protocol: Protocol, extra: Extra = {}): McpConnection {
  const transport = (protocol.transport ?? {}) as Readonly<Record<string, unknown>>
  const url = transport['_url']
  return {
    sessionId: text(extra.sessionId) ?? text(transport['sessionId']),
    protocolVersion:
      text(protocol._negotiatedProtocolVersion) ??
      versions.get(protocol) ??
      text(extra.requestInfo?.headers?.['mcp-protocol-version']),
    transport: kindOf(transport),
    ...(url instanceof URL ? serverAt(url) : {}),
  }
}

function serverAt({ hostname, port, protocol }: URL): Pick<McpConnection, 'address' | 'port'> {
  const usual = protocol === 'https:' || protocol === 'wss:' ? 443 : 80
  return { address: hostname, port: port === '' ? usual : Number(port) }
}

/** Transports are known by what they have, since bundlers rename classes. */
function kindOf(transport: object): McpConnection['transport'] {
  if ('_serverParams' in transport || '_stdin' in transport) return 'pipe'
  const isHttp = ['_url', 'handleRequest', 'handlePostMessage', '_endpoint'].some(
    (member) => member in transport,
  )
  return isHttp ? 'tcp' : undefined
}

/** A tool that failed is a result that says so. */
function refusal(result: unknown): McpFailure | undefined {
  const { isError, content } = (result ?? {}) as { isError?: unknown; content?: unknown }
  if (isError !== true) return undefined
  const texts = Array.isArray(content) ? content.map((part: { text?: unknown }) => part.text) : []
  return {
    code: 'tool_error',
    message: texts.filter((part) => typeof part === 'string').join('\n'),
    isAnswer: false,
  }
}

/** Codes that this side gives what it did not hear from the other: no answer, no connection. */
const LOCAL: ReadonlyMap<unknown, string> = new Map([
  [-32_000, 'ConnectionClosed'],
  [-32_001, 'RequestTimeout'],
])

const INTERNAL = -32_603

/** An error that a sender gets: the peer's, or one of its own. */
export function received(error: unknown): McpFailure {
  const { code, name, message } = fieldsOf(error)
  if (!Number.isSafeInteger(code)) {
    const kind = text(code) ?? text(name) ?? 'Error'
    return { code: kind, name: kind, message, isAnswer: false }
  }
  const local = LOCAL.get(code)
  if (local === undefined) return answer(Number(code), message)
  return { code: String(code), name: local, message, isAnswer: false }
}

/** An error that a handler throws: the peer gets its code, or that of any internal error. */
export function answered(error: unknown): McpFailure {
  const { code, message } = fieldsOf(error)
  return answer(Number.isSafeInteger(code) ? Number(code) : INTERNAL, message)
}

function answer(code: number, message: string): McpFailure {
  const type = code === INTERNAL ? 'server_error' : 'invalid_request_error'
  return { code: String(code), type: code > -32_600 ? undefined : type, message, isAnswer: true }
}

function fieldsOf(error: unknown): { code?: unknown; name?: unknown; message: string } {
  const { code, name, message } = (error ?? {}) as Readonly<Record<string, unknown>>
  return { code, name, message: text(message) ?? String(error) }
}

function cancelled({ reason }: AbortSignal): McpFailure {
  const { name = 'AbortError', message = '' } = (reason ?? {}) as Partial<Error>
  return { code: name, name, message, isAnswer: false }
}
