import { agent, start, tool } from '@llmscope/sdk'
import { expect, test } from 'vitest'
import { read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const chat = (model: string): Promise<unknown> =>
  at.client.chat.completions.create({ model, messages: [] })

/** What each span says of the keeping of its trace, by name. */
function hints(): Record<string, unknown> {
  return Object.fromEntries(
    telemetry().spans.map(({ name, attributes }) => [name, attributes['llmscope.keep']]),
  )
}

test('an ordinary call gives no hint', async () => {
  await agent('planner', () => tool('weather', () => chat('ordinary')))
  expect(hints()).toEqual({
    'chat ordinary': undefined,
    'execute_tool weather': undefined,
    'invoke_agent planner': undefined,
  })
})

test('what failed is to be kept, call or operation, though what is around it goes on', async () => {
  await agent('planner', async () => {
    await chat('server-error').catch(() => undefined)
    await tool('weather', () => Promise.reject(new Error('x'))).catch(() => undefined)
  })
  expect(hints()).toEqual({
    'chat server-error': 'error',
    'execute_tool weather': 'error',
    'invoke_agent planner': undefined,
  })
})

test('what took longer than is allowed is to be kept; an agent is as slow as its steps', async () => {
  start({ slowAfter: 0.3 })
  await agent('planner', async () => {
    await tool('reader', async () =>
      read(await at.client.chat.completions.create({ model: 'paced', messages: [], stream: true })),
    )
    await chat('ordinary')
  })
  expect(hints()).toEqual({
    'chat paced': 'slow',
    'execute_tool reader': 'slow',
    'chat ordinary': undefined,
    'invoke_agent planner': undefined,
  })
})

test('what cost more than is allowed is to be kept, and what failed is so for its failure', async () => {
  start({ expensiveAbove: 0.001, slowAfter: 0 })
  await at.client.chat.completions.create({ model: 'gpt-4', messages: [] })
  await chat('ordinary')
  await chat('server-error').catch(() => undefined)
  expect(hints()).toEqual({
    'chat gpt-4': 'expensive',
    'chat ordinary': 'slow',
    'chat server-error': 'error',
  })
})
