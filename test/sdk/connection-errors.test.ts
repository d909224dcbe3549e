import { APIConnectionError } from 'openai'
import { expect, test } from 'vitest'
import { answering, openai, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const messages: [] = []
const CATEGORY = 'llmscope.error.category'

/** The categories of the call and of its one attempt. */
async function categories(): Promise<unknown[]> {
  const { attributes, events } = telemetry().span()
  return [attributes, ...events.map((event) => event.attributes)].map((told) => told?.[CATEGORY])
}

test.each([
  ['a host that is not known', 'http://nowhere.invalid/v1'],
  ['a server that does not speak TLS', () => at.server.baseURL.replace('http:', 'https:')],
])('%s is no connection, for the call and for its attempt', async (_, address) => {
  const baseURL = typeof address === 'string' ? address : address()
  const call = openai({ baseURL }).chat.completions.create({ model: 'm', messages })
  await expect(call).rejects.toBeInstanceOf(APIConnectionError)
  expect(await categories()).toEqual(['connection', 'connection'])
})

test('a connection that is reset before the headers', async () => {
  const call = at.client.chat.completions.create({ model: 'reset-once', messages })
  await expect(call).rejects.toBeInstanceOf(APIConnectionError)
  expect(await categories()).toEqual(['connection', 'connection'])
})

test.each([
  'ECONNRESET',
  'EAI_AGAIN',
  'ENOTFOUND',
  'UND_ERR_SOCKET',
  'HPE_INVALID_CONSTANT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])('an attempt that fails by %s has no connection', async (code) => {
  const client = answering(() =>
    Promise.reject(
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }),
    ),
  )
  await client.chat.completions.create({ model: 'm', messages }).catch(() => undefined)
  expect(await categories()).toEqual(['connection', 'connection'])
})
