import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Refusal {
  readonly status: number
  readonly reason: string
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const COOKIE = 'llmscope_viewer'

/** Decides who may talk to the viewer. */
export class Guard {
  readonly #token: string | undefined

  /** Without a token only what is on this machine may. */
  constructor(token: string | undefined) {
    this.#token = token
  }

  /** Why a request is not answered. `anyHost` is for senders, which may know this machine by any name. */
  refusal(
    request: IncomingMessage,
    { anyHost = false }: { readonly anyHost?: boolean } = {},
  ): Refusal | undefined {
    const { host = '', origin } = request.headers
    if (this.#token === undefined) {
      // a page of another site may have given its own name this address
      if (!anyHost && !LOOPBACK.has(nameOf(host))) {
        return { status: 403, reason: `Host is not this machine: ${host}` }
      }
      if (origin !== undefined && !(anyHost ? isLoopback(origin) : isSame(origin, host))) {
        return { status: 403, reason: 'Another site may not ask.' }
      }
      return undefined
    }
    if (origin !== undefined && !isSame(origin, host)) {
      return { status: 403, reason: 'Another site may not ask.' }
    }
    return this.#knows(request) ? undefined : { status: 401, reason: 'It needs the token.' }
  }

  /** The cookie that stands for the token, for whoever opens the page with it in the address. */
  cookieFor(token: string | null): string | undefined {
    if (this.#token === undefined || token === null || !equal(token, this.#token)) return undefined
    return `${COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Whether whoever sends this header may. */
  admits(authorization = ''): boolean {
    if (this.#token === undefined) return true
    return equal(/^Bearer (.+)$/i.exec(authorization)?.[1] ?? '', this.#token)
  }

  #knows({ headers: { authorization, cookie = '' } }: IncomingMessage): boolean {
    if (authorization !== undefined) return this.admits(authorization)
    const kept = cookie.split('; ').find((pair) => pair.startsWith(`${COOKIE}=`))
    return equal(kept?.slice(COOKIE.length + 1) ?? '', encodeURIComponent(this.#token ?? ''))
  }
}

const digest = (text: string): Buffer => Buffer.from(hash('sha256', text), 'hex')

function equal(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token))
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

function isSame(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname)
}
