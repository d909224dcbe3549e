import type { Answer, Api } from '../scripted-server/dialect.ts'
import type { RequestBody } from './request.ts'

const UPLOAD = 'https://generativelanguage.googleapis.com/upload/v1beta/files?upload_id=1'
const PNG = 'iVBORw0KGgo='

const plain = (
  path: string | RegExp,
  body: object | string | ((request: RequestBody) => object),
  headers?: Answer['headers'],
): Api<RequestBody> => ({
  path,
  answer: (request) => ({
    body: typeof body === 'function' ? body(request) : body,
    events: [],
    streamsUsage: false,
    ...(headers && { headers }),
  }),
})

const batch = { name: 'batches/1', metadata: { state: 'BATCH_STATE_PENDING' } }
const cache = { name: 'cachedContents/1', usageMetadata: { totalTokenCount: 4096 } }
const file = { name: 'files/1', mimeType: 'text/plain', state: 'ACTIVE' }
const operation = 'publishers/google/models/ordinary/operations/1'

/** https://ai.google.dev/api: what is asked of the API beside content. */
export const otherApis: readonly Api<RequestBody>[] = [
  plain(':countTokens', { totalTokens: 31 }),
  plain('/models', { models: [{ name: 'models/gemini-3.8-flash' }] }),

  plain(/:(batchGenerateContent|asyncBatchEmbedContent|cancel)$/, batch),
  plain('/batches', { operations: [batch] }),
  plain(/\/batches\/[^/]+$/, batch),

  plain('/cachedContents', ({ model }) => (model ? cache : { cachedContents: [cache] })),
  plain(/\/cachedContents\/[^/]+$/, cache),

  // the protocol of https://ai.google.dev/gemini-api/docs/files: where to upload to, then the bytes
  plain(
    /\/upload\/v1(beta)?\/files$/,
    { file },
    { 'x-goog-upload-url': UPLOAD, 'x-goog-upload-status': 'final' },
  ),
  plain('/files', { files: [file] }),
  plain(/\/files\/[^/]+:download$/, 'CANARY-FILE'),
  plain(/\/files\/[^/]+$/, file),

  plain(/\/operations\/[^/]+$/, { name: operation, done: true }),
]

/** Of Vertex AI: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api and veo-video-generation. */
export const mediaApis: readonly Api<RequestBody>[] = [
  plain(/\/imagen[^/]*:predict$/, {
    predictions: [{ mimeType: 'image/png', bytesBase64Encoded: PNG }],
  }),
  plain(':predictLongRunning', { name: operation }),
  plain(':fetchPredictOperation', {
    name: operation,
    done: true,
    response: { videos: [{ gcsUri: 'gs://bucket/1.mp4', mimeType: 'video/mp4' }] },
  }),
]
