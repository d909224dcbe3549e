import type OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { events, json, openai, read } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()

/** One server that speaks OpenAI's protocol in words of its own, as it tells usage of one answer. */
interface Server {
  readonly name: string
  readonly baseURL: string
  /** Of the whole answer; of a stream, in its last chunk but for what `streamed` says. */
  readonly told: object
  readonly streamed?: readonly object[]
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Sources of the facts are named beside them; the figures are ours, but where they say more. */
const servers: readonly Server[] = [
  {
    // api-docs.deepseek.com/guides/kv_cache; deepseek-sdk 0.7.0: hits and misses add up to the prompt
    name: 'DeepSeek',
    baseURL: 'https://api.deepseek.com',
    told: {
      usage: {
        prompt_tokens: 100,
        completion_tokens: 30,
        total_tokens: 130,
        prompt_cache_hit_tokens: 64,
        prompt_cache_miss_tokens: 36,
        completion_tokens_details: { reasoning_tokens: 20 },
      },
    },
    attributes: {
      'gen_ai.provider.name': 'deepseek',
      ...tokens({ input: 100, output: 30, cached: 64, reasoning: 20 }),
    },
  },
  {
    // xai-openapi 0.1.1, usage.rs; that completion tokens are without reasoning ones: docs.x.ai/docs/guides/reasoning
    name: 'xAI',
    baseURL: 'https://api.x.ai/v1',
    told: {
      usage: {
        prompt_tokens: 32,
        completion_tokens: 9,
        total_tokens: 135,
        prompt_tokens_details: {
          text_tokens: 32,
          audio_tokens: 0,
          image_tokens: 0,
          cached_tokens: 6,
        },
        completion_tokens_details: { reasoning_tokens: 94, audio_tokens: 0 },
        num_sources_used: 0,
        cost_in_usd_ticks: 318_319_000,
      },
    },
    attributes: {
      'gen_ai.provider.name': 'x_ai',
      ...tokens({ input: 32, output: 103, cached: 6, reasoning: 94 }),
      'llmscope.cost.amount': expect.closeTo(0.0318319, 10),
      'llmscope.cost.source': 'provider',
    },
  },
  {
    // openrouter.ai/docs/use-cases/usage-accounting, whose example this is
    name: 'OpenRouter',
    baseURL: 'https://openrouter.ai/api/v1',
    told: {
      usage: {
        completion_tokens: 2,
        completion_tokens_details: { reasoning_tokens: 0 },
        cost: 0.95,
        cost_details: { upstream_inference_cost: null },
        prompt_tokens: 194,
        prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 100, audio_tokens: 0 },
        total_tokens: 196,
      },
    },
    attributes: {
      'gen_ai.provider.name': 'openrouter',
      ...tokens({ input: 194, output: 2, cached: 0, reasoning: 0 }),
      'gen_ai.usage.cache_write.input_tokens': 100,
      'llmscope.cost.amount': 0.95,
      'llmscope.cost.source': 'provider',
    },
  },
  {
    name: 'OpenRouter with a key of the application’s own',
    baseURL: 'https://openrouter.ai/api/v1',
    told: {
      usage: {
        prompt_tokens: 194,
        completion_tokens: 2,
        total_tokens: 196,
        is_byok: true,
        cost: 0.95,
        cost_details: { upstream_inference_cost: 19 },
      },
    },
    attributes: { 'llmscope.cost.amount': 19.95, 'llmscope.cost.source': 'provider' },
  },
  {
    // ai.google.dev/gemini-api/docs/openai: thoughts are in the total alone
    name: "Gemini's compatible endpoint",
    baseURL: 'https://generativelanguage.googleapis.com/v1beta/openai',
    told: { usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 120 } },
    attributes: {
      'gen_ai.provider.name': 'gcp.gemini',
      ...tokens({ input: 11, output: 109 }),
    },
  },
  {
    // tools/server/README.md of llama.cpp: what was read is `prompt_n` and `cache_n`
    name: 'llama.cpp, of which nobody asked for usage',
    baseURL: 'http://localhost:8080/v1',
    told: {
      timings: { cache_n: 236, prompt_n: 1, prompt_ms: 30.9, predicted_n: 35, predicted_ms: 661 },
    },
    attributes: tokens({ input: 237, output: 35, cached: 236 }),
  },
  {
    // docs.vllm.ai, `continuous_usage_stats`: each chunk tells how much it is so far
    name: 'vLLM',
    baseURL: 'http://localhost:8000/v1',
    told: { usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 } },
    streamed: [1, 2].map((made) => ({
      usage: { prompt_tokens: 12, completion_tokens: made, total_tokens: 12 + made },
    })),
    attributes: tokens({ input: 12, output: 3 }),
  },
  {
    // lmstudio.ai/docs/developer/rest/endpoints: figures of its own beside the protocol's
    name: 'LM Studio',
    baseURL: 'http://localhost:1234/v1',
    told: {
      usage: { prompt_tokens: 24, completion_tokens: 53, total_tokens: 77 },
      stats: { tokens_per_second: 51.4, time_to_first_token: 0.111, stop_reason: 'eosFound' },
    },
    attributes: tokens({ input: 24, output: 53 }),
  },
]

