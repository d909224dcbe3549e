import type { Endpoint } from '../../calls/adapter.ts'

interface Client {
  readonly baseURL?: string
  /** Only Azure's client has one. */
  readonly apiVersion?: string
}

/** Where a client of this generator sends the requests of one of its resources. */
export function endpoint(resource: unknown): Endpoint {
  const { baseURL, apiVersion } = (resource as { _client: Client })._client
  return { url: baseURL, provider: apiVersion === undefined ? undefined : 'azure.ai.openai' }
}
