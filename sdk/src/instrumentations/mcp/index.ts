import type { Callable } from '../../calls/replace.ts'
import { wrap } from '../../calls/wrap.ts'
import type { Subscription } from '../../frameworks/subscription.ts'
import { guard } from '../../guard.ts'
import { sendMcp } from '../../operations/mcp.ts'
import type { Carrier } from '../../operations/mcp-request.ts'
import { beginSession, endSession } from './session.ts'
import { type Protocol, readerOf, received } from './protocol.ts'
import { noteRequest, watchNotificationHandler, watchRequestHandler } from './handlers.ts'
import { type Message, readRequest, withMeta } from './wire.ts'

/** Both sides of the Model Context Protocol stand on one class, which sends and serves all requests. */
function subscribe(declared: Readonly<Record<string, unknown>>): number {
  const prototype = (declared['Protocol'] as { prototype?: object } | undefined)?.prototype
  if (!prototype) return 0
  const isSecond = '_requestWithSchemaViaCodec' in prototype
  const sends = isSecond
    ? wrap(prototype, '_requestWithSchemaViaCodec', (original) => sending(original, 1))
    : wrap(prototype, 'request', (original) => sending(original, 0))
  if (isSecond) wrap(prototype, '_notificationViaCodec', (original) => notifying(original, 1))
  else wrap(prototype, 'notification', (original) => notifying(original, 0))
  const serves = wrap(prototype, '_onrequest', serving)
  wrap(prototype, '_onnotification', notified)
  wrap(prototype, 'connect', connecting)
  wrap(prototype, '_onclose', closing)
  return sends && serves ? 1 : 0
}

/** `index` is that of the request among the arguments; its options are two further on. */
function sending(original: Callable, index: number): Callable {
  return function (this: Protocol, ...args: unknown[]) {
    const message = args[index] as Message
    const { signal } = (args[index + 2] ?? {}) as { readonly signal?: AbortSignal }
    const send = (carrier: Carrier): unknown =>
      Reflect.apply(original, this, args.with(index, withMeta(message, carrier)))
    const request = guard('mcp request', () => readRequest(message, this._requestMessageId))
    if (!request) return send({})
    return sendMcp(request, readerOf(this, request, { signal }, received), send)
  }
}

/** `index` is that of the notification among the arguments. Cancellations are sent otherwise: their requests tell of them. */
function notifying(original: Callable, index: number): Callable {
  return function (this: Protocol, ...args: unknown[]) {
    const message = args[index] as Message
    const send = (carrier: Carrier): unknown =>
      Reflect.apply(original, this, args.with(index, withMeta(message, carrier)))
    const request = guard('mcp notification', () => readRequest(message, undefined))
    if (!request) return send({})
    return sendMcp(request, readerOf(this, request, {}, received), send)
  }
}

function serving(original: Callable): Callable {
  return function (this: Protocol, ...args: unknown[]) {
    const message = args[0] as Message
    guard('mcp request', () => watchRequestHandler(this, message.method))
    const result = Reflect.apply(original, this, args)
    guard('mcp request', () => noteRequest(this, message))
    return result
  }
}

function notified(original: Callable): Callable {
  return function (this: Protocol, ...args: unknown[]) {
    guard('mcp notification', () => watchNotificationHandler(this, (args[0] as Message).method))
    return Reflect.apply(original, this, args)
  }
}

function connecting(original: Callable): Callable {
  return function (this: Protocol, ...args: unknown[]) {
    guard('mcp session', () => beginSession(this))
    return Reflect.apply(original, this, args)
  }
}

function closing(original: Callable): Callable {
  return function (this: Protocol, ...args: unknown[]) {
    guard('mcp session', () => endSession(this))
    return Reflect.apply(original, this, args)
  }
}

const subscription = (module: string, major: number, files: readonly string[]): Subscription => ({
  module,
  majors: [major],
  files,
  targets: ['Protocol'],
  subscribe,
})

/** The Model Context Protocol: clients and servers, in one package until 1.x and in two from 2.x on. */
export const mcp: readonly Subscription[] = [
  subscription('@modelcontextprotocol/sdk', 1, ['dist/(?:esm|cjs)/shared/protocol']),
  subscription('@modelcontextprotocol/client', 2, ['dist/src-[\\w-]+']),
  subscription('@modelcontextprotocol/server', 2, ['dist/src-[\\w-]+']),
]
