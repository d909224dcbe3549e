import { createServer, type ServerResponse } from 'node:http'
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { Address } from './address.ts'

/** What the agent knows of itself. */
export interface State {
  /** The newest round, and when it was measured by `performance.now()`. */
  readonly newest: () => { readonly metrics: ResourceMetrics; readonly at: number } | undefined
  /** A round is late from then on, in milliseconds. */
  readonly lateMs: number
  /** Why nothing can be sent now, where that is so. */
  readonly fault: () => string | undefined
}

interface Answer {
  readonly status: 200 | 404 | 503
  readonly text: string
}

/**
 * Answers on a port of its own: `/healthz`, whether rounds are measured; `/readyz`, whether they are also
 * sent; `/metrics`, the newest round for a scrape by Prometheus.
 * @returns what ends it.
 */
export function openHealth(
  { host, port }: Address,
  state: State,
  log: (line: string) => void,
): () => void {
  const server = createServer({ requestTimeout: 10_000 }, ({ url }, response) => {
    send(response, answers[url?.split('?')[0] ?? '']?.(state) ?? nowhere)
  })
  server.on('error', (error) => log(`does not answer on ${host}:${port}: ${error.message}`))
  server.listen(port, host, () => log(`answers on http://${host}:${port}/healthz`))
  server.unref()
  return () => {
    server.close()
    server.closeAllConnections()
  }
}

const nowhere: Answer = { status: 404, text: 'There are /healthz, /readyz and /metrics.\n' }

const healthy = ({ newest, lateMs }: State): Answer => {
  const round = newest()
  const age = round && performance.now() - round.at
  if (age === undefined) return { status: 503, text: 'nothing has been measured yet\n' }
  if (age < lateMs) return { status: 200, text: 'ok\n' }
  return { status: 503, text: `nothing has been measured for ${Math.round(age / 1000)} s\n` }
}

const serializer = new PrometheusSerializer()

const answers: Readonly<Record<string, (state: State) => Answer>> = {
  '/healthz': healthy,
  '/readyz': (state) => {
    const fault = state.fault()
    return fault === undefined ? healthy(state) : { status: 503, text: `${fault}\n` }
  },
  '/metrics': ({ newest }) => {
    const round = newest()
    return { status: 200, text: round ? serializer.serialize(round.metrics) : '' }
  },
}

function send(response: ServerResponse, { status, text }: Answer): void {
  response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  response.end(text)
}
