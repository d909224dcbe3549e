import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { anthropic } from './usage/anthropic.ts'
import { type Connection, type Told, usageIn } from './usage/api.ts'
import { gemini } from './usage/gemini.ts'
import { openai } from './usage/openai.ts'

const apis = [...openai, anthropic, gemini]

/** Another one every time; `SEED` plays one again. */
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const RUNS = { numRuns: 60, seed }

const junk = fc.oneof(
  fc.constantFrom(null, -1, 0.5, 1e308, '7', 'many', true),
  fc.constant({}),
  fc.constant([1]),
)

describe.each(apis)(`seed ${seed}, $name`, (api) => {
  const telemetry = useTelemetry()
  let usage: Told = {}
  let connection: Connection
  beforeAll(async () => {
    connection = await api.connect((share) => api.soFar?.(usage, share) ?? usage)
  })
  afterAll(() => connection.server.close())

  /** What the last span tells of tokens. */
  const told = (): Record<string, number> => {
    const { attributes } = telemetry().spans.at(-1) ?? { attributes: {} }
    const entries = Object.entries(attributes).filter(([name]) => name.startsWith('gen_ai.usage.'))
    return Object.fromEntries(entries) as Record<string, number>
  }
  const sum = (): number => (told()[INPUT] ?? 0) + (told()[OUTPUT] ?? 0)

  test('input and output add up to the total, and parts are no more than the whole', () =>
    fc.assert(
      fc.asyncProperty(api.usage, async (generated) => {
        usage = generated
        await connection.ask('ordinary')
        expect(sum()).toBe(api.total(usage))
        for (const part of ['cache_read.input', 'cache_write.input', 'reasoning.output']) {
          const whole = part.endsWith('input') ? INPUT : OUTPUT
          expect(told()[`gen_ai.usage.${part}_tokens`] ?? 0).toBeLessThanOrEqual(told()[whole] ?? 0)
        }
      }),
      RUNS,
    ))

  test('counters add up to the total of all calls', async () => {
    let total = 0
    await fc.assert(
      fc.asyncProperty(api.usage, async (generated) => {
        usage = generated
        await connection.ask('ordinary')
        total += api.total(usage)
      }),
      RUNS,
    )
    const points = await Promise.all(COUNTERS.map((metric) => telemetry().points(metric)))
    const values = points.flat().map(({ value, histogram }) => value ?? histogram?.sum ?? 0)
    expect(values.reduce((all, value) => all + value, 0)).toBe(total)
  })

  test('whatever stands in place of a count, the answer is the application’s', () =>
    fc.assert(
      fc.asyncProperty(api.usage, fc.nat(), junk, async (generated, index, instead) => {
        const fields = Object.keys(generated)
        usage = { ...generated, [fields[index % fields.length] ?? '']: instead }
        const answer = await connection.ask('ordinary')
        expect(usageIn(answer, api.key)).toEqual(JSON.parse(JSON.stringify(usage)))
        for (const count of Object.values(told())) {
          expect(Number.isFinite(count) && count >= 0).toBe(true)
        }
      }),
      RUNS,
    ))

  test.runIf(api.soFar)('a stream tells what the whole answer tells', () =>
    fc.assert(
      fc.asyncProperty(api.usage, async (generated) => {
        usage = generated
        await connection.ask('ordinary')
        const whole = told()
        await Array.fromAsync(await connection.stream('ordinary'))
        expect(told()).toEqual(whole)
      }),
      RUNS,
    ),
  )

  test.runIf(api.soFar)('a cancelled stream counts no more than was sent', () =>
    fc.assert(
      fc.asyncProperty(api.usage, fc.integer({ min: 1, max: 12 }), async (generated, most) => {
        usage = generated
        let sent = 0
        let seen = 0
        for await (const chunk of await connection.stream('ordinary')) {
          sent = Math.max(sent, api.total(usageIn(chunk, api.key) ?? {}))
          seen += 1
          if (seen === most) break
        }
        expect(sum()).toBeLessThanOrEqual(sent)
      }),
      RUNS,
    ),
  )
})

const INPUT = 'gen_ai.usage.input_tokens'
const OUTPUT = 'gen_ai.usage.output_tokens'
const COUNTERS = [
  'gen_ai.client.embeddings.operation.input_tokens',
  'gen_ai.client.inference.usage.input_tokens',
  'gen_ai.client.inference.usage.output_tokens',
]
