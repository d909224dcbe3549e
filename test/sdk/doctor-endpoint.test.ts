import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { start } from './child.ts'
import { startOtlpSink } from './otlp-sink.ts'

// a process for each answer of an endpoint
vi.setConfig({ testTimeout: 20_000 })

interface Finding {
  readonly result: string
  readonly evidence: string
  readonly advice?: string
}

const PROBLEMS = ['problem', 'problem', 'problem']
const TAKEN = ['ok', 'ok', 'ok']

/** What the doctor says of the endpoint, a finding for each signal. */
async function endpoint(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const args = ['sdk/src/cli/main.ts', 'doctor', '--json', '--timeout', '0.7']
  const { stdout, stderr } = await start(args, env).ended
  if (!stdout) throw new Error(stderr)
  const sections = JSON.parse(stdout) as { check: string; findings: Finding[] }[]
  return sections.find(({ check }) => check === 'Endpoint')?.findings ?? []
}

const results = (findings: readonly Finding[]): string[] => findings.map(({ result }) => result)

/** Listens on loopback until it is disposed of; a connection of HTTP/2 has no end of its own. */
async function listen(server: Server): Promise<{ readonly port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** A receiver of gRPC, HTTP/2 without TLS, that ends every call so; one that answers nothing has no status. */
function grpcReceiver(status: number | undefined): ReturnType<typeof listen> {
  const server = createHttp2Server()
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.on('error', () => undefined)
    if (status === undefined) return
    stream.resume().on('end', () => {
      const headers = { ':status': 200, 'content-type': 'application/grpc+proto' }
      stream.respond(headers, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status) }))
      // an empty message: the length that stands before it is 0
      stream.end(status === 0 ? Buffer.alloc(5) : undefined)
    })
  })
  return listen(server)
}

const grpcTo = (port: number): NodeJS.ProcessEnv => ({
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
})

test('a receiver of gRPC takes what is sent by gRPC', async () => {
  await using server = await grpcReceiver(0)
  expect(results(await endpoint(grpcTo(server.port)))).toEqual(TAKEN)
})

test.each([
  [7, /OTEL_EXPORTER_OTLP_HEADERS/],
  [16, /OTEL_EXPORTER_OTLP_HEADERS/],
  [8, /max_recv_msg_size_mib/],
  [12, /does not take this signal/],
  [undefined, /does not answer in time/],
])('a receiver of gRPC that answers %s is explained', async (status, advice) => {
  await using server = await grpcReceiver(status)
  const findings = await endpoint(grpcTo(server.port))
  expect(results(findings)).toEqual(PROBLEMS)
  expect(findings[0]?.evidence).toContain(`http://127.0.0.1:${server.port} (grpc)`)
  expect(findings[0]?.advice).toMatch(advice)
})

test('a gRPC endpoint with nobody behind it is explained', async () => {
  const findings = await endpoint(grpcTo(9))
  expect(results(findings)).toEqual(PROBLEMS)
  expect(findings[0]?.advice).toMatch(/Does a gRPC receiver listen at http:\/\/127\.0\.0\.1:9\?/)
})

test('gRPC to a receiver of HTTP, and HTTP to one of gRPC, are explained', async () => {
  const sink = await startOtlpSink()
  const toHttp = await endpoint(grpcTo(Number(new URL(sink.url).port)))
  await sink.close()
  expect(results(toHttp)).toEqual(PROBLEMS)
  expect(toHttp[0]?.advice).toMatch(/OTEL_EXPORTER_OTLP_PROTOCOL=http\/protobuf/)
  await using grpc = await grpcReceiver(0)
  const toGrpc = await endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${grpc.port}` })
  expect(results(toGrpc)).toEqual(PROBLEMS)
  expect(toGrpc[0]?.advice).toMatch(/is it a gRPC port.* OTEL_EXPORTER_OTLP_PROTOCOL=grpc/)
})

/** A certificate that nobody has signed but its own key. */
async function selfSigned(): Promise<{ key: string; certificate: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'llmscope-certificate-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = '-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1'
  const request = `req -x509 -newkey rsa:2048 -nodes -days 1 ${subject}`.split(' ')
  await promisify(execFile)('openssl', [...request, '-keyout', key, '-out', certificate])
  return { key, certificate, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

test('a certificate that is not trusted is explained, and what is advised helps', async () => {
  await using files = await selfSigned()
  const pair = { key: await readFile(files.key), cert: await readFile(files.certificate) }
  await using server = await listen(
    createHttpsServer(pair, (request, response) => {
      request.resume().on('end', () => response.end())
    }),
  )
  const to = { OTEL_EXPORTER_OTLP_ENDPOINT: `https://127.0.0.1:${server.port}` }
  const findings = await endpoint(to)
  expect(results(findings)).toEqual(PROBLEMS)
  expect(findings[0]?.evidence).toMatch(/self-signed certificate/)
  expect(findings[0]?.advice).toMatch(/OTEL_EXPORTER_OTLP_CERTIFICATE .* NODE_EXTRA_CA_CERTS/)
  for (const variable of ['OTEL_EXPORTER_OTLP_CERTIFICATE', 'NODE_EXTRA_CA_CERTS']) {
    expect(results(await endpoint({ ...to, [variable]: files.certificate }))).toEqual(TAKEN)
  }
})