describe.each(servers)('$name', ({ baseURL, told, streamed = [], attributes }) => {
  const request = { model: 'm', messages: [] }
  const head = { id: 'x', object: 'chat.completion', created: 0, model: 'm' }

  test('a whole answer says what was used', async () => {
    const choices = [{ index: 0, message: { role: 'assistant' }, finish_reason: 'stop' }]
    await openai({
      baseURL,
      fetch: async () => json({ ...head, choices, ...told }),
    }).chat.completions.create(request)
    expect(telemetry().span().attributes).toMatchObject(attributes)
  })

  test('a stream says what was used', async () => {
    const delta = { index: 0, delta: { reasoning_content: 'Hm' }, finish_reason: null }
    const chunks = [
      { ...head, choices: [delta] },
      ...streamed.map((so) => ({ ...head, choices: [delta], ...so })),
      { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], ...told },
    ]
    const client = openai({ baseURL, fetch: async () => events(chunks) })
    await read(await client.chat.completions.create({ ...request, stream: true }))
    expect(telemetry().span().attributes).toMatchObject(attributes)
  })
})

describe('Perplexity', () => {
  // the schemas ResponsesUsage and ResponsesCost of docs.perplexity.ai's OpenAPI description
  test('a response says what was used, and what it cost', async () => {
    const usage = {
      input_tokens: 500,
      input_tokens_details: { cache_creation_input_tokens: 40, cache_read_input_tokens: 300 },
      output_tokens: 60,
      total_tokens: 560,
      cost: {
        currency: 'USD',
        input_cost: 0.001,
        output_cost: 0.002,
        tool_calls_cost: 0.005,
        total_cost: 0.008,
      },
    }
    const body = { id: 'r', model: 'sonar', status: 'completed', output: [], usage }
    const baseURL = 'https://api.perplexity.ai/v1'
    await openai({ baseURL, fetch: async () => json(body) }).responses.create({
      model: 'sonar',
      input: 'Hello',
    })
    expect(telemetry().span().attributes).toMatchObject({
      'gen_ai.provider.name': 'perplexity',
      ...tokens({ input: 500, output: 60, cached: 300 }),
      'gen_ai.usage.cache_write.input_tokens': 40,
      'llmscope.cost.amount': 0.008,
      'llmscope.cost.source': 'provider',
    })
  })
})

test.each([
  [429, 'rate_limit'],
  [402, 'quota'],
  [502, 'server'],
])('an error %i within a stream of OpenRouter is one of kind %s', async (code, category) => {
  // openrouter.ai/docs/api-reference/errors
  const error = { code, message: 'Provider returned error' }
  const chunks = [{ id: 'x', choices: [], error }]
  const client = openai({
    baseURL: 'https://openrouter.ai/api/v1',
    fetch: async () => events(chunks),
  })
  const stream = await client.chat.completions.create({ model: 'm', messages: [], stream: true })
  await read<OpenAI.ChatCompletionChunk>(stream).catch(() => undefined)
  expect(telemetry().span().attributes).toMatchObject({ 'llmscope.error.category': category })
})

function tokens(usage: {
  readonly input: number
  readonly output: number
  readonly cached?: number
  readonly reasoning?: number
}): Record<string, number> {
  return {
    'gen_ai.usage.input_tokens': usage.input,
    'gen_ai.usage.output_tokens': usage.output,
    ...(usage.cached !== undefined && { 'gen_ai.usage.cache_read.input_tokens': usage.cached }),
    ...(usage.reasoning !== undefined && {
      'gen_ai.usage.reasoning.output_tokens': usage.reasoning,
    }),
  }
}
