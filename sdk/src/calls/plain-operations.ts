/**
 * Requests to a provider that no model answers at once, or that nobody counts in tokens. The conventions
 * have no name for them: these are ours.
 */
export const plainOperations = [
  'count_tokens',
  'create_batch',
  'retrieve_batch',
  'retrieve_batch_results',
  'list_batches',
  'cancel_batch',
  'delete_batch',
  'create_cache',
  'retrieve_cache',
  'list_caches',
  'update_cache',
  'delete_cache',
  'upload_file',
  'retrieve_file',
  'list_files',
  'download_file',
  'delete_file',
  'generate_images',
  'edit_image',
  'upscale_image',
  'vary_image',
  'generate_videos',
  'retrieve_videos',
  'generate_speech',
  'transcribe_audio',
  'translate_audio',
  'moderate',
  'classify',
  'read_document',
  'create_realtime_secret',
  'open_session',
  'rerank',
] as const

export type PlainOperation = (typeof plainOperations)[number]
