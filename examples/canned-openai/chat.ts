import { randomUUID } from 'node:crypto'
import type { ChatCompletion, ChatCompletionCreateParams } from 'openai/resources/chat/completions'
import type { CompletionUsage } from 'openai/resources/completions'
import { invalidParameter, missingParameter } from './api-error.ts'
import type { PromptCache } from './billing.ts'
import { chunks } from './chat-stream.ts'
import type { Endpoint } from './exchange.ts'
import { findModel } from './models.ts'
import { reply } from './script.ts'
import { callText, promptTokens, tokenize } from './tokens.ts'

type Billed = ChatCompletion & { usage: CompletionUsage }

/** `POST /v1/chat/completions`, streamed and not. */
export const chat: Endpoint = async (body, exchange, { pace, cache, ledger }) => {
  const request = parse(body)
  const completion = complete(request, cache)
  const { usage } = completion
  await pace.firstToken(usage.prompt_tokens, exchange.signal)
  const tokensPerSecond = pace.tokensPerSecond()
  if (request.stream) {
    exchange.openStream()
    const includeUsage = request.stream_options?.include_usage === true
    for (const { value, tokens } of chunks(completion, includeUsage, () => pace.chunkTokens())) {
      await pace.generate(tokens, tokensPerSecond, exchange.signal)
      exchange.send(value)
    }
    ledger.charge(request.model, usage)
    exchange.endStream()
  } else {
    await pace.generate(visibleTokens(usage), tokensPerSecond, exchange.signal)
    ledger.charge(request.model, usage)
    exchange.json(200, completion)
  }
}

function parse(body: unknown): ChatCompletionCreateParams {
  const request = body as ChatCompletionCreateParams
  if (typeof request.model !== 'string') throw missingParameter('model')
  if (!Array.isArray(request.messages) || request.messages.length === 0) {
    throw missingParameter('messages')
  }
  if ((request.n ?? 1) !== 1) throw invalidParameter('n', 'this server has one canned answer.')
  return request
}

function complete(request: ChatCompletionCreateParams, cache: PromptCache): Billed {
  const model = findModel(request.model, 'chat')
  const prompt = promptTokens(request)
  const { content, toolCall } = reply(request)
  const written = tokenize(toolCall ? callText(toolCall) : content).length
  const reasoning = model.reasoning ? reasoningTokens(prompt.length) : 0
  return {
    id: `chatcmpl-${randomUUID().replaceAll('-', '').slice(0, 29)}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: model.snapshot,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content,
          ...(toolCall && { tool_calls: [toolCall] }),
          refusal: null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: toolCall ? 'tool_calls' : 'stop',
      },
    ],
    usage: {
      prompt_tokens: prompt.length,
      completion_tokens: written + reasoning,
      total_tokens: prompt.length + written + reasoning,
      prompt_tokens_details: { cached_tokens: cache.read(request.model, prompt), audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: reasoning,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    service_tier: 'default',
    system_fingerprint: 'fp_canned',
  }
}

// Providers bill reasoning in steps of 64 tokens; a longer prompt is thought about for longer.
function reasoningTokens(promptLength: number): number {
  return 64 * Math.min(4, 1 + Math.floor(promptLength / 256))
}

function visibleTokens({ completion_tokens, completion_tokens_details }: CompletionUsage): number {
  return completion_tokens - (completion_tokens_details?.reasoning_tokens ?? 0)
}
