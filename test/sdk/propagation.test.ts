import { embedding, start, tool, withContext } from '@llmscope/sdk'
import { context, propagation, type TextMapPropagator } from '@opentelemetry/api'
import type OpenAI from 'openai'
import { expect, test } from 'vitest'
import { json, openai } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

useTelemetry()

/** What an HTTP instrumentation would add to a request that is made here. */
function injected(): string[] {
  const carrier = {}
  propagation.inject(context.active(), carrier)
  return Object.keys(carrier)
}

const chat = (client: OpenAI): PromiseLike<unknown> =>
  client.chat.completions.create({ model: 'm', messages: [] })

/** What `look` saw in the client's transport, in the middle of a call, of a chat unless it is another. */
async function inTransport<T>(
  look: () => T,
  call: (client: OpenAI) => PromiseLike<unknown> = chat,
): Promise<Awaited<T> | undefined> {
  let seen: Awaited<T> | undefined
  const client = openai({
    baseURL: 'http://127.0.0.1/v1',
    fetch: async () => {
      seen = await look()
      return json({ id: 'chatcmpl-1', model: 'm', choices: [] })
    },
  })
  await withContext({ variant: 'b', propagate: true }, () => call(client))
  return seen
}

test('a request to a provider carries nothing, unless that is asked for', async () => {
  expect(await inTransport(injected)).toEqual([])
  start({ propagateToProviders: true })
  expect(await inTransport(injected)).toEqual(['traceparent', 'baggage'])
})

test.each<[string, (client: OpenAI) => PromiseLike<unknown>]>([
  ['a list', (client) => client.models.list()],
  ['an upload', (client) => client.uploads.complete('upload_1', { part_ids: [] })],
  ['a request of any kind', (client) => client.post('/anything')],
])('%s, of which no span tells, carries nothing either', async (_, call) => {
  expect(await inTransport(injected, call)).toEqual([])
  start({ propagateToProviders: true })
  expect(await inTransport(injected, call)).toEqual(['baggage'])
})

test('an embedding that the application makes by itself is a request to a provider', () => {
  expect(embedding({ model: 'bge', provider: 'cohere' }, injected)).toEqual([])
})

test('a tool that a client runs in the middle of a call may reach for services of one’s own', async () => {
  expect(await inTransport(() => tool('lookup', injected))).toEqual(['traceparent', 'baggage'])
})

test('a propagator that comes later is held back as well, and only there', async () => {
  const later: TextMapPropagator = {
    inject: (_context, carrier, setter) => setter.set(carrier, 'b3', '1'),
    extract: (active) => active,
    fields: () => ['b3'],
  }
  await inTransport(injected)
  propagation.disable()
  propagation.setGlobalPropagator(later)
  expect(await inTransport(injected)).toEqual([])
  expect(tool('lookup', injected)).toEqual(['b3'])
  expect(Object.keys(later)).toEqual(['inject', 'extract', 'fields'])
})

test('outside of a call nothing changes', async () => {
  await inTransport(injected)
  expect(injected()).toEqual([])
  expect(tool('lookup', injected)).toEqual(['traceparent'])
  expect(withContext({ userId: 'u', propagate: true }, injected)).toEqual(['baggage'])
})
