import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { useMistral } from './mistral-client.ts'
import { text } from './plain-content.ts'
import { install } from './workspace.ts'

const messages = [{ role: 'user', content: 'Hello' }]
const agent = { agentId: 'ordinary', messages }

describe.each(['mistral-1', 'mistral-2'])('%s', (version) => {
  const telemetry = useTelemetry({ captureContent: 'span_only' })
  const at = useMistral(version)

  const last = (): Readonly<Record<string, unknown>> => telemetry().spans.at(-1)?.attributes ?? {}
  const told = (name: string): unknown => JSON.parse(String(last()[`gen_ai.${name}`]))

  test('an agent is asked, and the answer tells its model', async () => {
    await at.client.agents.complete(agent)
    const whole = last()
    expect(whole).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.response.model': 'ordinary-2026-01-01',
      'gen_ai.usage.input_tokens': 28,
      'gen_ai.usage.cache_read.input_tokens': 4,
      'gen_ai.usage.output_tokens': 6,
    })
    expect(whole).not.toHaveProperty('gen_ai.request.model')
    await Array.fromAsync(await at.client.agents.stream(agent))
    expect(last()).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.model': 'ordinary-2026-01-01',
      'gen_ai.usage.output_tokens': 6,
    })
    expect(last()['gen_ai.output.messages']).toBe(whole['gen_ai.output.messages'])
  })

  test('a schema of the application is asked for, streamed or not', async () => {
    const zod = createRequire(join(await install(version), 'index.js'))('zod') as {
      readonly z: { object: (shape: object) => object; string: () => object }
    }
    const responseFormat = zod.z.object({ city: zod.z.string() })
    const request = { model: 'json', messages, responseFormat }
    await at.client.chat.parse(request)
    await Array.fromAsync(await at.client.chat.parseStream(request))
    for (const { attributes } of telemetry().spans) {
      expect(attributes).toMatchObject({
        'gen_ai.output.type': 'json',
        'gen_ai.usage.output_tokens': 5,
      })
    }
    expect(telemetry().spans).toHaveLength(2)
  })

  test('a conversation goes on, and what its connectors add is input', async () => {
    const { conversations } = at.client.beta
    const first = { model: 'ordinary', inputs: 'Hello', instructions: 'Be brief' }
    await conversations.start(first)
    expect(last()).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'ordinary',
      'gen_ai.response.model': 'ordinary-2026-01-01',
      'gen_ai.usage.input_tokens': 28,
      'gen_ai.usage.output_tokens': 6,
    })
    expect(told('system_instructions')).toEqual(text('Be brief'))
    expect(told('input.messages')).toEqual([{ role: 'user', parts: text('Hello') }])
    const answer = told('output.messages')
    expect(answer).toEqual([{ role: 'assistant', parts: text('CANARY-ANSWER of three pieces') }])
    await Array.fromAsync(await conversations.startStream(first))
    expect(told('output.messages')).toEqual(answer)
    expect(last()).toMatchObject({ 'gen_ai.usage.input_tokens': 28, 'gen_ai.request.stream': true })

    const result = { type: 'function.result', toolCallId: 'call_1', result: 'rain' }
    await conversations.append({
      conversationId: 'conv_1',
      conversationAppendRequest: { inputs: [result] },
    })
    expect(last()).toMatchObject({ 'gen_ai.conversation.id': 'conv_1' })
    expect(told('input.messages')).toEqual([
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'rain' }] },
    ])
  })

  test('a tool that a conversation calls, and an error in its stream', async () => {
    const { conversations } = at.client.beta
    const called = { type: 'tool_call', id: 'call_1', name: 'weather' }
    const given = { city: 'CANARY-TOOL-ARGUMENT' }
    await conversations.start({ model: 'tools', inputs: 'Hello' })
    expect(told('output.messages')).toMatchObject([{ parts: [{ ...called, arguments: given }] }])
    await Array.fromAsync(await conversations.startStream({ model: 'tools', inputs: 'Hello' }))
    expect(told('output.messages')).toMatchObject([{ parts: [{ ...called, arguments: given }] }])
    await Array.fromAsync(await conversations.startStream({ model: 'error-event', inputs: 'Hi' }))
    expect(last()).toMatchObject({ 'llmscope.error.category': 'server' })
  })

  test('what nobody counts in tokens is a plain operation', async () => {
    const { audio, classifiers, files } = at.client
    const file = { fileName: 'a', content: new Uint8Array([1, 2, 3]) }
    await classifiers.moderateChat({ model: 'ordinary', inputs: messages })
    await audio.transcriptions.complete({ model: 'ordinary', file })
    await files.upload({ file })
    await files.retrieve({ fileId: 'f1' })
    expect(telemetry().spans.map(({ name }) => name)).toEqual([
      'moderate ordinary',
      'transcribe_audio ordinary',
      'upload_file',
      'retrieve_file',
    ])
  })
})
