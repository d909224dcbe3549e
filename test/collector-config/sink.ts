import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'

export interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** An OTLP/HTTP endpoint as a vendor has it. */
export interface Sink extends AsyncDisposable {
  readonly url: string
  readonly received: Received[]
}

/** Starts a sink; `answer` may wait before it gives the status of each request. */
export async function startSink(
  port = 0,
  answer: () => number | Promise<number> = () => 200,
): Promise<Sink> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const { headers, url: path = '' } = request
      const zipped = headers['content-encoding'] === 'gzip'
      const content = await buffer(zipped ? request.pipe(createGunzip()) : request)
      const status = await answer()
      if (status === 200) received.push({ path, headers, body: content.toString() })
      response.writeHead(status, { 'content-type': headers['content-type'] }).end()
    })()
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    url: typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '',
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
