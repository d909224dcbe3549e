import { describe, expect, test, vi } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { INSTALLS, request, useAnthropic } from './anthropic-client.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const LIMIT = 'llmscope.rate_limit.'

describe.each(INSTALLS)('%s', (version) => {
  const telemetry = useTelemetry()
  const at = useAnthropic(version)

  /** What is said of rate limits after an answer with these headers. */
  async function told(headers: Record<string, string>): Promise<object> {
    const body = { id: 'msg_1', model: 'm', role: 'assistant', content: [] }
    const fetch = async (): Promise<Response> => Response.json(body, { headers })
    await at.create({ fetch }).messages.create(request('m'))
    const { attributes = {} } = telemetry().spans.at(-1) ?? {}
    const entries = Object.entries(attributes).filter(([name]) => name.startsWith(LIMIT))
    return Object.fromEntries(entries.map(([name, value]) => [name.slice(LIMIT.length), value]))
  }

  test('each attempt that failed is told of, with what the provider said of it', async () => {
    await at.client.messages.create(request('rate-limit-twice'))
    const { attributes, events, status } = telemetry().span()
    expect(status.code).toBe(0)
    expect(attributes).toMatchObject({
      'http.request.resend_count': 2,
      'llmscope.provider.request_id': 'req_rate-limit-twice',
    })
    expect(events.map(({ name }) => name)).toEqual(['llmscope.attempt', 'llmscope.attempt'])
    expect(events[1]?.attributes).toMatchObject({
      'error.type': '429',
      'llmscope.error.category': 'rate_limit',
      'http.request.resend_count': 1,
      'http.response.status_code': 429,
      'llmscope.provider.request_id': 'req_rate-limit-twice',
      'llmscope.attempt.retry_after': 0.005,
    })
    const counted = await telemetry().points('llmscope.client.attempts')
    expect(
      counted.map(({ value, attributes: { 'llmscope.error.category': category } }) => [
        category,
        value,
      ]),
    ).toEqual([
      ['rate_limit', 2],
      [undefined, 1],
    ])
  })

  test('requests that no model answers have attempts as well', async () => {
    await at.client.messages.countTokens(request('rate-limit-twice'))
    expect(telemetry().span().name).toBe('count_tokens rate-limit-twice')
    expect(telemetry().span().events).toHaveLength(2)
  })

  test('each of the four limits is an attribute and a gauge', async () => {
    await at.client.messages.create(request('ordinary'))
    expect(telemetry().span().attributes).toMatchObject({
      [`${LIMIT}requests.limit`]: 4000,
      [`${LIMIT}tokens.remaining`]: 479_999,
      [`${LIMIT}input_tokens.limit`]: 400_000,
      [`${LIMIT}output_tokens.remaining`]: 79_999,
    })
    const points = await telemetry().points(`${LIMIT}limit`)
    const kinds = points.map(({ attributes: { [`${LIMIT}kind`]: kind }, value }) => [kind, value])
    expect(Object.fromEntries(kinds)).toEqual({
      requests: 4000,
      tokens: 480_000,
      input_tokens: 400_000,
      output_tokens: 80_000,
    })
  })

  test.each([
    ['2026-11-24T12:00:30Z', 30],
    ['2026-11-24T12:00:30.250Z', 30.25],
    ['2026-11-24T13:01:00+01:00', 60],
    ['2026-11-24T11:59:00Z', 0],
    ['2026-11-24', undefined],
    ['9999-01-01T00:00:00Z', undefined],
    ['tomorrow', undefined],
  ])('a limit that is whole again at %s is so in %s seconds', async (reset, seconds) => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
    try {
      const headers = {
        'anthropic-ratelimit-input-tokens-limit': '40000',
        'anthropic-ratelimit-input-tokens-reset': reset,
      }
      expect(await told(headers)).toEqual({
        'input_tokens.limit': 40_000,
        ...(seconds !== undefined && { 'input_tokens.reset': seconds }),
      })
    } finally {
      vi.useRealTimers()
    }
  })

  test('the id of a request is that of the message’s answer', async () => {
    const { _request_id: id } = await at.client.messages.create(request('ordinary'))
    expect(id).toEqual(expect.any(String))
    expect(telemetry().span().attributes['llmscope.provider.request_id']).toBe(id)
  })
})
