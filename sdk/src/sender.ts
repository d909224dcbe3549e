/** The thread that sends what a process had not sent when it exited. */
import { workerData } from 'node:worker_threads'
import { requireHere } from './here.ts'
import { type Order, type Parcel, Sent } from './delivery/order.ts'
import { type Exporter, type Transport, transportOf } from './delivery/transport.ts'

type Exporters = Readonly<Record<string, new () => Exporter>>

/** A transport that retries has another inside. An exit does not wait for an endpoint to come back. */
interface Retrying extends Transport {
  readonly _transport?: Transport
}

const { parcels, timeoutMillis, outcome } = workerData as Order

let sent = false
try {
  sent = (await Promise.all(parcels.map(send))).every(Boolean)
} finally {
  Atomics.store(outcome, 0, sent ? Sent.all : Sent.not)
  Atomics.notify(outcome, 0)
}

async function send({ file, name, data }: Parcel): Promise<boolean> {
  const Exporter = (requireHere(file) as Exporters)[name]
  const outer: Retrying | undefined = Exporter && transportOf(new Exporter())
  if (!outer) return false
  const { _transport: transport = outer } = outer
  const results = await Promise.all(data.map((bytes) => transport.send(bytes, timeoutMillis)))
  return results.every(({ status }) => status === 'success')
}
