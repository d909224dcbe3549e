import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type GoogleGenAI, useGemini } from './gemini-client.ts'

type Calls = Readonly<Record<string, (client: GoogleGenAI) => Promise<unknown>>>

const model = 'models/ordinary'
const batch = { name: 'batches/ordinary' }
const cache = { name: 'cachedContents/ordinary' }
const file = { name: 'files/ordinary' }
const text = new Blob(['text'], { type: 'text/plain' })
const downloadPath = join(tmpdir(), `llmscope-${process.pid}`)
const operation = { name: 'models/ordinary/operations/1', _fromAPIResponse: () => ({}) }

/** By the name of the one span that tells of it. */
const ofGemini: Calls = {
  'count_tokens ordinary': ({ models }) => models.countTokens({ model, contents: 'Hello' }),
  'create_batch ordinary': ({ batches }) => batches.create({ model, src: [{ contents: 'Hello' }] }),
  retrieve_batch: ({ batches }) => batches.get(batch),
  list_batches: ({ batches }) => batches.list(),
  cancel_batch: ({ batches }) => batches.cancel(batch),
  delete_batch: ({ batches }) => batches.delete(batch),
  'create_cache ordinary': ({ caches }) => caches.create({ model, config: { contents: 'Hello' } }),
  retrieve_cache: ({ caches }) => caches.get(cache),
  list_caches: ({ caches }) => caches.list(),
  update_cache: ({ caches }) => caches.update({ ...cache, config: { ttl: '60s' } }),
  delete_cache: ({ caches }) => caches.delete(cache),
  upload_file: ({ files }) => files.upload({ file: text }),
  retrieve_file: ({ files }) => files.get(file),
  list_files: ({ files }) => files.list(),
  download_file: ({ files }) => files.download({ file: file.name, downloadPath }),
  delete_file: ({ files }) => files.delete(file),
  retrieve_videos: ({ operations }) => operations.getVideosOperation({ operation }),
}

const image = { imageBytes: 'iVBORw0KGgo=', mimeType: 'image/png' }
const prompt = 'A lighthouse'

const ofVertex: Calls = {
  'count_tokens ordinary': ({ models }) => models.countTokens({ model, contents: 'Hello' }),
  'generate_images imagen': ({ models }) => models.generateImages({ model: 'imagen', prompt }),
  'edit_image imagen': ({ models }) =>
    models.editImage({ model: 'imagen', prompt, referenceImages: [] }),
  'upscale_image imagen': ({ models }) =>
    models.upscaleImage({ model: 'imagen', image, upscaleFactor: 'x2' }),
  'generate_videos ordinary': ({ models }) => models.generateVideos({ model: 'ordinary', prompt }),
  retrieve_videos: ({ operations }) => operations.getVideosOperation({ operation }),
}

const telling = (span: string, provider: string): object => ({
  name: span,
  attributes: expect.objectContaining({
    'gen_ai.operation.name': span.split(' ')[0],
    'gen_ai.provider.name': provider,
    'server.address': '127.0.0.1',
  }) as unknown,
  events: [],
  timed: [1, 0],
})

describe.each(['gemini-1', 'gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry()
  const at = useGemini(version)

  /** How a call that no model answered is told of, and how often it was timed as what. */
  async function told(): Promise<object> {
    const { name, attributes, events } = telemetry().span()
    const durations = await telemetry().points('gen_ai.client.operation.duration')
    const inferences = await telemetry().points('gen_ai.client.inference.operation.duration')
    return { name, attributes, events, timed: [durations.length, inferences.length] }
  }
  test.each(Object.entries(ofGemini))('%s is one span', async (span, call) => {
    await call(at.client)
    expect(await told()).toEqual(telling(span, 'gcp.gemini'))
    await rm(downloadPath, { force: true })
  })

  test.each(Object.entries(ofVertex))('%s is one span in Vertex AI', async (span, call) => {
    await call(at.create({ vertexai: true }))
    expect(await told()).toEqual(telling(span, 'gcp.vertex_ai'))
  })

  test('an upload of many requests sends none of them again', async () => {
    await at.client.files.upload({ file: text })
    expect(telemetry().span().attributes).not.toHaveProperty(['http.request.resend_count'])
  })

  test('a request that is refused is a failure', async () => {
    await expect(at.client.batches.get({ name: 'batches/forbidden' })).rejects.toThrow('permission')
    expect(telemetry().span().attributes).toMatchObject({
      'error.type': 'ApiError',
      'llmscope.error.category': 'auth',
      'http.response.status_code': 403,
    })
  })

  test('an abort signal in the configuration cancels it', async () => {
    const controller = new AbortController()
    const config = { abortSignal: controller.signal }
    const call = at.client.models.countTokens({ model: 'silent', contents: 'Hello', config })
    call.catch(() => undefined)
    await expect.poll(() => at.server.exchanges.at(-1)?.model).toBe('silent')
    controller.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(telemetry().span().attributes).toMatchObject({ 'llmscope.error.category': 'cancelled' })
  })
})
