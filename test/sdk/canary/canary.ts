import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CaptureContent } from '@llmscope/sdk'
import { start } from '@llmscope/sdk'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type OtlpSink, startOtlpSink } from '../otlp-sink.ts'
import { forgetTelemetry } from '../telemetry.ts'
import { Secrets } from './secrets.ts'

/** What a provider answers. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, a list as a stream of server-sent events. */
  readonly body: object | string
}

/** One call of a client, and what it is answered. */
export interface Call {
  readonly answer: Answer
  readonly run: () => unknown
}

/** A client with secrets planted in every field that can hold one. */
export interface Canary {
  readonly name: string
  /** `url` is the address of a server that answers each call as it says. */
  readonly calls: (url: string, secrets: Secrets) => readonly Call[]
}

/** What each mode may tell of what was planted, less its secrets. */
const MODES: readonly (readonly [CaptureContent, { readonly tells: boolean }])[] = [
  ['no_content', { tells: false }],
  ['span_only', { tells: true }],
  ['event_only', { tells: true }],
  ['span_and_event', { tells: true }],
]

/**
 * Plants secrets, calls, and looks at every byte of the OTLP that is exported: in `no_content` nothing of
 * any field leaves, and in every other mode no secret does.
 */
export function testCanary({ name, calls }: Canary): void {
  describe(`the canary of ${name}`, () => {
    const provider = useProvider()
    let sink: OtlpSink
    beforeEach(async () => {
      sink = await startOtlpSink()
      vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', sink.url)
      vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json')
      vi.stubEnv('OTEL_METRICS_EXPORTER', 'otlp')
      vi.stubEnv('OTEL_LOGS_EXPORTER', 'otlp')
    })
    afterEach(async () => {
      vi.unstubAllEnvs()
      forgetTelemetry()
      await sink.close()
    })

    test.each(MODES)('with %s nothing leaves that must not', async (captureContent, { tells }) => {
      const sdk = new NodeSDK({ autoDetectResources: false })
      sdk.start()
      start({ captureContent, contentLimit: 4096 })
      const secrets = new Secrets()
      const planted = calls(provider.url, secrets)
      for (const { answer, run } of planted) {
        provider.answer = answer
        // its words must not be in what is exported
        await Promise.resolve()
          .then(run)
          .catch(() => undefined)
      }
      await sdk.shutdown()
      const { received, spans, points } = sink
      expect(spans.length).toBeGreaterThan(planted.length / 2)
      expect(points.length).toBeGreaterThan(5)
      expect(secrets.foundIn(received)).toEqual([])
      const told = received.match(/planted-[a-z-]+/g) ?? []
      expect(told.length > 0).toBe(tells)
    })
  })
}

/** A server that answers whatever it is told to. */
function useProvider(): { readonly url: string; answer: Answer } {
  let answer: Answer = { body: {} }
  const server = createServer((request, response) => {
    request.resume().on('end', () => send(response, answer))
  })
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    set answer(next: Answer) {
      answer = next
    },
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  const type = Array.isArray(body) ? 'text/event-stream' : 'application/json'
  response.writeHead(status, { 'content-type': type, ...headers }).end(wire(body))
}

function wire(body: object | string): string {
  if (typeof body === 'string') return body
  if (!Array.isArray(body)) return JSON.stringify(body)
  return body
    .map((data: { readonly type?: string }) => {
      const name = data.type === undefined ? '' : `event: ${data.type}\n`
      return `${name}data: ${JSON.stringify(data)}\n\n`
    })
    .join('')
}
