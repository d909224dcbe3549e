import type { Given } from './settings.ts'

/** The address as it may be logged: a user, a password and a query stay untold. */
export function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`
}

/**
 * The address itself.
 * @throws TypeError that names where it was set, when it is none.
 */
export function httpAddress({ name, value }: Given): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return value
  throw new TypeError(
    `${name} is "${value}": write the address of an OTLP/HTTP receiver, such as http://localhost:4318`,
  )
}

/** Where to listen. */
export interface Address {
  readonly host: string
  readonly port: number
}

/**
 * Where to listen; on loopback where only a port is said.
 * @throws TypeError that names where it was set, when it is none.
 */
export function listenAddress({ name, value }: Given): Address {
  const [, host = '127.0.0.1', port = ''] = /^(?:\[?([^\s[\]]+)\]?:)?(\d{1,5})$/.exec(value) ?? []
  if (port !== '' && Number(port) > 0 && Number(port) < 65_536) return { host, port: Number(port) }
  throw new TypeError(`${name} is "${value}": write a port such as 13134, or 0.0.0.0:13134`)
}
