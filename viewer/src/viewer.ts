import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Status } from './api/general.ts'
import type { Changes } from './ingest/exchange.ts'
import { startGrpcReceiver } from './ingest/grpc.ts'
import { Ingest } from './ingest/ingest.ts'
import { createReceiver } from './ingest/receiver.ts'
import type { ViewerOptions } from './options.ts'
import { Guard } from './server/guard.ts'
import { Live } from './server/live.ts'
import { createPageServer } from './server/page-server.ts'
import { memory } from './store/database.ts'
import { Store } from './store/store.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

/** A viewer that runs. */
export interface Viewer {
  readonly urls: Status['listens']
  /** Since it started. */
  readonly received: Status['received']
  /** Resolves when everything acknowledged is written and nothing listens any more. */
  close(): Promise<void>
}

/** Starts a viewer; rejects, with nothing left running, where a port or the storage cannot be had. */
export async function startViewer(options: ViewerOptions): Promise<Viewer> {
  await using started = new AsyncDisposableStack()
  const location = options.file ?? memory()
  const received = new Received()
  const ingest = await Ingest.start({
    location,
    limits: options.limits,
    onChanges: (changes) => {
      received.add(changes)
      live.add(changes)
    },
    onNotice: options.onNotice,
    onReplaced: () => store.reopen(),
  })
  started.defer(() => ingest.close())
  const store = started.adopt(new Store(location), (opened) => opened.close())
  const live = started.adopt(new Live(store), (opened) => opened.close())
  const guard = new Guard(options.token)
  const receiver = createReceiver(ingest, guard)
  const since = Date.now()
  const status = (): Status => ({
    version,
    started: since,
    listens: urls,
    storage: {
      ...(options.file !== undefined && { file: options.file }),
      ...store.size(),
      limits: options.limits,
    },
    received: received.counts,
  })
  const page = createPageServer({ store, live, guard, status })
  const { otlpGrpc } = options.ports
  const urls = {
    page: await listen(started, page, options.host, options.ports.page),
    otlpHttp: await listen(started, receiver, options.host, options.ports.otlpHttp),
    ...(otlpGrpc !== undefined && {
      otlpGrpc: await listenGrpc(started, ingest, guard, options.host, otlpGrpc),
    }),
  }
  const all = started.move()
  return { urls, received: received.counts, close: async () => all.disposeAsync() }
}

/** Counts what arrives. */
class Received {
  readonly counts = { spans: 0, points: 0, logs: 0, rejected: 0 }

  add({ spans, points, logs, rejected }: Changes): void {
    this.counts.spans += spans
    this.counts.points += points
    this.counts.logs += logs
    this.counts.rejected += rejected
  }
}

async function listen(
  started: AsyncDisposableStack,
  server: Server,
  host: string,
  port: number,
): Promise<string> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw isTaken(error)
      ? new Error(`${host}:${port} is taken: end what listens there, or choose another port`, {
          cause: error,
        })
      : error
  }
  started.defer(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })
  const { address, family, port: given } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${given}`
}

async function listenGrpc(
  started: AsyncDisposableStack,
  ingest: Ingest,
  guard: Guard,
  host: string,
  port: number,
): Promise<string> {
  const receiver = await startGrpcReceiver(ingest, guard, host, port)
  started.defer(() => receiver.close())
  return `http://${host}:${receiver.port}`
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
