import type { Method, Target } from '../../calls/adapter.ts'
import type { GenAiRequest, Operation } from '../../calls/genai.ts'
import { modelName } from './model.ts'
import type { PlainRequest } from './wire.ts'

type Operations = Readonly<Record<string, Operation>>

const MODELS: Operations = {
  countTokens: 'count_tokens',
  generateImagesInternal: 'generate_images',
  editImageInternal: 'edit_image',
  upscaleImageInternal: 'upscale_image',
  generateVideosInternal: 'generate_videos',
}

const BATCHES: Operations = {
  createInternal: 'create_batch',
  createEmbeddingsInternal: 'create_batch',
  get: 'retrieve_batch',
  listInternal: 'list_batches',
  cancel: 'cancel_batch',
  delete: 'delete_batch',
}

const CACHES: Operations = {
  create: 'create_cache',
  get: 'retrieve_cache',
  listInternal: 'list_caches',
  update: 'update_cache',
  delete: 'delete_cache',
}

const FILES: Operations = {
  upload: 'upload_file',
  get: 'retrieve_file',
  listInternal: 'list_files',
  download: 'download_file',
  delete: 'delete_file',
}

/** Videos are made in the background: an operation of the API's tells whether they are there. */
const OPERATIONS: Operations = {
  getVideosOperationInternal: 'retrieve_videos',
  fetchPredictVideosOperationInternal: 'retrieve_videos',
}

/** Requests that no model answers at once, or with no count of tokens. */
export const plainTargets: readonly Target[] = [
  ...targetsOf('Models', MODELS),
  ...targetsOf('Batches', BATCHES),
  ...targetsOf('Caches', CACHES),
  ...targetsOf('Files', FILES),
  ...targetsOf('Operations', OPERATIONS),
]

function targetsOf(owner: string, operations: Operations): Target[] {
  return Object.entries(operations).map(([name, operation]) => ({
    owner,
    resource: owner.toLowerCase(),
    name,
    method: plain(operation),
  }))
}

function plain(operation: Operation): Method<PlainRequest> {
  return { operation, request: readRequest, response: () => ({}) }
}

function readRequest({ model, config }: PlainRequest): GenAiRequest {
  return {
    model: model === undefined ? undefined : modelName(model),
    isCancelled: () => config?.abortSignal?.aborted ?? false,
  }
}
