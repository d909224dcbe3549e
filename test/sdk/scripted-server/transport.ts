import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Framing, ServerSentEvent } from './dialect.ts'
import type { Script } from './script.ts'

/** How a dialect breaks a stream. */
export interface Breaks {
  readonly malformed: string | Uint8Array
  readonly errorEvent?: ServerSentEvent
}

/** Sends one JSON body, or lines of JSON. */
export function sendBody(to: ServerResponse, status: number, body: object | string): void {
  const isLines = typeof body === 'string'
  to.writeHead(status, { 'content-type': isLines ? 'application/x-jsonl' : 'application/json' })
  to.end(isLines ? body : JSON.stringify(body))
}

/** Sends the events as the script paces, lays out and cuts them. */
export async function sendEvents(
  to: ServerResponse,
  events: readonly ServerSentEvent[],
  script: Script,
  { malformed, errorEvent }: Breaks,
  { contentType, encode }: Framing,
): Promise<void> {
  const { cut, delay } = script
  to.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache' })
  to.flushHeaders()
  await pause(delay.first)
  for (const [index, event] of events.slice(0, cut?.after).entries()) {
    if (index > 0) await pause(delay.between)
    if (to.destroyed) return
    await send(to, encode(event), script.wire.packet)
  }
  if (cut?.how === 'destroy') return void to.socket?.destroy()
  if (cut?.how === 'stall') return
  if (cut?.how === 'malformed') await send(to, malformed)
  if (cut?.how === 'error event' && errorEvent) await send(to, encode(errorEvent))
  to.end()
}

/** Events as most providers send them. */
export function serverSentEvents({ wire }: Script): Framing {
  return {
    contentType: 'text/event-stream; charset=utf-8',
    encode: ({ event, data }) => {
      const lines = event === undefined ? [`data: ${data}`] : [`event: ${event}`, `data: ${data}`]
      return [...lines, '', ''].join(wire.crlf ? '\r\n' : '\n')
    },
  }
}

// Waits until each packet has left: a stream cut by `destroy` loses nothing that was sent before.
async function send(
  to: ServerResponse,
  event: string | Uint8Array,
  packet = Infinity,
): Promise<void> {
  const bytes = typeof event === 'string' ? Buffer.from(event) : event
  for (let from = 0; from < bytes.length; from += packet) {
    const sent = Promise.withResolvers<void>()
    to.write(bytes.subarray(from, from + packet), () => sent.resolve())
    to.once('close', sent.resolve)
    await sent.promise
    to.off('close', sent.resolve)
  }
}

async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await wait(milliseconds, undefined, { ref: false })
}
