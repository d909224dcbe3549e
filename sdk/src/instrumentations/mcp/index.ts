import type { Callable } from '../../calls/replace.ts'
import { wrap } from '../../calls/wrap.ts'
import type { Subscription } from '../../frameworks/subscription.ts'
import { guard } from '../../guard.ts'
import { sendMcp, serveMcp } from '../../operations/mcp.ts'
import type { Carrier } from '../../operations/mcp-request.ts'
import { beginSession, endSession } from './session.ts'
import { answered, type Protocol, readerOf, received } from './protocol.ts'
import { carrierOf, type Extra, idOf, type Message, readRequest, withMeta } from './wire.ts'

/** Both sides of the Model Context Protocol stand on one class, which sends and serves all requests. */
function subscribe(declared: Readonly<Record<string, unknown>>): number {
  const prototype = (declared['Protocol'] as { prototype?: object } | undefined)?.prototype
  if (!prototype) return 0
  const isSecond = '_requestWithSchemaViaCodec' in prototype
  const sends = isSecond
    ? wrap(prototype, '_requestWithSchemaViaCodec', (original) => sending(original, 1))
    : wrap(prototype, 'request', (original) => sending(original, 0))
  const serves = wrap(prototype, '_onrequest', serving)
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

function serving(original: Callable): Callable {
  return function (this: Protocol, ...args: unknown[]) {
    guard('mcp request', () => watchHandler(this, (args[0] as Message).method))
    return Reflect.apply(original, this, args)
  }
}

const watched = new WeakSet<Callable>()

/** Handlers are told apart by their method, and are there before the first request. */
function watchHandler(protocol: Protocol, method: string): void {
  const handlers = protocol._requestHandlers
  const handler = handlers.get(method)
  if (handler && !watched.has(handler)) handlers.set(method, watchedHandler(protocol, handler))
  const fallback = protocol.fallbackRequestHandler
  if (!handler && fallback && !watched.has(fallback)) {
    protocol.fallbackRequestHandler = watchedHandler(protocol, fallback)
  }
}

function watchedHandler(protocol: Protocol, handler: Callable): Callable {
  const serve = function (this: unknown, ...args: unknown[]): unknown {
    const answer = (): unknown => Reflect.apply(handler, this, args)
    const [message, extra] = args as [Message, Extra]
    const request = guard('mcp request', () => readRequest(message, idOf(extra)))
    if (!request) return answer()
    const reader = readerOf(protocol, request, extra, answered)
    return serveMcp(request, reader, carrierOf(message), answer)
  }
  watched.add(serve)
  return serve
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
