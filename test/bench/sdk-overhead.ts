/**
 * What instrumentation adds to a call, to a streamed chunk and to the wait for the first one, against
 * a bare client and against one hand-written OpenTelemetry span per call. All variants run in one
 * session, round by round in turn, so that a change in the machine's speed hits all of them. Tells the
 * 10th percentile of the rounds, which is what a machine with other things to do comes nearest to the
 * truth by, and ratios.
 *
 *     npm run bench
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { startSink } from './sink.ts'

interface Variant {
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
}

interface Comparison {
  readonly title: string
  readonly work: string
  /** Pieces of work in one round. */
  readonly count: number
  readonly rounds: number
  /** The first is bare. */
  readonly variants: readonly Variant[]
}

const SPAN_ONLY = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only' }

/** What is exported while a stream waits is not what the stream waits for. */
const EXPORT_AFTERWARDS = { OTEL_BSP_SCHEDULE_DELAY: '60000', OTEL_METRIC_EXPORT_INTERVAL: '60000' }

const COMPARISONS: readonly Comparison[] = [
  {
    title: 'CPU per call',
    work: 'calls',
    count: 1000,
    rounds: 40,
    variants: [
      { name: 'bare' },
      { name: 'hand-written' },
      { name: 'hand-written with content' },
      { name: 'llmscope' },
      { name: 'llmscope with content', env: SPAN_ONLY },
      {
        name: 'llmscope with content, not redacted',
        env: { ...SPAN_ONLY, LLMSCOPE_REDACTION: 'off' },
      },
    ],
  },
  {
    title: 'CPU per streamed chunk',
    work: 'chunks',
    count: 20_000,
    rounds: 20,
    variants: [
      { name: 'bare' },
      { name: 'llmscope', env: { LLMSCOPE_TIME_PER_OUTPUT_CHUNK: 'false' } },
      { name: 'llmscope with time_per_output_chunk' },
    ],
  },
  {
    title: 'Wait for the first chunk',
    work: 'first chunks',
    count: 400,
    rounds: 40,
    variants: [{ name: 'bare' }, { name: 'llmscope', env: EXPORT_AFTERWARDS }],
  },
]

const sink = await startSink()
for (const comparison of COMPARISONS) report(comparison, await compare(comparison))
sink.close()

async function compare({ work, count, rounds, variants }: Comparison): Promise<number[]> {
  const workers = await Promise.all(variants.map((variant) => startWorker(variant, work)))
  const samples = variants.map((): number[] => [])
  for (let round = -3; round < rounds; round += 1) {
    for (const [index, worker] of workers.entries()) {
      worker.send(count)
      const [microseconds] = (await once(worker, 'message')) as [number]
      if (round >= 0) samples[index]?.push(microseconds)
    }
  }
  for (const worker of workers) worker.disconnect()
  return samples.map((values) => values.toSorted((a, b) => a - b)[Math.floor(rounds / 10)] ?? 0)
}

async function startWorker({ name, env }: Variant, work: string): Promise<ChildProcess> {
  const worker = fork(new URL('worker.ts', import.meta.url), [name, work], {
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      OTEL_BSP_SCHEDULE_DELAY: '10',
      OTEL_BSP_MAX_QUEUE_SIZE: '100000',
      ...env,
    },
  })
  await once(worker, 'message')
  return worker
}

function report({ title, variants }: Comparison, costs: readonly number[]): void {
  const [bare = 0] = costs
  const added = costs.map((cost) => cost - bare)
  const floor = added[variants.findIndex(({ name }) => name === 'hand-written')]
  process.stdout.write(`\n${title}\n`)
  for (const [index, { name }] of variants.entries()) {
    const more = added[index] ?? 0
    const ratio = floor && index > 0 ? `  ${(more / floor).toFixed(2)}x the hand-written` : ''
    process.stdout.write(
      `  ${name.padEnd(36)} ${figure(costs[index])}  added ${figure(more)}${ratio}\n`,
    )
  }
}

function figure(microseconds = 0): string {
  return `${microseconds.toFixed(2).padStart(8)} µs`
}
