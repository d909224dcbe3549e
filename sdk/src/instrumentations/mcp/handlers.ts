import type { Callable } from '../../calls/replace.ts'
import { guard } from '../../guard.ts'
import { serveMcp } from '../../operations/mcp.ts'
import type { Carrier, McpRequest } from '../../operations/mcp-request.ts'
import { answered, type Protocol, receiverOf, received } from './protocol.ts'
import { carrierOf, type Extra, idOf, type Message, readRequest } from './wire.ts'

const CANCELLED = 'notifications/cancelled'

const watched = new WeakSet<Callable>()

/** Handlers are told apart by their method, and are there before the first request. */
export function watchRequestHandler(protocol: Protocol, method: string): void {
  const watch = (handler: Callable): Callable => watchedRequestHandler(protocol, handler)
  watchIn(protocol._requestHandlers, method, watch)
  const { fallbackRequestHandler: fallback } = protocol
  if (isUnwatched(fallback)) protocol.fallbackRequestHandler = marked(watch(fallback))
}

/** The same of notifications. One that nobody handles is none. */
export function watchNotificationHandler(protocol: Protocol, method: string): void {
  const watch = (handler: Callable): Callable => watchedNotificationHandler(protocol, handler)
  watchIn(protocol._notificationHandlers, method, watch)
  const { fallbackNotificationHandler: fallback } = protocol
  if (isUnwatched(fallback)) protocol.fallbackNotificationHandler = marked(watch(fallback))
}

function watchIn(
  handlers: Map<string, Callable>,
  method: string,
  watch: (handler: Callable) => Callable,
): void {
  const handler = handlers.get(method)
  if (isUnwatched(handler)) handlers.set(method, marked(watch(handler)))
}

const isUnwatched = (handler: Callable | undefined): handler is Callable =>
  handler !== undefined && !watched.has(handler)

function marked(handler: Callable): Callable {
  watched.add(handler)
  return handler
}

function watchedRequestHandler(protocol: Protocol, handler: Callable): Callable {
  return function (this: unknown, ...args: unknown[]): unknown {
    const answer = (): unknown => Reflect.apply(handler, this, args)
    const [message, extra] = args as [Message, Extra]
    const request = guard('mcp request', () => readRequest(message, idOf(extra)))
    if (!request) return answer()
    const reader = receiverOf(protocol, request, extra, answered)
    return serveMcp(request, reader, carrierOf(message), answer)
  }
}

function watchedNotificationHandler(protocol: Protocol, handler: Callable): Callable {
  return function (this: unknown, ...args: unknown[]): unknown {
    const hear = (): unknown => Reflect.apply(handler, this, args)
    const heard = guard('mcp notification', () => readNotification(protocol, args[0] as Message))
    if (!heard) return hear()
    const [notification, carrier] = heard
    return serveMcp(notification, receiverOf(protocol, notification, {}, received), carrier, hear)
  }
}

/** Trace context of requests that are being answered, by what cancels them. */
const carriers = new WeakMap<AbortController, Carrier>()

/** Notes what a request came with, for its cancellation, which comes with nothing. */
export function noteRequest(protocol: Protocol, message: Message): void {
  const controller = protocol._requestHandlerAbortControllers.get(message.id)
  if (controller) carriers.set(controller, carrierOf(message))
}

/** A cancellation goes with the request that it is of; one that comes too late cancels nothing. */
function readNotification(
  protocol: Protocol,
  message: Message,
): readonly [McpRequest, Carrier] | undefined {
  const notification = readRequest(message, undefined)
  if (notification.method !== CANCELLED) return [notification, carrierOf(message)]
  const id = message.params?.['requestId']
  const controller = protocol._requestHandlerAbortControllers.get(id)
  return controller && [notification, carriers.get(controller) ?? {}]
}
