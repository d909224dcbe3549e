import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Ingest } from './ingest/ingest.ts'
import { createReceiver } from './ingest/receiver.ts'
import type { ViewerOptions } from './options.ts'
import { Guard } from './server/guard.ts'
import { Live } from './server/live.ts'
import { createPageServer } from './server/page-server.ts'
import { MEMORY } from './store/database.ts'
import { Store } from './store/store.ts'

/** A viewer that runs. */
export interface Viewer {
  readonly urls: { readonly page: string; readonly otlpHttp: string }
  /** Resolves when everything acknowledged is written and nothing listens any more. */
  close(): Promise<void>
}

/** Starts a viewer; rejects, with nothing left running, where a port or the storage cannot be had. */
export async function startViewer(options: ViewerOptions): Promise<Viewer> {
  await using started = new AsyncDisposableStack()
  const location = options.file ?? MEMORY
  const ingest = await Ingest.start(location, (changes) => live.add(changes))
  started.defer(() => ingest.close())
  const store = started.adopt(new Store(location), (opened) => opened.close())
  const live = started.adopt(new Live(store), (opened) => opened.close())
  const guard = new Guard(options.token)
  const page = createPageServer({ store, live, guard })
  const receiver = createReceiver(ingest, guard)
  const urls = {
    page: await listen(started, page, options.host, options.ports.page),
    otlpHttp: await listen(started, receiver, options.host, options.ports.otlpHttp),
  }
  const all = started.move()
  return { urls, close: async () => all.disposeAsync() }
}

async function listen(
  started: AsyncDisposableStack,
  server: Server,
  host: string,
  port: number,
): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening')
  started.defer(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })
  const { address, family, port: given } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${given}`
}
