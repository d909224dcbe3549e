import { execFile } from 'node:child_process'
import { trainingRun, type TrainingRunConfig } from '@llmscope/sdk'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startTelemetry, type Telemetry } from './training-telemetry.ts'

let telemetry: Telemetry

beforeAll(() => {
  telemetry = startTelemetry()
})

afterAll(() => telemetry.shutdown())
afterEach(() => void vi.useRealTimers())

/** Normal noise that is the same in every run. */
function noise(): () => number {
  let state = 42
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

type Anomaly = Readonly<Record<string, unknown>>

/** The anomaly events of a run: the step, the type and the evidence. */
function anomalies(name: string): Anomaly[] {
  return telemetry.events(name, 'training.anomaly').map(({ attributes }) => {
    const evidence = Object.entries(attributes)
      .filter(([key]) => key.startsWith('training.anomaly.'))
      .map(([key, value]) => [key.slice('training.anomaly.'.length), value])
    return Object.fromEntries([['step', attributes['training.step.index']], ...evidence])
  })
}

async function watch(
  name: string,
  steps: number,
  loss: (step: number, normal: () => number) => number,
  health: TrainingRunConfig['health'] = {},
): Promise<Anomaly[]> {
  const normal = noise()
  await trainingRun({ name, stepEvents: 0, health }, (run) => {
    for (let step = 0; step < steps; step += 1) run.step({ loss: loss(step, normal) })
  })
  const found = anomalies(name)
  const counted = (await telemetry.points(name)).filter(
    ({ metric }) => metric === 'training.anomalies',
  )
  expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(found.length)
  return found
}

test.each<[string, (step: number, normal: () => number) => number]>([
  ['a power law', (step, normal) => 1.5 + 6 * (step + 1) ** -0.3 + 0.15 * normal()],
  ['hardly any noise', (step, normal) => 1.5 + 6 * (step + 1) ** -0.3 + 0.002 * normal()],
  ['down to zero', (step, normal) => (step + 1) ** -0.7 * Math.exp(0.2 * normal())],
  ['below zero', (step, normal) => -3 + 5 * (step + 1) ** -0.3 + 0.2 * normal()],
  [
    'a warm-up',
    (step, normal) => (step < 300 ? 9.2 : 3 + 6.2 * (step - 299) ** -0.25) + 0.2 * normal(),
  ],
])('20,000 healthy noisy steps raise no alarm: %s', async (name, loss) => {
  expect(await watch(name, 20_000, loss)).toEqual([])
})

test('NaN and infinity are reported once an episode, with what was not finite', async () => {
  const found = await watch('nan', 300, (step) => {
    if (step >= 50 && step < 60) return step % 2 ? Number.NaN : Infinity
    return step === 200 ? Number.NaN : 2
  })
  expect(found).toMatchObject([
    { type: 'nan', step: 50, field: 'loss', value: 'Infinity' },
    { type: 'nan', step: 200, field: 'loss', value: 'NaN' },
  ])
})

test('a gradient norm that overflows is reported, though the loss is fine', async () => {
  await trainingRun({ name: 'overflow' }, (run) => {
    run.step({ loss: 2, gradientNorm: 1 })
    run.step({ loss: 2, gradientNorm: Infinity })
  })
  expect(anomalies('overflow')).toMatchObject([{ type: 'nan', step: 1, field: 'gradient_norm' }])
})

test('a spike is reported with its score, and does not hide the next one', async () => {
  const spikes: Record<number, number> = { 400: 9, 460: 7, 463: 7 }
  const found = await watch('spikes', 800, (step, normal) => (spikes[step] ?? 2) + 0.1 * normal())
  expect(found.map(({ type, step }) => [type, step])).toEqual([
    ['spike', 400],
    ['spike', 460],
  ])
  expect(found[0]).toMatchObject({ loss: expect.closeTo(9, 0), median: expect.closeTo(2, 0) })
  expect(found[0]?.['score']).toBeGreaterThan(10)
})

test('a loss that climbs and stays up is a divergence, reported once', async () => {
  const found = await watch(
    'divergence',
    3000,
    (step, normal) =>
      (step < 1000 ? 2 + 5 * Math.exp(-step / 200) : 2 + step / 500 - 2) + 0.1 * normal(),
    { plateauSteps: Infinity },
  )
  expect(found.map(({ type }) => type)).toEqual(['divergence'])
  expect(found[0]).toMatchObject({ best: expect.closeTo(2, 0) })
  expect(found[0]?.['step']).toBeGreaterThan(1000)
  expect(found[0]?.['step']).toBeLessThan(2000)
})

test('a loss that stops falling is a plateau', async () => {
  const found = await watch(
    'plateau',
    6000,
    (step, normal) => 2 + 5 * Math.exp(-step / 300) + 0.1 * normal(),
  )
  expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['plateau']))
  expect(found[0]).toMatchObject({ mean: expect.closeTo(2, 1), mean_before: expect.closeTo(2, 1) })
})

