import { Worker } from 'node:worker_threads'
import { guard } from '../guard.ts'
import { requireHere, senderFile } from '../here.ts'
import { exportMetrics, exportQueued, rememberMetrics } from './export-now.ts'
import { type Order, type Parcel, Sent } from './order.ts'
import { type Exporter, exportersIn, transportOf } from './transport.ts'

const unsent = new Map<Exporter, Set<Uint8Array>>()
let exiting = false

/** Follows what the exporters of an OpenTelemetry SDK send, so that an exit can finish it. */
export function followExporters(sdk: object): void {
  for (const exporter of exportersIn(sdk)) {
    const transport = transportOf(exporter)
    if (!transport) continue
    const waiting = new Set<Uint8Array>()
    unsent.set(exporter, waiting)
    rememberMetrics(exporter)
    const send = transport.send.bind(transport)
    transport.send = (data, timeoutMillis) => {
      waiting.add(data)
      if (exiting) return new Promise(() => {})
      return send(data, timeoutMillis).finally(() => waiting.delete(data))
    }
  }
}

/**
 * Sends what the exporters of the SDK have not sent, while this thread stands still: the process is
 * about to exit, and its event loop will not turn again. Returns whether all was sent in time.
 */
export function handOver(sdk: object, timeoutMillis: number): boolean {
  exiting = true
  guard('exit', () => exportQueued(sdk))
  guard('exit', exportMetrics)
  const parcels = [...unsent].flatMap(([exporter, data]) =>
    data.size > 0 ? [{ ...origin(exporter), data: [...data] }] : [],
  )
  return parcels.length === 0 || sendElsewhere(parcels, timeoutMillis)
}

/** Has a thread send the parcels, and waits for it. */
function sendElsewhere(parcels: readonly Parcel[], timeoutMillis: number): boolean {
  const sender = senderFile()
  if (!sender) return false
  const outcome = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const order: Order = { parcels, timeoutMillis, outcome }
  // nothing of the application's runs on it, and nothing that it prints is seen
  const { NODE_OPTIONS: _, ...env } = process.env
  new Worker(sender, { workerData: order, env, execArgv: [], stdout: true, stderr: true })
  Atomics.wait(outcome, 0, Sent.pending, timeoutMillis)
  return Atomics.load(outcome, 0) === Sent.all
}

/** The module in which an exporter's class was declared: exporters are CommonJS, loaded by `require`. */
function origin(exporter: Exporter): Pick<Parcel, 'file' | 'name'> {
  const { name } = exporter.constructor
  for (const [file, module] of Object.entries(requireHere.cache)) {
    if (!file.includes('exporter')) continue
    const exports = module?.exports as Record<string, unknown> | undefined
    if (exports?.[name] === exporter.constructor) return { file, name }
  }
  throw new Error(`where ${name} comes from is not known`)
}
