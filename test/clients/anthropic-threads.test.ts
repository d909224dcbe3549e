import { expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { request, useAnthropic } from './anthropic-client.ts'

const telemetry = useTelemetry({ captureContent: 'span_only' })
const at = useAnthropic('anthropic-1')

const HELLO = { role: 'user', content: 'Hello' }
const thread = (model: string): ReturnType<typeof at.client.beta.messages.thread> =>
  at.client.beta.messages.thread(request(model, { messages: [] }))

const usageOf = ({ attributes }: { attributes: Readonly<Record<string, unknown>> }): unknown[] => [
  attributes['gen_ai.usage.input_tokens'],
  attributes['gen_ai.usage.output_tokens'],
  attributes['llmscope.stream.outcome'],
]

/** Input, output and outcome of a call that was read to its end. */
const WHOLE = [28, 6, undefined]

// a thread reads responses by promises of its own
test('each turn of a thread is a call, whole or streamed', async () => {
  const conversation = thread('ordinary')
  await conversation.send(HELLO)
  await conversation.stream(HELLO).finalMessage()
  await conversation.send(HELLO)
  expect(telemetry().spans.map(({ name }) => name)).toEqual(Array(3).fill('chat ordinary'))
  expect(telemetry().spans.map(usageOf)).toEqual([WHOLE, WHOLE, WHOLE])
  for (const { attributes } of telemetry().spans) {
    expect(attributes['gen_ai.output.messages']).toContain('CANARY-ANSWER of three pieces')
  }
})

test('a turn whose reply nobody reads is told of all the same', async () => {
  void thread('ordinary').send(HELLO)
  await expect.poll(() => telemetry().spans.map(usageOf)).toEqual([WHOLE])
})

test('a turn that is refused is a failed call', async () => {
  const turn = thread('bad-request').send(HELLO)
  await expect(turn).rejects.toMatchObject({ status: 400 })
  expect(telemetry().span().attributes).toMatchObject({
    'error.type': 'BadRequestError',
    'llmscope.error.category': 'invalid_request',
  })
})

test('a streamed turn that is broken off counts what had been told', async () => {
  for await (const _ of thread('paced').stream(HELLO)) break
  await expect.poll(() => telemetry().spans.map(usageOf)).toEqual([[25, undefined, 'cancelled']])
})
