import type { Answer } from '../scripted-server/dialect.ts'
import { type AnthropicApi, CREATED, type RequestBody } from './api.ts'

const BATCH = 'msgbatch_013Zva2CMHLNnXjNJJKqJ2EF'

const unbilled = (body: object | string): Answer => ({ body, events: [], streamsUsage: false })

const page = (data: readonly { readonly id: string }[]): object => ({
  data,
  has_more: false,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
})

const batch = (origin: string, status: 'in_progress' | 'canceling' | 'ended') => ({
  id: BATCH,
  type: 'message_batch',
  processing_status: status,
  request_counts: { processing: 0, succeeded: 2, errored: 0, canceled: 0, expired: 0 },
  created_at: CREATED,
  expires_at: '2026-01-02T00:00:00Z',
  ended_at: status === 'ended' ? CREATED : null,
  archived_at: null,
  cancel_initiated_at: status === 'canceling' ? CREATED : null,
  results_url: status === 'ended' ? `${origin}/v1/messages/batches/${BATCH}/results` : null,
})

export const countTokens: AnthropicApi = {
  path: '/messages/count_tokens',
  answer: ({ model }) => unbilled({ input_tokens: 20 + model.length }),
}

export const batches: AnthropicApi = {
  path: '/messages/batches',
  answer: ({ origin, requests }) =>
    unbilled(requests ? batch(origin, 'in_progress') : page([batch(origin, 'ended')])),
}

export const oneBatch: AnthropicApi = {
  path: /\/messages\/batches\/[^/]+$/,
  answer: ({ origin, method }: RequestBody) =>
    unbilled(
      method === 'DELETE' ? { id: BATCH, type: 'message_batch_deleted' } : batch(origin, 'ended'),
    ),
}

export const cancelledBatch: AnthropicApi = {
  path: /\/messages\/batches\/[^/]+\/cancel$/,
  answer: ({ origin }) => unbilled(batch(origin, 'canceling')),
}

export const batchResults: AnthropicApi = {
  path: /\/messages\/batches\/[^/]+\/results$/,
  answer: () =>
    unbilled(
      ['first', 'second']
        .map((custom_id) => JSON.stringify({ custom_id, result: { type: 'canceled' } }))
        .join('\n'),
    ),
}

export const models: AnthropicApi = {
  path: '/models',
  answer: () =>
    unbilled(
      page([
        {
          id: 'claude-sonnet-5-5',
          type: 'model',
          display_name: 'Claude Sonnet 5.5',
          created_at: CREATED,
        } as { id: string },
      ]),
    ),
}
