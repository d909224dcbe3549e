import { instrument } from '@llmscope/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHuggingfaceServer } from '../sdk/huggingface-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { useTelemetry } from '../sdk/telemetry.ts'
import { Client, type InferenceClient, openHuggingface } from './huggingface-client.ts'

const telemetry = useTelemetry()
const request = { model: 'ordinary', messages: [{ role: 'user', content: 'Hello' }] }

let server: ScriptedServer
let options: { readonly endpointUrl: string; readonly fetch: typeof fetch }
let requests = 0
const counted: typeof fetch = (...call) => {
  requests += 1
  return fetch(...call)
}
let client: InferenceClient
beforeAll(async () => {
  server = await startHuggingfaceServer()
  options = { endpointUrl: server.baseURL, fetch: counted }
  client = openHuggingface('key', options)
})
afterAll(() => server.close())

test('what instrument() gives back is the client, and its calls are traced', async () => {
  const bare = new Client('key', options)
  expect(await client.chatCompletion(request)).toEqual(await bare.chatCompletion(request))
  expect(client).toBeInstanceOf(Client)
  expect(client.accessToken).toBe('key')
  const { name, attributes } = telemetry().span()
  expect(name).toBe('chat ordinary')
  expect(attributes).toMatchObject({
    'gen_ai.provider.name': 'huggingface',
    'server.address': '127.0.0.1',
    'llmscope.provider.request_id': 'req_ordinary',
  })
  // the transport that is the client's by default carries both
  expect(requests).toBe(2)
})

test('a client that is instrumented twice has one span a call', async () => {
  const twice = instrument(instrument(client))
  await Array.fromAsync(twice.chatCompletionStream(request))
  expect(telemetry().span().attributes).toMatchObject({ 'gen_ai.request.stream': true })
})

test('a stream that is never read makes no request, and no span', async () => {
  const stream = client.chatCompletionStream(request)
  await stream.return(undefined)
  expect(await stream.next()).toEqual({ done: true, value: undefined })
  expect(telemetry().spans).toEqual([])
})
