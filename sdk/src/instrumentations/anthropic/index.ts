import type { Adapter, Target } from '../../calls/adapter.ts'
import { anthropicHeaders } from '../../attempts/header-dialects.ts'
import { messages } from './messages.ts'
import { native } from './native.ts'
import { batches, countTokens } from './plain.ts'

interface Client {
  readonly baseURL?: string
  /** By the conventions; not in versions that do not trace themselves. */
  readonly _genAIProviderName?: string
}

/** The Messages API as it is, or as its beta in classes of its own. */
function targetsOf(owner: string, resource: string): Target[] {
  return [
    { owner, resource, name: 'create', method: messages },
    { owner, resource, name: 'countTokens', method: countTokens },
    ...Object.entries(batches).map(([name, method]) => ({
      owner: `${owner}.Batches`,
      resource: `${resource}.batches`,
      name,
      method,
    })),
  ]
}

/** The `@anthropic-ai/sdk` client, and those for other platforms that share its resources. */
export const anthropic: Adapter = {
  provider: 'anthropic',
  module: '@anthropic-ai/sdk',
  majors: [0, 1],
  files: ['index', 'client'],
  targets: [
    ...targetsOf('Anthropic.Messages', 'messages'),
    ...targetsOf('Anthropic.Beta.Messages', 'beta.messages'),
  ],
  attempt: { owner: 'Anthropic', name: 'fetchWithTimeout', headers: anthropicHeaders },
  others: [
    '@traceloop/instrumentation-anthropic',
    '@arizeai/openinference-instrumentation-anthropic',
  ],
  native,
  endpoint: (resource) => {
    const { baseURL, _genAIProviderName } = (resource as { _client: Client })._client
    return { url: baseURL, provider: _genAIProviderName }
  },
}
