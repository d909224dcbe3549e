import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { useGemini } from './gemini-client.ts'

const model = 'gemini-2.5-flash'

describe.each(['gemini-1', 'gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry()
  const at = useGemini(version)

  /** What a call costs, and what it would cost by the list price. */
  async function costs(config: object, vertexai: boolean): Promise<readonly unknown[]> {
    const { models } = at.create({ vertexai })
    await models.generateContent({ model, contents: 'Hello', config: {} })
    await models.generateContent({ model, contents: 'Hello', config })
    await Array.fromAsync(await models.generateContentStream({ model, contents: 'Hello', config }))
    const [list, whole, streamed] = telemetry().spans.map(
      ({ attributes }) => attributes['llmscope.cost.amount'],
    )
    expect(streamed).toBe(whole)
    return [Number(list), whole]
  }

  test('a call costs what its tokens do', async () => {
    const [list] = await costs({}, false)
    const { attributes } = telemetry().spans[0] ?? {}
    const of = (name: string): number => Number(attributes?.[`gen_ai.usage.${name}`])
    const cached = of('cache_read.input_tokens')
    const input = of('input_tokens') - cached
    expect(cached).toBeGreaterThan(0)
    expect(list).toBeCloseTo((input * 0.3 + cached * 0.03 + of('output_tokens') * 2.5) / 1e6, 12)
  })

  test.each([
    ['flex', 0.5],
    ['standard', 1],
  ])('service tier %s costs its part of the list price', async (serviceTier, factor) => {
    const [list, cost] = await costs({ serviceTier }, false)
    expect(cost).toBeCloseTo(Number(list) * factor, 12)
  })

  test.each([
    ['ON_DEMAND', 1],
    ['ON_DEMAND_FLEX', 0.5],
  ])('so it does where Vertex AI says %s', async (traffic, factor) => {
    const [list, cost] = await costs({ labels: { traffic } }, true)
    expect(cost).toBeCloseTo(Number(list) * factor, 12)
  })

  test.each([
    [{ serviceTier: 'priority' }, false],
    [{ labels: { traffic: 'PROVISIONED_THROUGHPUT' } }, true],
  ])('a tier without a known price has no cost: %o', async (config, vertexai) => {
    const [, cost] = await costs(config, vertexai)
    expect(cost).toBeUndefined()
    const [unpriced] = await telemetry().points('llmscope.cost.unpriced_calls')
    expect(unpriced).toMatchObject({ value: 2 })
  })
})
