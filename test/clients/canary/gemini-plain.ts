import type { Call } from '../../sdk/canary/canary.ts'
import type { Secrets } from '../../sdk/canary/secrets.ts'
import type { GoogleGenAI } from '../gemini-client.ts'

const MODEL = 'gemini-2.5-flash'

/** Requests that no model answers at once: nothing of them is content that is captured. */
export function plain(client: GoogleGenAI, secrets: Secrets): Call[] {
  return [...stored(client, secrets), ...failed(client, secrets)]
}

function stored({ batches, caches, files }: GoogleGenAI, { in: plant }: Secrets): Call[] {
  const file = new Blob([plant('file')], { type: 'text/plain' })
  const displayName = plant('file-name')
  const uploaded = {
    headers: {
      'x-goog-upload-url': 'https://uploads.example/1',
      'x-goog-upload-status': 'final',
    },
    body: { file: { name: 'files/1', displayName } },
  }
  const batch = { name: 'batches/1', metadata: { displayName: plant('batch-name') } }
  const cache = { name: 'cachedContents/1', displayName: plant('cache-name') }
  return [
    { answer: uploaded, run: () => files.upload({ file, config: { displayName } }) },
    {
      answer: { body: batch },
      run: () =>
        batches.create({
          model: MODEL,
          src: [{ contents: plant('batch'), metadata: { note: plant('batch-note') } }],
          config: { displayName: plant('batch-name') },
        }),
    },
    {
      answer: { body: { ...batch, response: { inlinedResponses: [plant('batch-answer')] } } },
      run: () => batches.get({ name: 'batches/1' }),
    },
    {
      answer: { body: cache },
      run: () =>
        caches.create({
          model: MODEL,
          config: {
            contents: plant('cached'),
            systemInstruction: plant('cached-instruction'),
            displayName: plant('cache-name'),
          },
        }),
    },
  ]
}

function failed({ batches, caches }: GoogleGenAI, { in: plant }: Secrets): Call[] {
  const error = { code: 404, message: plant('not-found'), status: 'NOT_FOUND' }
  const answer = { status: 404, body: { error } }
  return [
    { answer, run: () => batches.get({ name: `batches/${plant('batch-id')}` }) },
    { answer, run: () => caches.get({ name: `cachedContents/${plant('cache-id')}` }) },
  ]
}

/** Pictures and films, which only Vertex AI makes on request. */
export function media({ models, operations }: GoogleGenAI, { in: plant }: Secrets): Call[] {
  const prompt = plant('drawn-prompt')
  const bytesBase64Encoded = Buffer.from(plant('drawn')).toString('base64')
  const operation = { name: 'models/veo/operations/1', _fromAPIResponse: () => ({}) }
  const videos = [{ gcsUri: `gs://a/?key=${plant('film')}`, mimeType: 'video/mp4' }]
  return [
    {
      answer: { body: { predictions: [{ bytesBase64Encoded, prompt }] } },
      run: () => models.generateImages({ model: 'imagen-4', prompt }),
    },
    {
      answer: { body: { name: operation.name } },
      run: () => models.generateVideos({ model: 'veo-3', prompt: plant('film-prompt') }),
    },
    {
      answer: { body: { ...operation, done: true, response: { videos } } },
      run: () => operations.getVideosOperation({ operation }),
    },
  ]
}
