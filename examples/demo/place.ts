import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startViewer } from '@llmscope/viewer'
import { arrivals, type Check, checks, TOKENS } from './checks.ts'
import { type Answered, type DemoOptions, type Parts, startDemo, startParts } from './demo.ts'
import { viewed } from './viewed.ts'

/** A demo that runs, and where to look. */
export interface Place {
  readonly parts: Parts
  /** Lines that say where everything is. */
  readonly introduction: readonly string[]
  /** Resolves, with what happened, when it can go on no more. */
  readonly failure: Promise<Error>
  /** Lines that say where to see one answer. */
  links(answered: Answered): readonly string[]
  checks(answers: readonly Answered[]): readonly Check[]
}

const USUAL = { page: 4319, otlpHttp: 4318 }
const LIMITS = { bytes: 1_073_741_824, rows: 1_000_000, age: 86_400_000 }

/** The demo with the viewer: one process, nothing to build. */
export async function viewerPlace(options: DemoOptions): Promise<Place> {
  await using started = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'llmscope-demo-'))
  started.defer(() => rm(folder, { recursive: true, force: true }))
  const { promise: failure, resolve } = Promise.withResolvers<Error>()
  const free = options.ports === 'free'
  const viewer = await startViewer({
    host: '127.0.0.1',
    ports: { ...(free ? { page: 0, otlpHttp: 0 } : USUAL), otlpGrpc: undefined },
    token: undefined,
    file: undefined,
    limits: LIMITS,
    onNotice: (notice) => resolve(new Error(`The viewer: ${notice}`)),
  })
  started.defer(() => viewer.close())
  const { page, otlpHttp } = viewer.urls
  const parts = await startParts(options, otlpHttp, folder)
  started.defer(() => parts.stop())
  const all = started.move()
  return {
    parts: { ...parts, stop: async () => all.disposeAsync() },
    failure,
    introduction: [`Viewer  ${page}   traces, metrics, training, GPUs`, own('OTLP    ', otlpHttp)],
    links: ({ traceId }) => [`trace  ${page}/traces/${traceId}`],
    checks: (answers) => arrivals(viewed(page), parts.canned, answers),
  }
}

/** The demo with the Collector, Jaeger and Prometheus. */
export async function stackPlace(options: DemoOptions): Promise<Place> {
  const demo = await startDemo(options)
  const { jaeger, prometheus, otlpHttp } = demo.stack.urls
  return {
    parts: demo,
    failure: demo.stack.failure,
    introduction: [
      `Jaeger      ${jaeger}   traces, by its query API`,
      `Prometheus  ${prometheus}    metrics, by its query API`,
      own('OTLP        ', otlpHttp),
      'Built from their modules, neither has its web page: stack/compose.yaml has them, and Grafana.',
    ],
    links: ({ traceId }) => [
      `trace  ${jaeger}/api/traces/${traceId}`,
      `tokens ${prometheus}/api/v1/query?query=${encodeURIComponent(TOKENS)}`,
    ],
    checks: (answers) => checks(demo, answers),
  }
}

function own(label: string, otlpHttp: string): string {
  return `${label}${otlpHttp}    for applications of yours: OTEL_EXPORTER_OTLP_ENDPOINT=${otlpHttp}`
}
