import { trainingRun } from '@llmscope/sdk'
import { context, logs, metrics, trace } from '@opentelemetry/api'
import { NodeSDK } from '@opentelemetry/sdk-node'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const fault = vi.fn<() => never>(() => {
  throw new Error('telemetry fault')
})

let sdk: NodeSDK | undefined

beforeEach(() => {
  for (const signal of ['TRACES', 'METRICS', 'LOGS']) {
    vi.stubEnv(`OTEL_${signal}_EXPORTER`, 'none')
  }
  fault.mockClear()
})

afterEach(async () => {
  await sdk?.shutdown()
  sdk = undefined
  for (const api of [context, logs, metrics, trace]) api.disable()
})

async function train(): Promise<unknown> {
  return trainingRun({ name: 'faulty', health: { stallSeconds: 0.02 } }, async (run) => {
    const seen: unknown[] = [run.name]
    await run.epoch(0, async (epoch) => {
      for (const loss of [3, Number.NaN, 1]) epoch.step({ loss })
      seen.push(await run.evaluation('validation', () => ({ loss: 1 })))
      seen.push(await run.checkpoint({}, () => 'saved'))
      await expect(
        run.evaluation('broken', () => Promise.reject(new RangeError())),
      ).rejects.toThrow(RangeError)
    })
    return seen
  })
}

const TRAINED = ['faulty', { loss: 1 }, 'saved']

const nothing = (): void => undefined

// vitest fails by itself on a rejection that nobody handles
test.each<[string, Pick<SpanProcessor, 'onStart' | 'onEnd'>]>([
  ['starts', { onStart: fault, onEnd: nothing }],
  ['ends', { onStart: nothing, onEnd: fault }],
])('a span processor that throws when a span %s reaches nobody', async (_when, hooks) => {
  const quiet = { forceFlush: async () => undefined, shutdown: async () => undefined }
  sdk = new NodeSDK({ spanProcessors: [{ ...hooks, ...quiet }], autoDetectResources: false })
  sdk.start()
  expect(await train()).toEqual(TRAINED)
  expect(fault).toHaveBeenCalled()
})

test('a log processor that throws reaches nobody', async () => {
  sdk = new NodeSDK({
    logRecordProcessors: [
      { onEmit: fault, forceFlush: async () => undefined, shutdown: async () => undefined },
    ],
    autoDetectResources: false,
  })
  sdk.start()
  expect(await train()).toEqual(TRAINED)
  expect(fault).toHaveBeenCalled()
})

test('a meter that throws reaches nobody', async () => {
  metrics.setGlobalMeterProvider({ getMeter: fault })
  expect(await train()).toEqual(TRAINED)
  expect(fault).toHaveBeenCalled()
})

test('a result that throws when it is read reaches the loop untouched', async () => {
  const hostile = {
    get loss(): number {
      return fault()
    },
  }
  const result = await trainingRun({ name: 'hostile' }, (run) =>
    run.evaluation('validation', () => hostile),
  )
  expect(result).toBe(hostile)
  expect(fault).toHaveBeenCalled()
})
