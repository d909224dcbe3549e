import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import * as fc from 'fast-check'
import { dialect } from '../../sdk/anthropic-server/server.ts'
import { type AnthropicLibrary, INSTALLS, request } from '../anthropic-client.ts'
import { install } from '../workspace.ts'
import { count, startTelling, type UsageApi } from './api.ts'

const tokens = fc.nat({ max: 2_000_000 })
const maybe = fc.option(tokens)

/** The whole input is what is sent, read from the cache and written to it. */
export const anthropic: UsageApi = {
  name: 'anthropic messages',
  key: 'usage',
  usage: fc.tuple(tokens, maybe).chain(([made, written]) =>
    fc.record({
      input_tokens: tokens,
      output_tokens: fc.constant(made),
      cache_read_input_tokens: maybe,
      cache_creation_input_tokens: fc.constant(written),
      cache_creation: fc.option(
        fc.nat({ max: written ?? 0 }).map((hour) => ({
          ephemeral_1h_input_tokens: hour,
          ephemeral_5m_input_tokens: (written ?? 0) - hour,
        })),
      ),
      output_tokens_details: fc.option(
        fc.nat({ max: made }).map((thinking_tokens) => ({ thinking_tokens })),
      ),
    }),
  ),
  total: (told) =>
    count(told, 'input_tokens') +
    count(told, 'cache_read_input_tokens') +
    count(told, 'cache_creation_input_tokens') +
    count(told, 'output_tokens'),
  // a message begins with its input, and with less of the output than there is in the end
  soFar: (told, share) =>
    share < 0.5
      ? {
          ...told,
          output_tokens: Math.min(1, count(told, 'output_tokens')),
          output_tokens_details: null,
        }
      : told,
  connect: async (usage) => {
    const server = await startTelling(dialect, 'usage', usage)
    const require = createRequire(join(await install(INSTALLS.at(-1) ?? ''), 'index.js'))
    const { Anthropic } = require('@anthropic-ai/sdk') as AnthropicLibrary
    const client = instrument(new Anthropic({ apiKey: 'key', baseURL: server.baseURL }))
    return {
      server,
      ask: (model) => client.messages.create(request(model)),
      stream: (model) => client.messages.create(request(model, { stream: true })),
    }
  },
}
