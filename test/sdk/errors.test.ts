import { SpanStatusCode } from '@opentelemetry/api'
import { createServer } from 'node:net'
import { APIConnectionError, APIConnectionTimeoutError, APIUserAbortError } from 'openai'
import { expect, test } from 'vitest'
import { answering, json, openai, read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const messages: [] = []

/** What the one span and the metric of its duration say of a failure. */
async function failure(): Promise<unknown> {
  const { attributes, status } = telemetry().span()
  const [duration] = await telemetry().points('gen_ai.client.inference.duration')
  return {
    type: [attributes['error.type'], duration?.attributes['error.type']],
    category: [attributes[CATEGORY], duration?.attributes[CATEGORY]],
    httpStatus: attributes['http.response.status_code'],
    status,
  }
}

const CATEGORY = 'llmscope.error.category'

const failed = (type: string, category: string, status?: number): unknown => ({
  type: [type, type],
  category: [category, category],
  httpStatus: status,
  status: {
    code: SpanStatusCode.ERROR,
    message: status === undefined ? type : `${type} ${status}`,
  },
})

test.each([
  ['bad-request', 'BadRequestError', 'invalid_request', 400],
  ['context-length', 'BadRequestError', 'context_length', 400],
  ['blocked-prompt', 'BadRequestError', 'content_filter', 400],
  ['unauthorized', 'AuthenticationError', 'auth', 401],
  ['invalid-key', 'AuthenticationError', 'auth', 401],
  ['forbidden', 'PermissionDeniedError', 'auth', 403],
  ['not-found', 'NotFoundError', 'invalid_request', 404],
  ['rate-limit', 'RateLimitError', 'rate_limit', 429],
  ['quota', 'RateLimitError', 'quota', 429],
  ['server-error', 'InternalServerError', 'server', 500],
  ['overloaded', 'InternalServerError', 'overloaded', 503],
  ['deadline', 'InternalServerError', 'timeout', 504],
])('%s is a %s of category %s', async (model, type, category, status) => {
  const call = at.client.chat.completions.create({ model, messages })
  await expect(call).rejects.toMatchObject({ status })
  expect(await failure()).toEqual(failed(type, category, status))
})

test.each([
  [402, {}, 'APIError', 'quota'],
  [408, {}, 'APIError', 'timeout'],
  [409, {}, 'ConflictError', 'invalid_request'],
  [413, {}, 'APIError', 'invalid_request'],
  [422, { type: 'invalid_request_error' }, 'UnprocessableEntityError', 'invalid_request'],
  [429, { code: '429' }, 'RateLimitError', 'rate_limit'],
  [400, { code: 'content_policy_violation' }, 'BadRequestError', 'content_filter'],
  [502, {}, 'InternalServerError', 'server'],
  [503, { code: 'slow_down' }, 'InternalServerError', 'overloaded'],
  [504, {}, 'InternalServerError', 'timeout'],
  [529, { type: 'overloaded_error' }, 'InternalServerError', 'overloaded'],
  [418, { code: 'constructor', type: 'toString' }, 'APIError', 'invalid_request'],
])('an answer of %s with %o is a %s of category %s', async (status, error, type, category) => {
  const client = answering(() => json({ error: { message: 'no', ...error } }, status))
  await client.chat.completions.create({ model: 'm', messages }).catch(() => undefined)
  expect(await failure()).toEqual(failed(type, category, status))
})

// Sources of the words: the providers' documentation of errors, and users' reports of them.
test.each([
  ['OpenAI', 'flagged as potentially violating our usage policy', 'content_filter'],
  ['Anthropic', 'prompt is too long: 210000 tokens > 200000 maximum', 'context_length'],
  ['Anthropic', 'Output blocked by content filtering policy', 'content_filter'],
  ['Anthropic', 'Your credit balance is too low to access the Anthropic API.', 'quota'],
  [
    'Gemini',
    'The input token count (314175) exceeds the maximum number of tokens allowed (131072).',
    'context_length',
  ],
  ['Gemini', 'API key not valid. Please pass a valid API key.', 'auth'],
  ['Groq', 'Please reduce the length of the messages or completion.', 'context_length'],
  ['xAI', "This model's maximum prompt length is 131072", 'context_length'],
  ['Bedrock', 'Input is too long for requested model.', 'context_length'],
  ['llama.cpp', 'the request exceeds the available context size', 'context_length'],
  ['anybody', 'Unknown parameter: context.', 'invalid_request'],
])('a refusal of %s that is told in words only: %s', async (_, message, category) => {
  const client = answering(() =>
    json({ error: { message, type: 'invalid_request_error', code: null } }, 400),
  )
  await client.chat.completions.create({ model: 'm', messages }).catch(() => undefined)
  expect(await failure()).toEqual(failed('BadRequestError', category, 400))
})

test('words do not outweigh a status that says more', async () => {
  const client = answering(() => json({ error: { message: 'the prompt is too long' } }, 500))
  await client.chat.completions.create({ model: 'm', messages }).catch(() => undefined)
  expect(await failure()).toEqual(failed('InternalServerError', 'server', 500))
})

test('a call that takes longer than its timeout', async () => {
  const call = at.client.chat.completions.create({ model: 'silent', messages }, { timeout: 50 })
  await expect(call).rejects.toBeInstanceOf(APIConnectionTimeoutError)
  expect(await failure()).toEqual(failed('APIConnectionTimeoutError', 'timeout'))
})

test('a call that the application aborts', async () => {
  const signal = AbortSignal.timeout(50)
  const call = at.client.chat.completions.create({ model: 'silent', messages }, { signal })
  await expect(call).rejects.toBeInstanceOf(APIUserAbortError)
  expect(await failure()).toEqual(failed('APIUserAbortError', 'cancelled'))
})

test('a server that is not there', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const { port } = closed.address() as { port: number }
  await new Promise((resolve) => closed.close(resolve))
  const client = openai({ baseURL: `http://127.0.0.1:${port}/v1` })
  const call = client.chat.completions.create({ model: 'm', messages })
  await expect(call).rejects.toBeInstanceOf(APIConnectionError)
  expect(await failure()).toEqual(failed('APIConnectionError', 'connection'))
})

