import { type Attributes, SpanKind } from '@opentelemetry/api'
import type OpenAI from 'openai'
import { expect, test } from 'vitest'
import { json, openai } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()

const file = new File(['CANARY-AUDIO'], 'speech.wav')
const image = new File(['CANARY-IMAGE'], 'picture.png')

const calls: readonly (readonly [span: string, call: (client: OpenAI) => Promise<unknown>])[] = [
  [
    'generate_speech tts-1',
    ({ audio }) => audio.speech.create({ model: 'tts-1', input: 'Hello', voice: 'alloy' }),
  ],
  [
    'transcribe_audio whisper-1',
    ({ audio }) => audio.transcriptions.create({ model: 'whisper-1', file }),
  ],
  [
    'translate_audio whisper-1',
    ({ audio }) => audio.translations.create({ model: 'whisper-1', file }),
  ],
  [
    'generate_images gpt-image-1',
    ({ images }) => images.generate({ model: 'gpt-image-1', prompt: 'A cat' }),
  ],
  [
    'edit_image gpt-image-1',
    ({ images }) => images.edit({ model: 'gpt-image-1', image, prompt: 'A hat' }),
  ],
  ['vary_image dall-e-2', ({ images }) => images.createVariation({ model: 'dall-e-2', image })],
  [
    'moderate omni-moderation-latest',
    ({ moderations }) => moderations.create({ model: 'omni-moderation-latest', input: 'Hello' }),
  ],
  ['moderate', ({ moderations }) => moderations.create({ input: 'Hello' })],
  ['generate_videos sora-2', ({ videos }) => videos.create({ model: 'sora-2', prompt: 'A cat' })],
  ['retrieve_videos', ({ videos }) => videos.retrieve('video_1')],
  [
    'count_tokens gpt-5-mini',
    ({ responses }) => responses.inputTokens.count({ model: 'gpt-5-mini', input: 'Hello' }),
  ],
  ['create_realtime_secret', ({ realtime }) => realtime.clientSecrets.create({})],
  [
    'create_batch',
    ({ batches }) =>
      batches.create({
        completion_window: '24h',
        endpoint: '/v1/responses',
        input_file_id: 'file-1',
      }),
  ],
  ['retrieve_batch', ({ batches }) => batches.retrieve('batch_1')],
  ['list_batches', async ({ batches }) => Array.fromAsync(await batches.list())],
  ['cancel_batch', ({ batches }) => batches.cancel('batch_1')],
  ['upload_file', ({ files }) => files.create({ file, purpose: 'batch' })],
  ['retrieve_file', ({ files }) => files.retrieve('file-1')],
  ['list_files', async ({ files }) => Array.fromAsync(await files.list())],
  ['delete_file', ({ files }) => files.delete('file-1')],
  ['download_file', ({ files }) => files.content('file-1')],
]

test.each(calls)('%s is a span and a duration, and no inference', async (name, call) => {
  const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 }
  const fetch = async (): Promise<Response> => json({ id: 'x', data: [], has_more: false, usage })
  await call(openai({ fetch }))
  const [operation = '', model] = name.split(' ')
  const { spans } = telemetry()
  expect(spans.map((span) => [span.name, span.kind])).toEqual([[name, SpanKind.CLIENT]])
  const told: Attributes = {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': 'openai',
    ...(model && { 'gen_ai.request.model': model }),
  }
  expect(telemetry().span().attributes).toMatchObject(told)
  expect(JSON.stringify(telemetry().span().attributes)).not.toMatch(/usage|cost|CANARY/)
  const [duration] = await telemetry().points('gen_ai.client.operation.duration')
  expect(duration?.attributes).toMatchObject(told)
  expect(await telemetry().points('gen_ai.client.inference.duration')).toEqual([])
})

test('a request that is refused fails its span', async () => {
  const error = { message: 'no such file', type: 'invalid_request_error', param: null, code: null }
  const client = openai({ fetch: async () => json({ error }, 404) })
  await client.files.retrieve('file-1').catch(() => undefined)
  expect(telemetry().span('retrieve_file').attributes).toMatchObject({
    'error.type': 'NotFoundError',
    'llmscope.error.category': 'invalid_request',
  })
})
