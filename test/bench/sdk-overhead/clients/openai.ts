import type { Client } from '../client.ts'
import { common } from './facts.ts'

interface OpenAI {
  readonly chat: {
    readonly completions: { create(request: object): Promise<AsyncIterable<unknown>> }
  }
}

interface Library {
  readonly OpenAI: new (options: object) => OpenAI
}

const { system, question, text, responseId } = common
const model = 'gpt-5-mini'
const responseModel = 'gpt-5-mini-2025-08-07'

const request = {
  model,
  messages: [
    { role: 'system', content: system },
    { role: 'user', content: question },
  ],
  temperature: common.temperature,
  max_completion_tokens: common.maxTokens,
}

const usage = {
  prompt_tokens: common.inputTokens,
  completion_tokens: common.outputTokens,
  total_tokens: common.inputTokens + common.outputTokens,
}

function event(choices: readonly object[], more: object = {}): string {
  const head = { id: responseId, object: 'chat.completion.chunk', created: 1, model: responseModel }
  return `data: ${JSON.stringify({ ...head, choices, ...more })}\n\n`
}

export const openai: Client = {
  name: 'openai',
  facts: { ...common, provider: 'openai', host: 'api.openai.com', model, responseModel },
  create: (module) => new (module as Library).OpenAI({ apiKey: 'key' }),
  calls: (client) => {
    const { completions } = (client as OpenAI).chat
    return {
      call: () => completions.create(request),
      stream: () =>
        completions.create({ ...request, stream: true, stream_options: { include_usage: true } }),
    }
  },
  answer: {
    id: responseId,
    object: 'chat.completion',
    created: 1,
    model: responseModel,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
    usage,
  },
  events: (words) =>
    event([{ index: 0, delta: { content: ' word' }, finish_reason: null }]).repeat(words) +
    event([{ index: 0, delta: {}, finish_reason: 'stop' }]) +
    `${event([], { usage })}data: [DONE]\n\n`,
}
