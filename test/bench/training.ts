/**
 * What a step of a training run costs, with metrics alone: CPU beyond that of the same loop without a
 * run, and the heap after each million steps.
 *
 *     npm run bench -- training
 */
import { trainingRun, type TrainingStep } from '@llmscope/sdk'
import { metrics } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'

const STEPS = process.argv.includes('--quick') ? 100_000 : 1_000_000
const ROUNDS = 5

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))

/** A loss that falls, and wobbles. */
const losses = Array.from(
  { length: STEPS },
  (_, step) => 2 + 3 * Math.exp((-8 * step) / STEPS) + 0.1 * (Math.random() - 0.5),
)

function loop(step: (facts: TrainingStep) => void): number {
  const before = process.cpuUsage()
  for (const loss of losses) {
    step({ loss, learningRate: 3e-4, gradientNorm: 1 + loss / 10, tokens: 4096, samples: 8 })
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / STEPS
}

let kept: TrainingStep | undefined

for (let round = 1; round <= ROUNDS; round += 1) {
  const alone = loop((facts) => {
    kept = facts
  })
  const traced = await trainingRun({ name: 'bench', stepEvents: 0 }, ({ step }) => loop(step))
  await reader.forceFlush()
  exporter.reset()
  globalThis.gc?.()
  const heap = (process.memoryUsage().heapUsed / 1e6).toFixed(1)
  process.stdout.write(
    `round ${round}: ${(traced - alone).toFixed(2)} µs a step, heap ${heap} MB\n`,
  )
}
if (!kept) throw new Error('the loop alone did nothing')
