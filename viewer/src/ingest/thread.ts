/** The thread that writes, so that neither the page nor a sender waits for another sender's rows. */
import { parentPort, workerData } from 'node:worker_threads'
import { openToWrite } from '../store/database.ts'
import type { Delivery, Reply } from './exchange.ts'
import { Writer } from './writer.ts'

const { location } = workerData as { readonly location: string }
const database = openToWrite(location)
const writer = new Writer(database)

parentPort?.on('message', (delivery: Delivery | 'close') => {
  if (delivery === 'close') {
    database.close()
    parentPort?.close()
    return
  }
  const reply: Reply = { id: delivery.id, outcome: writer.write(delivery) }
  parentPort?.postMessage(reply)
})
parentPort?.postMessage('ready')
