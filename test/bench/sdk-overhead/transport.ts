import { setImmediate as turn } from 'node:timers/promises'

/** What the provider answers from now on. */
export interface Answer {
  readonly body: string
  readonly type: 'application/json' | 'text/event-stream'
  readonly status?: number
}

/**
 * Stands in for the network: requests to a provider are answered from memory, a turn of the event loop
 * later. What goes to this machine goes there, all else nowhere.
 */
export function answerFromMemory(host: string): (answer: Answer) => void {
  const real = globalThis.fetch
  let body = ''
  let init: ResponseInit = {}
  globalThis.fetch = async (input, options) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input)
    if (hostname === '127.0.0.1') return real(input, options)
    if (hostname !== host) throw new Error(`The bench does not reach ${hostname}`)
    await turn()
    return new Response(body, init)
  }
  return (answer) => {
    body = answer.body
    init = { status: answer.status ?? 200, headers: { 'content-type': answer.type } }
  }
}
