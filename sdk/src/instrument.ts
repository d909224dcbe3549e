import { adapters } from './instrumentations/index.ts'
import { patchClient } from './patch.ts'
import { reportModule } from './report.ts'

/**
 * Instruments a client by hand, and every other instance of its class: for bundled applications,
 * whose modules no hook can see. Returns the client.
 *
 * @throws TypeError when it is none of the clients that llmscope knows.
 */
export function instrument<Client extends object>(client: Client): Client {
  for (const adapter of adapters) {
    const count = patchClient(adapter, client)
    if (count === 0) continue
    reportModule(adapter, count, 'instance')
    return client
  }
  const names = adapters.map(({ module }) => module).join(', ')
  throw new TypeError(`llmscope: instrument() takes a client of one of: ${names}`)
}
