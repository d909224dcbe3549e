import { agent, type ContextFacts, start, tool, withContext } from '@llmscope/sdk'
import { catalogue } from '@llmscope/sdk/catalogue'
import { expect, test, vi } from 'vitest'
import { FACTS } from './facts.ts'
import { useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const chat = (model = 'ordinary'): Promise<{ readonly id: string }> =>
  at.client.chat.completions.create({ model, messages: [] })

test('metrics carry the variant and the tags that are allowed, and nothing else of it', async () => {
  start({ metricTags: ['team'] })
  await withContext(FACTS, () =>
    agent('planner', async () => {
      await chat()
      await chat('rate-limit').catch(() => undefined)
      tool('weather', () => 1)
    }),
  )
  const metrics = await telemetry().metrics()
  expect(metrics.size).toBeGreaterThan(8)
  // what a provider allows, and what becomes of requests to it, is an account's
  const carries = new Set(
    catalogue
      .filter(({ attributes }) => attributes.includes('llmscope.variant'))
      .map(({ name }) => name),
  )
  for (const [name, points] of metrics) {
    for (const { attributes } of points) {
      expect(attributes['llmscope.variant']).toBe(carries.has(name) ? 'b' : undefined)
      expect(attributes['llmscope.tag.team']).toBe(carries.has(name) ? 'search' : undefined)
      expect(Object.keys(attributes)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/user|conversation|prompt|cost.center/)]),
      )
    }
  }
})

test('wrong facts are left out, each named once in a warning, and the rest is kept', async () => {
  const warnings = vi.spyOn(process, 'emitWarning').mockReturnValue()
  const wrong = {
    conversationId: { id: 1 },
    userId: 'user-7',
    promptName: 'x'.repeat(257),
    promptVersion: Number.NaN,
    variant: null,
    session: 's',
    tags: { list: ['a'], 'no spaces': 1, none: undefined, team: 'search' },
  } as unknown as ContextFacts
  for (const model of ['ordinary:1', 'ordinary:2']) await withContext(wrong, () => chat(model))
  for (const facts of ['text', null, undefined, ['a']] as unknown as ContextFacts[]) {
    expect(withContext(facts, () => 1)).toBe(1)
  }
  withContext({ tags: 'team' } as unknown as ContextFacts, () => 1)
  expect(warnings.mock.calls.map(([message]) => message)).toEqual([
    'llmscope: withContext leaves conversationId out: it is an object, not a text, a finite number or a boolean',
    'llmscope: withContext leaves promptName out: it is longer than 256 characters',
    'llmscope: withContext leaves promptVersion out: it is NaN, not a text, a finite number or a boolean',
    'llmscope: withContext leaves session out: known are conversationId, userId, promptName, promptVersion, variant, tags, propagate',
    'llmscope: withContext leaves tags.list out: it is an array, not a text, a finite number or a boolean',
    expect.stringContaining('withContext leaves a tag out: its key'),
    'llmscope: withContext takes an object of facts, not a string',
    'llmscope: withContext takes an object of facts, not null',
    'llmscope: withContext takes an object of facts, not undefined',
    'llmscope: withContext takes an object of facts, not an array',
    'llmscope: withContext leaves tags out: it is a string, not an object',
  ])
  const { attributes } = telemetry().span('chat ordinary:1')
  expect(attributes).toMatchObject({ 'user.id': 'user-7', 'llmscope.tag.team': 'search' })
  expect(Object.keys(attributes)).not.toContain('llmscope.tag.list')
  warnings.mockRestore()
})

test('facts that cannot be read cost themselves', async () => {
  const hostile = {
    get userId(): string {
      throw new Error('no')
    },
  }
  expect(await withContext(hostile, () => chat())).toMatchObject({ id: 'chatcmpl-ordinary' })
  expect(telemetry().span().attributes).not.toHaveProperty('user.id')
})

const tags = (from: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`t${from + index}`, index]))

test('no context has more than 32 tags, however deep', async () => {
  const warnings = vi.spyOn(process, 'emitWarning').mockReturnValue()
  await withContext({ tags: tags(0) }, () =>
    withContext({ tags: tags(10) }, () => withContext({ tags: tags(20) }, () => chat())),
  )
  const names = Object.keys(telemetry().span().attributes)
  expect(names.filter((name) => name.startsWith('llmscope.tag.'))).toHaveLength(32)
  expect(warnings).toHaveBeenCalledTimes(1)
  warnings.mockRestore()
})

test('a variant of its own for every request ends in one overflow series a model', async () => {
  for (let index = 0; index < 300; index += 1) {
    withContext({ variant: `request ${index}` }, () => tool('weather', () => 1))
  }
  await withContext({ variant: 'one more' }, () => chat())
  const points = await telemetry().points('gen_ai.execute_tool.duration')
  expect(points.length).toBeLessThanOrEqual(201)
  const overflow = points.filter(({ attributes }) => attributes['otel.metric.overflow'])
  expect(overflow).toHaveLength(1)
  expect(overflow[0]?.histogram?.count).toBeGreaterThanOrEqual(100)
  const [call] = await telemetry().points('gen_ai.client.inference.duration')
  expect(call?.attributes).toMatchObject({
    'gen_ai.request.model': 'ordinary',
    'otel.metric.overflow': true,
  })
  expect(telemetry().span('chat ordinary').attributes).toMatchObject({
    'llmscope.variant': 'one more',
  })
})
