import type { Adapter } from './adapter.ts'
import { guard } from '../guard.ts'
import { adapters } from '../instrumentations/index.ts'
import { methodsOf, patchClient } from './patch.ts'
import { reportModule, whatIsSeen } from '../report.ts'

/**
 * Instruments a client by hand, and every other instance of its class: for bundled applications,
 * whose modules no hook can see. Returns the client. Of one whose methods cannot be replaced
 * (`@huggingface/inference`) that is another object, in front of the client: use that.
 *
 * @throws TypeError when it is none of the clients that llmscope knows.
 */
export function instrument<Client extends object>(client: Client): Client {
  const known = guard('patch', () => instrumented(client)) ?? { client }
  if (known.client) return known.client
  const names = adapters.map(({ module }) => module)
  throw new TypeError(`llmscope: instrument() takes a client of one of: ${names.join(', ')}`)
}

interface Instrumented<Client> {
  /** Absent where it is no client. */
  readonly client?: Client
}

function instrumented<Client extends object>(client: Client): Instrumented<Client> {
  const best = adapterOf(client)
  if (!best) return {}
  // what its modules' functions do is known where a hook has seen them
  if (isModular(best) && isHooked(best)) return { client }
  const patched = isModular(best) ? (Object.create(client) as Client) : client
  const count = patchClient(best, patched)
  if (count === 0) return {}
  reportModule(best, count, 'instance')
  return { client: patched }
}

const isModular = ({ targets }: Adapter): boolean =>
  targets.every(({ owner }) => owner === undefined)

const isHooked = ({ module }: Adapter): boolean =>
  whatIsSeen().clients.some((seen) => seen.module === module && seen.form !== 'instance')

/** Clients have methods in common: it is the one with most of them, and of those the one that lacks fewest. */
function adapterOf(client: object): Adapter | undefined {
  const [best] = adapters.toSorted(
    (a, b) => methodsOf(b, client) - methodsOf(a, client) || a.targets.length - b.targets.length,
  )
  return best
}
