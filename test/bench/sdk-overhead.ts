/**
 * CPU that instrumentation adds to a call and to a streamed chunk, against a bare client and against
 * one hand-written OpenTelemetry span per call. All variants run in one session, round by round in
 * turn, so that a change in the machine's speed hits all of them. Prints the least disturbed round of each, and ratios.
 *
 *     npm run bench
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:http'
import { once } from 'node:events'

interface Variant {
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
}

const ROUNDS = 15
const CONTENT = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'

const sink = createServer((request, response) => {
  request.resume().on('end', () => response.end())
}).listen(0, '127.0.0.1')
await once(sink, 'listening')
const { port } = sink.address() as { port: number }

await compare('CPU per call', 'calls', 1000, [
  { name: 'bare' },
  { name: 'hand-written' },
  { name: 'llmscope', env: {} },
  { name: 'llmscope span_only', env: { [CONTENT]: 'span_only' } },
])
await compare('CPU per streamed chunk', 'chunks', 20_000, [
  { name: 'bare' },
  { name: 'llmscope', env: { LLMSCOPE_TIME_PER_OUTPUT_CHUNK: 'false' } },
  { name: 'llmscope with time_per_output_chunk', env: {} },
])
sink.close()
sink.closeAllConnections()

async function compare(
  title: string,
  work: string,
  count: number,
  variants: readonly Variant[],
): Promise<void> {
  const workers = await Promise.all(variants.map((variant) => startWorker(variant, work)))
  const samples = variants.map((): number[] => [])
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const [index, worker] of workers.entries()) {
      worker.send(count)
      const [microseconds] = (await once(worker, 'message')) as [number]
      if (round >= 0) samples[index]?.push(microseconds)
    }
  }
  for (const worker of workers) worker.disconnect()
  report(
    title,
    variants,
    samples.map((values) => Math.min(...values)),
  )
}

async function startWorker({ name, env }: Variant, work: string): Promise<ChildProcess> {
  const worker = fork(new URL('worker.ts', import.meta.url), [name, work], {
    env: {
      ...process.env,
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      OTEL_BSP_SCHEDULE_DELAY: '10',
      OTEL_BSP_MAX_QUEUE_SIZE: '100000',
    },
  })
  await once(worker, 'message')
  return worker
}

function report(title: string, variants: readonly Variant[], costs: readonly number[]): void {
  const [bare = 0, floor = 0] = costs
  process.stdout.write(`\n${title} (least disturbed of ${ROUNDS} rounds)\n`)
  for (const [index, { name }] of variants.entries()) {
    const value = costs[index] ?? 0
    const added = value - bare
    const ratio =
      variants[1]?.name === 'hand-written' && index > 0
        ? `  ${(added / (floor - bare)).toFixed(2)}x the hand-written`
        : ''
    process.stdout.write(
      `  ${name.padEnd(38)} ${value.toFixed(2).padStart(8)} µs  added ${added.toFixed(2).padStart(7)} µs${ratio}\n`,
    )
  }
}
