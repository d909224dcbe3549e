/** The thread that writes, so that neither the page nor a sender waits for another sender's rows. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Limits } from '../store/retention.ts'
import type { Delivery, FromThread } from './exchange.ts'
import { Keeper } from './keeper.ts'

const { location, limits } = workerData as { readonly location: string; readonly limits: Limits }
const say = (message: FromThread): void => parentPort?.postMessage(message)
const keeper = new Keeper(location, limits, {
  tell: (notice) => say({ kind: 'notice', notice }),
  replaced: () => say({ kind: 'replaced' }),
})

parentPort?.on('message', (delivery: Delivery | 'close') => {
  if (delivery === 'close') {
    keeper.close()
    parentPort?.close()
  } else say({ kind: 'reply', id: delivery.id, outcome: keeper.write(delivery) })
})
say({ kind: 'ready' })
