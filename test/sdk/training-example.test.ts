import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { memory } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import type { Evaluation, Progress } from '../../examples/training/session.ts'
import { train } from '../../examples/training/train.ts'
import { startOtlpSink } from './otlp-sink.ts'

const main = fileURLToPath(new URL('../../examples/training/main.ts', import.meta.url))

test('the transformer learns, on WebAssembly, without holding on to a tensor', async () => {
  const steps: Progress[] = []
  const tensors: number[] = []
  const evaluations: Evaluation[] = []
  const { backend, checkpoint, sample } = await train({
    steps: 200,
    onStep: (progress) => {
      steps.push(progress)
      tensors.push(memory().numTensors)
    },
    onEvaluation: (evaluation) => evaluations.push(evaluation),
  })
  expect(backend).toBe('wasm')
  expect(steps).toHaveLength(200)
  expect(steps[0]?.loss).toBeCloseTo(Math.log(37), 0)
  expect(steps.at(-1)?.loss).toBeLessThan(Math.log(37) / 2)
  expect(evaluations[1]?.loss).toBeLessThan(evaluations[0]?.loss ?? 0)
  expect(evaluations[1]?.accuracy).toBeGreaterThan(0.5)
  expect(new Set(tensors).size).toBe(1)
  expect(memory().numTensors).toBe(0)
  expect(sample).toHaveLength(160)
  const weights = await readFile(checkpoint)
  expect(weights.byteLength % 4).toBe(0)
  expect(
    new Float32Array(weights.buffer, weights.byteOffset, 10).some((value) => value !== 0),
  ).toBe(true)
  await rm(dirname(checkpoint), { recursive: true })
}, 30_000)

test('the program exports its loss while it trains', async () => {
  const sink = await startOtlpSink()
  const seen = new Set<number>()
  const env = {
    ...process.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRIC_EXPORT_INTERVAL: '300',
    OTEL_METRIC_EXPORT_TIMEOUT: '300',
  }
  const args = ['--conditions=@llmscope/source', '--import', '@llmscope/sdk/register', main]
  const look = setInterval(() => {
    for (const { metric, value } of sink.points) {
      if (metric === 'training.loss' && value !== undefined) seen.add(value)
    }
  }, 20)
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [...args, '--steps', '150'], { env }, (error, output) => {
      if (error) reject(error)
      else resolve(output)
    })
  })
  clearInterval(look)
  expect(stdout).toMatch(/^step 99 {2}loss .* held-out loss .* tokens\/s\nstep 149 /)
  const losses = [...seen]
  expect(losses.length).toBeGreaterThan(2)
  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.8)
  const final = (metric: string): number | undefined =>
    sink.points.find((point) => point.metric === metric)?.value
  expect(final('training.steps')).toBe(150)
  expect(final('training.tokens')).toBe(150 * 6 * 32)
  expect(final('training.checkpoints')).toBe(2)
  expect(sink.spans.map(({ name }) => name).toSorted()).toEqual([
    'training checkpoint',
    'training checkpoint',
    'training epoch',
    'training epoch',
    'training evaluation validation',
    'training evaluation validation',
    'training run end',
    'training run start',
  ])
  expect(sink.logs.filter(({ eventName }) => eventName === 'training.step')).toHaveLength(150)
  await sink.close()
}, 60_000)

test('a number of steps that is none is refused', async () => {
  const outcome = await new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=@llmscope/source', main, '--steps', 'many'],
      (error, _stdout, stderr) => resolve([error?.code, stderr]),
    )
  })
  expect(outcome).toEqual([2, '--steps must be a whole number above 0, not many\n'])
})
