import { agent, tool } from '@llmscope/sdk'
import { expect, test } from 'vitest'
import { useServer } from './openai-client.ts'
import { type Point, useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const chat = (model = 'gpt-4o'): Promise<unknown> =>
  at.client.chat.completions.create({ model, messages: [] })

const look = (where: unknown): unknown => tool({ name: 'look', arguments: where }, () => 1)

const points = async (name: string): Promise<[unknown, unknown, unknown][]> =>
  (await telemetry().points(`llmscope.agent.${name}`)).map(({ attributes, value }: Point) => [
    attributes['gen_ai.agent.name'],
    attributes['gen_ai.tool.name'],
    value,
  ])

test('tokens and cost are told by agent, and by the tool that they went into', async () => {
  await chat()
  await agent('planner', async () => {
    await chat()
    await tool('translate', () => Promise.all([chat(), agent('translator', () => chat())]))
  })
  const billed = at.server.exchanges.map((exchange) => exchange.billed)
  const [{ input = 0, output = 0 } = {}] = billed
  const workers = [
    ['planner', undefined],
    ['planner', 'translate'],
    ['translator', 'translate'],
  ] as const
  expect(await points('input_tokens')).toEqual(workers.map((worker) => [...worker, input]))
  expect(await points('output_tokens')).toEqual(workers.map((worker) => [...worker, output]))
  const costs = await points('cost')
  expect(costs.map(([name, within]) => [name, within])).toEqual(workers)
  for (const [, , cost] of costs) expect(cost).toBeGreaterThan(0)
})

test('the same tool with the same arguments three times in a run is one loop', async () => {
  agent('stuck', () => {
    for (let time = 0; time < 5; time += 1) look({ at: 'x' })
    for (let time = 0; time < 3; time += 1) look({ at: time })
    for (let time = 0; time < 3; time += 1) tool('blind', () => 1)
  })
  agent('stuck', () => look({ at: 'x' }))
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  agent('odd', () => look(cyclic))
  expect(await telemetry().points('llmscope.sdk.faults')).toEqual([])
  expect(await points('loops')).toEqual([['stuck', 'look', 1]])
  const loops = telemetry()
    .spans.filter(({ name }) => name.startsWith('invoke_agent'))
    .map(({ attributes }) => attributes['llmscope.agent.loops'])
  expect(loops).toEqual([1, undefined, undefined])
})
