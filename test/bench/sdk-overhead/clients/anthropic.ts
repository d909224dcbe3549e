import type { Client } from '../client.ts'
import { common } from './facts.ts'

interface Anthropic {
  readonly messages: { create(request: object): Promise<AsyncIterable<unknown>> }
}

interface Library {
  readonly Anthropic: new (options: object) => Anthropic
}

const model = 'claude-sonnet-4-5'
const responseModel = 'claude-sonnet-4-5-20250929'

const request = {
  model,
  system: common.system,
  messages: [{ role: 'user', content: common.question }],
  temperature: common.temperature,
  max_tokens: common.maxTokens,
}

const message = {
  id: common.responseId,
  type: 'message',
  role: 'assistant',
  model: responseModel,
  stop_sequence: null,
}

const event = (data: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

const usage = { input_tokens: common.inputTokens, output_tokens: common.outputTokens }
const delta = { type: 'text_delta', text: ' word' }
const stopped = { stop_reason: 'end_turn', stop_sequence: null }

export const anthropic: Client = {
  name: '@anthropic-ai/sdk',
  facts: { ...common, provider: 'anthropic', host: 'api.anthropic.com', model, responseModel },
  create: (module) => new (module as Library).Anthropic({ apiKey: 'key' }),
  calls: (client) => {
    const { messages } = client as Anthropic
    return {
      call: () => messages.create(request),
      stream: () => messages.create({ ...request, stream: true }),
    }
  },
  answer: {
    ...message,
    content: [{ type: 'text', text: common.text }],
    stop_reason: 'end_turn',
    usage,
  },
  events: (words) =>
    event({
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        usage: { ...usage, output_tokens: 1 },
      },
    }) +
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
    event({ type: 'content_block_delta', index: 0, delta }).repeat(words) +
    event({ type: 'content_block_stop', index: 0 }) +
    event({ type: 'message_delta', delta: stopped, usage }) +
    event({ type: 'message_stop' }),
}
