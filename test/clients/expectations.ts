/** What the spans of one scenario must say, where it is not "one call that went well". */
export interface Expectation {
  /** How many spans there are; by default, one for each call that reached the server. */
  readonly spans?: number
  /** The category of the failure. The type must be the class of the error that the application saw. */
  readonly fails?: string
  readonly outcome?: 'cancelled' | 'abandoned'
  /** `none` where the answer is never parsed, so that nobody can know its tokens. */
  readonly usage?: 'none'
  readonly attributes?: Readonly<Record<string, unknown>>
}

const cancelled: Expectation = { outcome: 'cancelled' }
const aborted: Expectation = { fails: 'cancelled' }
const abandoned: Expectation = { outcome: 'abandoned', usage: 'none' }
const refused: Expectation = {
  fails: 'invalid_request',
  attributes: { 'http.response.status_code': 400 },
}
const failing = (fails: string, status?: number): Expectation => ({
  fails,
  ...(status !== undefined && { attributes: { 'http.response.status_code': status } }),
})
const finish = (...reasons: string[]): Expectation => ({
  attributes: { 'gen_ai.response.finish_reasons': reasons },
})

/** By scenario. A scenario that is not here makes calls that go well. */
const expectations: Readonly<Record<string, Expectation>> = {
  plain: {
    attributes: {
      'gen_ai.response.finish_reasons': ['stop'],
      'openai.api.type': 'chat_completions',
      'openai.response.service_tier': 'default',
      'openai.response.system_fingerprint': 'fp_50cad350e4',
    },
  },
  'all request fields': {
    attributes: {
      'gen_ai.request.frequency_penalty': 0.5,
      'gen_ai.request.presence_penalty': 0.25,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END', 'STOP'],
      'gen_ai.request.temperature': 0.3,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.reasoning.level': 'low',
      'openai.request.service_tier': 'flex',
    },
  },
  'two choices': {
    attributes: {
      'gen_ai.request.choice.count': 2,
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
    },
  },
  'tool calls': finish('tool_calls'),
  'json schema': { attributes: { 'gen_ai.output.type': 'json' } },
  'content filter': finish('content_filter'),
  truncated: finish('length'),
  'no arguments': { spans: 0 },

  'stream of two choices': finish('stop', 'stop'),
  'stream of tool calls': finish('tool_calls'),
  'stream cut by a content filter': finish('content_filter'),
  'stream that the provider drops': failing('connection'),
  'stream with an error event': failing('server'),
  'stream with malformed JSON': failing('unknown'),
  'early break': cancelled,
  'consumer throws': cancelled,
  'iterator by hand': cancelled,
  'error thrown into the iterator': cancelled,
  'returned before the first read': cancelled,
  'tee of a dropped stream': { fails: 'connection' },
  'toReadableStream, cancelled': cancelled,
  'toReadableStream of a dropped stream': failing('connection'),

  'abort before the first read': cancelled,
  'abort in mid-stream': cancelled,
  'abort while a read waits': cancelled,
  'signal aborted before the call': { ...aborted, spans: 1 },
  'signal aborted while waiting for headers': aborted,
  'signal aborted in mid-stream': cancelled,
  'signal aborted, not a stream': aborted,
  timeout: failing('timeout'),
  'timeout of a stream': failing('timeout'),

  'catch of a rejected call': refused,
  'withResponse of a rejected call': refused,
  asResponse: { usage: 'none' },
  'asResponse, body never read': { usage: 'none' },
  'asResponse of a stream': { usage: 'none' },
  'asResponse of a rejected call': refused,
  allSettled: { spans: 3 },

  'bad request': refused,
  unauthorized: failing('auth', 401),
  forbidden: failing('auth', 403),
  'not found': failing('invalid_request', 404),
  'context length': failing('context_length', 400),
  'blocked prompt': failing('content_filter', 400),
  'rate limit': failing('rate_limit', 429),
  quota: failing('quota', 429),
  'server error': failing('server', 500),
  overloaded: failing('overloaded', 503),
  'retries used up': {
    fails: 'rate_limit',
    attributes: { 'http.request.resend_count': 2, 'http.response.status_code': 429 },
  },
  'two rate limits, then an answer': { attributes: { 'http.request.resend_count': 2 } },
  'one server error, then an answer': { attributes: { 'http.request.resend_count': 1 } },
  'two rate limits, then a stream': { attributes: { 'http.request.resend_count': 2 } },
  'bad request of a stream': refused,
  'bad request of a stream, iterated later': refused,
  'connection refused': { ...failing('connection'), spans: 1 },
  'unknown host': { ...failing('connection'), spans: 1 },
  'fetch that throws': { ...failing('connection'), spans: 1 },
  'answer that is not JSON': { spans: 1, usage: 'none' },
  'answer with broken JSON': { ...failing('unknown'), spans: 1 },
  'answer of an odd shape': { spans: 1, usage: 'none' },

  'parse of a rejected call': refused,
  'stream helper, aborted': cancelled,
  'stream helper, early break': cancelled,
  'stream helper of a dropped stream': { fails: 'connection' },
  'stream helper of a rejected call': refused,
  runTools: { spans: 2 },
  'runTools, streamed': { spans: 2 },

  response: {
    attributes: {
      'openai.api.type': 'responses',
      'gen_ai.response.status': 'completed',
      'gen_ai.response.finish_reasons': ['stop'],
    },
  },
  'response of a tool call': finish('tool_calls'),
  'response with reasoning effort': {
    attributes: {
      'gen_ai.request.reasoning.level': 'high',
      'gen_ai.request.previous_response.id': 'resp_0',
    },
  },
  'truncated response': {
    attributes: {
      'gen_ai.response.status': 'incomplete',
      'gen_ai.response.finish_reasons': ['length'],
    },
  },
  'response asResponse': { usage: 'none' },
  'response stream of a tool call': finish('tool_calls'),
  'response stream, truncated': finish('length'),
  'response stream, early break': cancelled,
  'response stream with an error event': failing('server'),
  'response stream that the provider drops': failing('connection'),
  'rejected response': refused,
  'rejected response stream': refused,
  'response stream helper, early break': cancelled,

  'embeddings as floats': {
    attributes: {
      'gen_ai.request.encoding_formats': ['float'],
      'gen_ai.embeddings.dimension.count': 4,
    },
  },
  'embeddings asResponse': { usage: 'none' },
  'rejected embeddings': refused,
  'rejected legacy completion': refused,

  azure: { attributes: { 'gen_ai.provider.name': 'azure.ai.openai' } },
  'azure deployment': { attributes: { 'gen_ai.provider.name': 'azure.ai.openai' } },
  'azure stream by host': {
    attributes: {
      'gen_ai.provider.name': 'azure.ai.openai',
      'server.address': 'my-resource.openai.azure.com',
      'server.port': 443,
      'gen_ai.response.finish_reasons': ['content_filter'],
    },
  },
  'groq by host': {
    attributes: { 'gen_ai.provider.name': 'groq', 'server.address': 'api.groq.com' },
  },
  'deepseek by host': {
    attributes: { 'gen_ai.provider.name': 'deepseek', 'server.address': 'api.deepseek.com' },
  },
  'openai by host': {
    attributes: { 'gen_ai.provider.name': 'openai', 'server.address': 'api.openai.com' },
  },

  'generator around a stream': cancelled,
  'stream never iterated': abandoned,
  'stream left in the middle': abandoned,
  'call never awaited': abandoned,
  'stream call never awaited': abandoned,
  'rejected call never awaited': refused,
  'rejected stream never awaited': refused,
  'rejected in one branch only': refused,
}

/** Where a version of the client gives its users less to go by. */
const exceptions: Readonly<Record<string, Readonly<Record<string, Expectation>>>> = {
  'openai-4': {
    withOptions: { spans: 0 },
    // it throws an error that holds none of the event's fields
    'response stream with an error event': failing('unknown'),
  },
}

export function expectationOf(client: string, scenario: string): Expectation {
  return exceptions[client]?.[scenario] ?? expectations[scenario] ?? {}
}