test.each([
  ['breaks the connection', 'drop', 'TypeError', 'connection', 'terminated'],
  ['sends an error event', 'error-event', 'APIError', 'server', 'had an error'],
  ['sends what is no JSON', 'malformed', 'SyntaxError', 'unknown', 'malformed'],
])('a server that %s in the middle of a stream', async (_, model, type, category, words) => {
  const stream = await at.client.chat.completions.create({ model, messages, stream: true })
  await expect(read(stream)).rejects.toThrow(words)
  expect(await failure()).toEqual(failed(type, category))
  expect(telemetry().span().attributes).toMatchObject({
    'gen_ai.response.id': `chatcmpl-${model}`,
    'gen_ai.response.time_to_first_chunk': expect.any(Number),
  })
})

test('a response that failed, though no exception says so', async () => {
  const client = answering(() =>
    json({
      id: 'resp_1',
      model: 'm',
      status: 'failed',
      error: { code: 'rate_limit_exceeded', message: 'Slow down' },
      output: [],
    }),
  )
  await client.responses.create({ model: 'm', input: 'Hi' })
  expect(await failure()).toEqual(failed('rate_limit_exceeded', 'rate_limit'))
})

/** A response whose body fails like this: what `fetch` throws, the client would wrap. */
function unreadable(thrown: unknown): Response {
  const fail = (): Promise<never> => Promise.reject(thrown)
  return Object.defineProperties(json({}), { json: { value: fail }, text: { value: fail } })
}

class Odd extends Error {
  override name = 'OddError'
}

test.each<[string, unknown, string, string]>([
  ['an error of its own class', new Odd('x'), 'Odd', 'unknown'],
  [
    'an error with a name',
    Object.assign(new Error('x'), { name: 'QuotaError' }),
    'QuotaError',
    'unknown',
  ],
  ['a network error', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'Error', 'connection'],
  ['a file error', Object.assign(new Error('x'), { code: 'ENOENT' }), 'Error', 'unknown'],
  [
    'a timeout of the network',
    Object.assign(new Error('x'), { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } }),
    'Error',
    'timeout',
  ],
  ['an abort', new DOMException('x', 'AbortError'), 'AbortError', 'cancelled'],
  ['a timeout', new DOMException('x', 'TimeoutError'), 'TimeoutError', 'timeout'],
  ['a text', 'x', 'string', 'unknown'],
  ['nothing', undefined, 'Error', 'unknown'],
  ['an object without a prototype', Object.create(null), 'Object', 'unknown'],
])('a transport that throws %s is told as it is', async (_, thrown, type, category) => {
  const client = answering(() => unreadable(thrown))
  await client.chat.completions.create({ model: 'm', messages }).catch(() => undefined)
  expect(await failure()).toEqual(failed(type, category))
})

test('an error that cannot be read is an error all the same', async () => {
  const hostile = new Proxy(new Error('x'), {
    get: () => {
      throw new Error('hands off')
    },
  })
  const client = answering(() => unreadable(hostile))
  const [caught] = await client.chat.completions.create({ model: 'm', messages }).then(
    () => [],
    (error: unknown) => [error],
  )
  expect(caught === hostile).toBe(true)
  expect(await failure()).toEqual(failed('Error', 'unknown'))
})
