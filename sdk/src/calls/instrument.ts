import type { Adapter } from './adapter.ts'
import { guard } from '../guard.ts'
import { adapters } from '../instrumentations/index.ts'
import { methodsOf, patchClient } from './patch.ts'
import { reportModule } from '../report.ts'

/**
 * Instruments a client by hand, and every other instance of its class: for bundled applications,
 * whose modules no hook can see. Returns the client.
 *
 * @throws TypeError when it is none of the clients that llmscope knows.
 */
export function instrument<Client extends object>(client: Client): Client {
  const isKnown = guard('patch', () => instrumented(client))
  if (isKnown ?? true) return client
  const names = adapters.filter(hasClasses).map(({ module }) => module)
  throw new TypeError(`llmscope: instrument() takes a client of one of: ${names.join(', ')}`)
}

/** Functions of a module cannot be reached from an instance. */
const hasClasses = ({ targets }: Adapter): boolean =>
  targets.some(({ owner }) => owner !== undefined)

function instrumented(client: object): boolean {
  const best = adapterOf(client)
  const count = best ? patchClient(best, client) : 0
  if (best && count > 0) reportModule(best, count, 'instance')
  return count > 0
}

/** Clients have methods in common: it is the one with most of them, and of those the one that lacks fewest. */
function adapterOf(client: object): Adapter | undefined {
  const [best] = adapters.toSorted(
    (a, b) => methodsOf(b, client) - methodsOf(a, client) || a.targets.length - b.targets.length,
  )
  return best
}
