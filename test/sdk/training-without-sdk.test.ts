import { trainingRun } from '@llmscope/sdk'
import { diag, DiagLogLevel } from '@opentelemetry/api'
import { expect, test, vi } from 'vitest'
import { startTelemetry } from './training-telemetry.ts'

const ignore = (): void => undefined

test('with no OpenTelemetry SDK the loop runs as it would alone', async () => {
  const error = new Error('its own')
  expect(
    await trainingRun({ name: 'alone' }, async (run) => {
      run.step({ loss: 1, tokens: 1 })
      await run.checkpoint({}, () => undefined)
      return run.epoch(0, () => run.evaluation('validation', () => ({ loss: 1 })))
    }),
  ).toEqual({ loss: 1 })
  await expect(trainingRun({ name: 'alone' }, () => Promise.reject(error))).rejects.toBe(error)
})

test('a field that is no number is named once, and what else the step says is kept', async () => {
  const warn = vi.fn<(message: string) => void>()
  diag.setLogger(
    { warn, error: ignore, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  await trainingRun({ name: 'tensor' }, (run) => {
    for (let step = 0; step < 3; step += 1) {
      run.step({ loss: { dataSync: () => [1] } as unknown as number, tokens: 1 })
    }
  })
  expect(warn.mock.calls).toEqual([
    ['llmscope: run.step: loss is not a number and is left out; pass a plain number'],
  ])
  diag.disable()
})

test('an SDK that starts after the run is told of every step from then on, and of the sums', async () => {
  await trainingRun({ name: 'early' }, async (run) => {
    run.step({ loss: 3, tokens: 10 })
    const telemetry = startTelemetry()
    run.step({ loss: 2, tokens: 10 })
    await run.epoch(0, () => undefined)
    const points = await telemetry.points('early')
    expect(points).toContainEqual(expect.objectContaining({ metric: 'training.loss', value: 2 }))
    expect(points).toContainEqual(expect.objectContaining({ metric: 'training.tokens', value: 20 }))
    expect(telemetry.span('early', 'training epoch').links).toEqual([])
    await telemetry.shutdown()
  })
})
