import type { Method, Target } from '../../calls/adapter.ts'
import type { Operation } from '../../calls/genai.ts'

/** What the methods of resources do, by the path of a resource and the name of a method. */
type Resources = Readonly<Record<string, Readonly<Record<string, Operation>>>>

export const audio: Resources = {
  'audio.speech': { create: 'generate_speech' },
  'audio.transcriptions': { create: 'transcribe_audio' },
  'audio.translations': { create: 'translate_audio' },
}

export const batches: Resources = {
  batches: {
    create: 'create_batch',
    retrieve: 'retrieve_batch',
    list: 'list_batches',
    cancel: 'cancel_batch',
  },
}

export const videos: Resources = {
  videos: { create: 'generate_videos', retrieve: 'retrieve_videos' },
}

/** OpenAI's own. */
export const plain: Resources = {
  ...audio,
  ...batches,
  ...videos,
  images: { generate: 'generate_images', edit: 'edit_image', createVariation: 'vary_image' },
  moderations: { create: 'moderate' },
  files: {
    create: 'upload_file',
    retrieve: 'retrieve_file',
    list: 'list_files',
    delete: 'delete_file',
    content: 'download_file',
  },
  'responses.inputTokens': { count: 'count_tokens' },
  // a connection made with the secret is between the provider and whoever has it
  'realtime.clientSecrets': { create: 'create_realtime_secret' },
}

/** The targets of a client of this generator, which names the class of each resource after it. */
export function plainTargets(client: string, resources: Resources): Target[] {
  return Object.entries(resources).flatMap(([resource, methods]) => {
    const owner = [client, ...resource.split('.').map(capitalised)].join('.')
    return Object.entries(methods).map(([name, operation]) => ({
      owner,
      resource,
      name,
      method: request(operation),
    }))
  })
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function request(operation: Operation): Method {
  return { operation, request: (input) => ({ model: modelIn(input) }), response: () => ({}) }
}

/** The model, where a request is for one: others are about what has an id, or about nothing. */
function modelIn(input: unknown): string | undefined {
  const model = (input as { readonly model?: unknown } | undefined)?.model
  return typeof model === 'string' ? model : undefined
}
