import OpenAI from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CannedOpenAi, startCannedOpenAi } from '../../examples/canned-openai/server.ts'

let server: CannedOpenAi | undefined

beforeAll(async () => {
  server = await startCannedOpenAi({ speed: 100, faultRate: 0 })
})
afterAll(() => server?.close())

function limits({ headers }: Response, part: string): (string | null)[] {
  return ['requests', 'tokens'].map((kind) => headers.get(`x-ratelimit-${part}-${kind}`))
}

test('its headers tell what is left of requests and tokens, and what is spent comes back', async () => {
  const client = new OpenAI({ baseURL: server?.url, apiKey: 'canned' })
  const { data, response } = await client.chat.completions
    .create({
      model: 'gpt-5-mini',
      messages: [{ role: 'user', content: 'Hello '.repeat(1000) }],
    })
    .withResponse()
  expect(limits(response, 'limit')).toEqual(['60', '20000'])
  expect(limits(response, 'remaining')).toEqual(['59', '20000'])
  expect(limits(response, 'reset')).toEqual(['1s', '0ms'])

  const tokensLeft = async (): Promise<number> =>
    Number(limits(await client.models.list().asResponse(), 'remaining')[1])
  const left = await tokensLeft()
  expect(left).toBeGreaterThanOrEqual(20_000 - (data.usage?.total_tokens ?? 0))
  expect(left).toBeLessThan(20_000)
  await expect.poll(tokensLeft, { timeout: 5000 }).toBeGreaterThan(left)
})
