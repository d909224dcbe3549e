import { setImmediate as turn } from 'node:timers/promises'

/** What the provider answers from now on. */
export interface Answer {
  readonly body: string
  readonly type: 'application/json' | 'text/event-stream'
  readonly status?: number
}

/** Bytes that a stream brings at once. */
const PACKET = 4096

/**
 * Stands in for the network: requests to a provider are answered from memory, a turn of the event loop
 * later. What goes to this machine goes there, all else nowhere.
 */
export function answerFromMemory(host: string): (answer: Answer) => void {
  const real = globalThis.fetch
  let respond: (() => Response) | undefined
  globalThis.fetch = async (input, options) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input)
    if (hostname === '127.0.0.1') return real(input, options)
    if (hostname !== host) throw new Error(`The bench does not reach ${hostname}`)
    await turn()
    return respond?.() ?? Response.error()
  }
  return ({ body, type, status = 200 }) => {
    const init = { status, headers: { 'content-type': type } }
    const packets = type === 'text/event-stream' ? packetsOf(body) : undefined
    respond = () => new Response(packets ? ReadableStream.from(packets) : body, init)
  }
}

function packetsOf(text: string): Uint8Array[] {
  const bytes = Buffer.from(text)
  const count = Math.ceil(bytes.length / PACKET)
  return Array.from(
    { length: count },
    (_, index) => new Uint8Array(bytes.subarray(index * PACKET, (index + 1) * PACKET)),
  )
}
