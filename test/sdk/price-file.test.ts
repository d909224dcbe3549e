import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '@llmscope/sdk'
import { afterEach, expect, test, vi } from 'vitest'
import { pricedChat as chat, usage } from './priced-chat.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()

/** What is said of a price that the package itself has. */
const TABLE = undefined
const folders: string[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.useRealTimers()
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

/** A file of an application's own prices. */
async function priceFile(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'llmscope-prices-'))
  folders.push(folder)
  const path = join(folder, 'prices.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function costs(attribute: string): unknown[] {
  return telemetry().spans.map(({ attributes }) => attributes[`llmscope.cost.${attribute}`])
}

function warnings(): string[] {
  const seen: string[] = []
  vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void seen.push(String(warning)))
  return seen
}

test('a price file goes before the table, and knows other models', async () => {
  vi.stubEnv(
    'LLMSCOPE_PRICES',
    await priceFile([
      { model: 'gpt-5-*', input: 1, output: 1 },
      { provider: 'openai', model: 'gpt-5-mini', input: 10, output: 20 },
      { provider: 'anthropic', model: 'gpt-5-mini', input: 5, output: 5 },
      { model: 'mystery', input: 3, output: 4, cacheRead: 1 },
    ]),
  )
  start()
  await chat({ usage })
  await chat({ usage }, 'gpt-5-nano')
  await chat({ usage: { ...usage, prompt_tokens_details: { cached_tokens: 500 } } }, 'mystery')
  expect(costs('amount')).toEqual([
    expect.closeTo((1000 * 10 + 200 * 20) / 1e6, 12),
    expect.closeTo(1200 / 1e6, 12),
    expect.closeTo((500 * 3 + 500 + 200 * 4) / 1e6, 12),
  ])
  expect(costs('source')).toEqual(['local', 'local', 'local'])
})

test('a price file may be for the alias that was asked for, for a tier, and from a day on', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-15') })
  const prices = await priceFile([
    { model: 'my-alias', input: 1, output: 1 },
    { model: 'my-alias', input: 2, output: 2, from: '2026-06-01' },
    { model: 'my-alias', input: 9, output: 9, from: '2026-07-01' },
    { model: 'my-alias', input: 5, output: 5, serviceTier: 'priority' },
  ])
  start({ prices })
  await chat({ usage, model: 'gpt-5-mini' }, 'my-alias')
  await chat({ usage, service_tier: 'priority' }, 'my-alias')
  expect(costs('amount')).toEqual([expect.closeTo(2400 / 1e6, 12), expect.closeTo(6000 / 1e6, 12)])
})

test('a wrong entry of a price file is named, with its field, and lost alone', async () => {
  const seen = warnings()
  const prices = await priceFile([
    { model: 'gpt-5-mini', input: 'cheap', output: 1 },
    { model: 'mystery', input: 1, output: 1 },
    { model: 'gpt-5', input: 1, from: 'tomorrow' },
    { input: 1 },
    { model: 'gpt-4o', inputs: 1 },
    { model: 'gpt-4o' },
    'gpt-4o',
  ])
  start({ prices })
  await chat({ usage })
  await chat({ usage }, 'mystery')
  await chat({ usage }, 'mystery')
  expect(costs('source')).toEqual([TABLE, 'local', 'local'])
  expect(seen).toEqual([
    `llmscope: ${prices}: entry 1: input is "cheap"; it takes USD per million tokens, a number of at least 0. The entry is left aside.`,
    `llmscope: ${prices}: entry 3: from is "tomorrow"; it takes a day such as 2026-01-31. The entry is left aside.`,
    `llmscope: ${prices}: entry 4: model is missing. The entry is left aside.`,
    expect.stringContaining(
      `${prices}: entry 5: unknown field inputs; known are provider, model, `,
    ),
    `llmscope: ${prices}: entry 6: it has no price. The entry is left aside.`,
    `llmscope: ${prices}: entry 7: it is no object. The entry is left aside.`,
  ])
})

test.each([
  ['that is not there', undefined, /no-such-file\.json: it cannot be read: ENOENT/],
  ['that is no JSON', '[{', /prices\.json: it cannot be read: .*JSON/],
  ['that is no list', { model: 'm' }, /prices\.json: it takes a list of entries/],
])('a price file %s is told once, and the table is used', async (_, content, message) => {
  const seen = warnings()
  start({ prices: content === undefined ? '/no-such-file.json' : await priceFile(content) })
  await chat({ usage })
  await chat({ usage })
  expect(costs('source')).toEqual([TABLE, TABLE])
  expect(seen).toEqual([expect.stringMatching(message)])
})
