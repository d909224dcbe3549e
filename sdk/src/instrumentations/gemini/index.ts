import type { Adapter } from '../../calls/adapter.ts'
import { googleHeaders } from '../../attempts/header-dialects.ts'
import { embed } from './embeddings.ts'
import { live } from './live.ts'
import { plainTargets } from './plain.ts'
import { generate, generateStream } from './generate.ts'

/** What the client's resources are all made with. */
interface Resource {
  readonly apiClient: {
    readonly clientOptions?: {
      readonly vertexai?: boolean
      readonly httpOptions?: { readonly baseUrl?: string }
    }
  }
}

/**
 * The `@google/genai` client, versions 1 to 3, in its Gemini and its Vertex AI mode. What an application
 * calls are functions that each instance has of its own, and one call of them can make many
 * requests: automatic function calling, automatic continuation. Behind them is one method of the
 * prototype for each request.
 */
export const gemini: Adapter = {
  provider: 'gcp.gemini',
  module: '@google/genai',
  majors: [1, 2, 3],
  files: ['dist/node/index', 'dist/index', 'dist/web/index'],
  targets: [
    {
      owner: 'Models',
      resource: 'models',
      name: 'generateContentInternal',
      method: generate,
    },
    {
      owner: 'Models',
      resource: 'models',
      name: 'generateContentStreamInternal',
      method: generateStream,
    },
    { owner: 'Models', resource: 'models', name: 'embedContentInternal', method: embed },
    { owner: 'Live', resource: 'live', name: 'connect', method: live },
    ...plainTargets,
  ],
  attempt: {
    owner: 'ApiClient',
    resource: 'apiClient',
    name: 'apiCall',
    transport: 5,
    headers: googleHeaders,
  },
  endpoint: (resource) => {
    const { clientOptions } = (resource as Resource).apiClient
    return {
      url: clientOptions?.httpOptions?.baseUrl,
      provider: clientOptions?.vertexai ? 'gcp.vertex_ai' : undefined,
    }
  },
}
