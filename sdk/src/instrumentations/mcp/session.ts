import { measureMcpSession } from '../../operations/mcp.ts'
import { connectionOf, type Protocol } from './protocol.ts'

/** When clients and servers were connected, in milliseconds of `performance.now()`. */
const connected = new WeakMap<Protocol, number>()

export function beginSession(protocol: Protocol): void {
  connected.set(protocol, performance.now())
}

export function endSession(protocol: Protocol): void {
  const since = connected.get(protocol)
  if (since === undefined) return
  connected.delete(protocol)
  const side = '_serverInfo' in protocol ? 'server' : 'client'
  measureMcpSession(side, (performance.now() - since) / 1000, connectionOf(protocol))
}
