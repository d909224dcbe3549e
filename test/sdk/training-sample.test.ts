import { start, trainingRun } from '@llmscope/sdk'
import { expect, test } from 'vitest'
import { startTelemetry } from './training-telemetry.ts'

test('what a model generates leaves where content is captured in events, and is redacted', async () => {
  const telemetry = startTelemetry()
  const sample = { prompt: 'Write to', output: ' alice@example.com' }
  const told = async (captureContent: 'no_content' | 'span_only' | 'event_only', name: string) => {
    start({ captureContent })
    await trainingRun({ name }, (run) => {
      run.step({ loss: 1 })
      run.sample(sample)
    })
    return telemetry.events(name, 'training.sample').map(({ attributes }) => attributes)
  }
  expect(await told('no_content', 'nothing')).toEqual([])
  expect(await told('span_only', 'spans only')).toEqual([])
  const [event] = await told('event_only', 'events')
  expect(event).toMatchObject({
    'training.step.index': 0,
    'training.sample.prompt': 'Write to',
    'training.sample.output': expect.not.stringContaining('alice'),
  })
  await telemetry.shutdown()
})
