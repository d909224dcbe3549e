import { readFile } from 'node:fs/promises'
import type { Usage } from '@llmscope/sdk'
import { calcPrice } from '@pydantic/genai-prices'
import { afterEach, expect, test, vi } from 'vitest'
import { priceTable } from '../../sdk/prices/build.ts'
import { billOf } from '../../sdk/src/prices/bill.ts'
import { providerNames } from '../../sdk/src/prices/providers.ts'
import { DATE } from '../../sdk/src/prices/table.ts'
import { tableOffers } from '../../sdk/src/prices/table-offer.ts'

afterEach(() => vi.useRealTimers())

test('the committed table is what genai-prices has: npm run prices makes it', async () => {
  const table = await readFile(new URL('../../sdk/src/prices/table.ts', import.meta.url), 'utf8')
  expect(table).toBe(priceTable(DATE))
})

const USAGES: readonly Usage[] = [
  { input: 1000 },
  { input: 1000, output: 100 },
  { input: 1_234_567, output: 89_012 },
  { input: 200_000, output: 1 },
  { input: 200_001, output: 1 },
  { input: 50_000, output: 700, cacheRead: 40_000 },
  { input: 50_000, output: 700, cacheRead: 20_000, cacheWrite: 30_000, cacheWriteHour: 10_000 },
  { input: 300_000, output: 900, cacheWrite: 250_000 },
  { input: 5000, output: 4000, reasoning: 3500 },
  { input: 900, output: 800, audioInput: 300, audioOutput: 600 },
  { input: 900, output: 800, imageInput: 400, imageOutput: 500 },
]

const TIMES = [
  '2025-01-01T02:00:00Z',
  '2026-08-18T00:00:00Z',
  '2026-12-01T08:00:00Z',
  '2027-06-01T20:00:00Z',
]

const offers = tableOffers()

// how the library names what we have; it wants overlaps told that it has prices for
const theirs = (usage: Usage): Record<string, number | undefined> => ({
  input_tokens: usage.input,
  output_tokens: usage.output,
  cache_read_tokens: usage.cacheRead,
  cache_write_tokens: usage.cacheWrite,
  cache_write_1h_tokens: usage.cacheWriteHour,
  output_reasoning_tokens: usage.reasoning,
  input_audio_tokens: usage.audioInput,
  output_audio_tokens: usage.audioOutput,
  input_image_tokens: usage.imageInput,
  output_image_tokens: usage.imageOutput,
})

function ours(provider: string, model: string, usage: Usage): number | undefined {
  return billOf(provider, { model }, { usage }, false)?.cost?.amount
}

/**
 * What the library says. Where it has no price for tokens it takes them to be free: we say that we
 * do not know.
 */
function expectedCost(provider: string, model: string, usage: Usage): number | undefined {
  const price = calcPrice(theirs(usage), model, { providerId: provider })
  const { input_mtok: input, output_mtok: output } = price?.model_price ?? {}
  const isKnown = input !== undefined && (!usage.output || output !== undefined)
  return isKnown || model.endsWith(':free') ? price?.total_price : undefined
}

function isSame(left: number | undefined, right: number | undefined): boolean {
  if (left === undefined || right === undefined) return left === right
  return Math.abs(left - right) <= right * 1e-12
}

test.each(TIMES)('at %s every model costs what genai-prices says', (time) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) })
  const compared = offers.flatMap(({ provider = '', model }) =>
    USAGES.map((usage) => ({
      provider,
      model,
      usage,
      cost: ours(providerNames(provider)[0] ?? '', model, usage),
      expected: expectedCost(provider, model, usage),
    })),
  )
  expect(compared.filter(({ cost, expected }) => !isSame(cost, expected))).toEqual([])
  expect(compared.filter(({ cost }) => cost !== undefined).length).toBeGreaterThan(10_000)
})

test.each([
  ['openai', 'openai', 'gpt-4o-2024-08-06'],
  ['openai', 'openai', 'GPT-5-Mini'],
  ['openai', 'openai', 'gpt-5-mini-20250807'],
  ['azure.ai.openai', 'azure', 'gpt-5-mini'],
  ['azure.ai.inference', 'azure', 'claude-opus-4-1-20250805'],
  ['gcp.vertex_ai', 'google', 'claude-sonnet-4@20250514'],
  ['gcp.gemini', 'google', 'gemini-2.5-flash-preview-09-2025'],
  ['aws.bedrock', 'aws', 'us.anthropic.claude-sonnet-4-20250514-v1:0'],
  ['aws.bedrock', 'aws', 'amazon.nova-lite-v1:0'],
  ['anthropic', 'anthropic', 'claude-3-5-haiku-20241022'],
  ['mistral_ai', 'mistral', 'mistral-large-latest'],
  ['x_ai', 'x-ai', 'grok-4-0709'],
  ['together_ai', 'together', 'meta-llama/Llama-3.3-70B-Instruct-Turbo'],
])('%s: %s %s costs what genai-prices says', (provider, providerId, model) => {
  const usage = { input: 1000, output: 1000 }
  const expected = calcPrice(theirs(usage), model, { providerId })?.total_price ?? 0
  expect(expected).toBeGreaterThan(0)
  expect(ours(provider, model, usage)).toBeCloseTo(expected, 12)
})
