import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { countSpans } from './spans.ts'

/** What a sender has sent. */
export interface Received {
  readonly spans: number
  /** Whether there are metrics of LLM calls. */
  readonly metrics: boolean
  /** Whether the text that was looked for has come. */
  readonly content: boolean
}

export interface Sink {
  /** The address for one sender, and what has come there. */
  open(text: string): { readonly url: string; readonly received: () => Received }
  close(): void
}

interface Sender {
  readonly text: string
  spans: number
  metrics: boolean
  content: boolean
}

/** A receiver on loopback, of OTLP and of what others speak: takes everything and keeps numbers. */
export async function startSink(): Promise<Sink> {
  const senders: Sender[] = []
  const server = createServer(async (request, response) => {
    const sender = senders[Number(request.url?.split('/')[1])]
    const body = await bodyOf(request)
    if (sender) count(sender, request, body)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    open: (text) => {
      const sender: Sender = { text, spans: 0, metrics: false, content: false }
      const index = senders.push(sender) - 1
      return { url: `http://127.0.0.1:${port}/${index}`, received: () => ({ ...sender }) }
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const bytes = await buffer(request)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
}

function count(sender: Sender, { url = '' }: IncomingMessage, body: Buffer): void {
  const [path = ''] = url.split('?')
  if (path.endsWith('/v1/metrics')) sender.metrics ||= body.includes('gen_ai.')
  else {
    sender.spans += countSpans(body, path)
    sender.content ||= body.includes(sender.text)
  }
}