test('no step for many times the usual is a stall, once; an evaluation is none', async () => {
  const health = { stallSeconds: 0.05, stallFactor: 3 }
  await trainingRun({ name: 'stall', health }, async (run) => {
    const steps = async (): Promise<void> => {
      for (let step = 0; step < 10; step += 1) {
        run.step({ loss: 1 })
        await new Promise(setImmediate)
      }
    }
    await steps()
    await run.evaluation('long', () => new Promise((resolve) => setTimeout(resolve, 250)))
    expect(anomalies('stall')).toEqual([])
    await expect.poll(() => anomalies('stall')).toHaveLength(1)
    await steps()
    expect(anomalies('stall')).toHaveLength(1)
    await expect.poll(() => anomalies('stall')).toHaveLength(2)
  })
  expect(anomalies('stall')[0]).toMatchObject({ type: 'stall', step: 9 })
  expect(anomalies('stall')[0]?.['idle_seconds']).toBeGreaterThan(0.05)
})

test('a stall is seen, late, even where the loop blocks the event loop', async () => {
  const health = { stallSeconds: 0.05, stallFactor: 3 }
  await trainingRun({ name: 'blocked', health }, (run) => {
    for (let step = 0; step < 10; step += 1) run.step({ loss: 1 })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    run.step({ loss: 1 })
  })
  expect(anomalies('blocked')).toMatchObject([{ type: 'stall', step: 10 }])
})

test('a check that is turned off keeps quiet', async () => {
  const off = { spikeScore: Infinity, divergenceScore: Infinity, plateauSteps: Infinity }
  const found = await watch(
    'off',
    5000,
    (step, normal) => (step % 500 === 499 ? 90 : 2) + 0.1 * normal(),
    off,
  )
  expect(found).toEqual([])
})

test('a gradient that explodes, and one that vanishes, are reported with the norms', async () => {
  await trainingRun({ name: 'gradients', stepEvents: 0 }, (run) => {
    for (let step = 0; step < 400; step += 1) {
      const norm = step < 200 ? 1 + 0.1 * Math.sin(step) : 1e-6
      run.step({ loss: 2, gradientNorm: step === 100 ? 500 : norm })
    }
  })
  expect(anomalies('gradients')).toMatchObject([
    { type: 'gradient_explosion', step: 100, gradient_norm: 500, median: expect.closeTo(1, 0) },
    { type: 'gradient_vanishing', gradient_norm: 1e-6, median: expect.closeTo(1, 0) },
  ])
})

test('throughput that drops to less than half is reported once, with both rates', async () => {
  const health = { slowdownSeconds: 0.001, plateauSteps: Infinity }
  vi.useFakeTimers({ toFake: ['performance'] })
  await trainingRun({ name: 'slow', stepEvents: 0, health }, (run) => {
    for (let step = 0; step < 200; step += 1) {
      vi.advanceTimersByTime(step < 130 ? 2 : 15)
      run.step({ tokens: 100 })
    }
  })
  const [found, ...more] = anomalies('slow')
  expect(more).toEqual([])
  expect(found).toMatchObject({ type: 'throughput_drop' })
  expect(found?.['rate']).toBeLessThan(Number(found?.['rate_before']) / 2)
})

test('evaluations without a better loss lead to advice, once, and to nothing else', async () => {
  const losses = [3, 2, 2.1, 2.2, 2.3, 2.4, 1.9, 2, 2, 2]
  await trainingRun({ name: 'overfit', health: { patience: 3 } }, async (run) => {
    for (const loss of losses) {
      run.step({ loss: 1 })
      await run.evaluation('validation', () => ({ loss }))
    }
  })
  const advice = telemetry.events('overfit', 'training.advice').map(({ attributes }) => attributes)
  expect(advice).toMatchObject([
    {
      'training.advice.type': 'early_stopping',
      'training.evaluation.name': 'validation',
      'training.advice.loss': 2.3,
      'training.advice.best': 2,
      'training.advice.best_step': 1,
      'training.advice.evaluations': 3,
      'training.step.index': 4,
    },
    { 'training.advice.best': 1.9, 'training.step.index': 9 },
  ])
})

test('watching for a stall does not keep the process alive', async () => {
  const loop = `
    import { trainingRun } from '@llmscope/sdk'
    void trainingRun({ name: 'hangs' }, (run) => {
      run.step({ loss: 1 })
      return new Promise(() => undefined)
    })`
  const args = ['--conditions=@llmscope/source', '--input-type=module', '--eval', loop]
  const code = await new Promise((resolve) => {
    execFile(process.execPath, args, { timeout: 20_000 }, (error) => resolve(error?.code ?? 0))
  })
  expect(code).toBe(0)
})
