import { cancelled, type Expectations, failing, finish, refused } from '../expectations.ts'

const limited = failing('rate_limit', 429)
const uncounted = { usage: 'none' } as const

/** Of the scenarios that only this client plays, and where it differs from others. */
export const expectations: Expectations = {
  plain: {
    attributes: {
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.response.model': 'ordinary:plain-2026-01-01',
      'gen_ai.response.finish_reasons': ['stop'],
      'llmscope.provider.request_id': 'correlation-ordinary:plain',
      'llmscope.rate_limit.requests.limit': 720,
      'llmscope.rate_limit.tokens.remaining': 4_999_911,
    },
  },
  'all request fields': {
    attributes: {
      'gen_ai.output.type': 'json',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.3,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.frequency_penalty': 0.5,
      'gen_ai.request.presence_penalty': 0.25,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END', 'STOP'],
    },
  },
  'two choices': {
    attributes: {
      'gen_ai.request.choice.count': 2,
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
    },
  },
  'tool calls': finish('tool_calls'),
  'stream of tool calls': finish('tool_calls'),
  truncated: finish('length'),
  'stream cut by a content filter': finish('content_filter'),
  'request that the client refuses': { ...failing('invalid_request'), spans: 1 },

  'stream shape': { outcome: 'abandoned', usage: 'none' },
  'reader, cancelled': cancelled,
  'reader of a dropped stream': failing('connection'),
  'cancelled before the first read': { ...cancelled, usage: 'none' },

  'fill in the middle, rejected': refused,
  'embed in four dimensions': { attributes: { 'gen_ai.embeddings.dimension.count': 4 } },
  'embed, rejected': refused,
  'moderate, rejected': refused,
  moderate: uncounted,
  classify: uncounted,
  'read a document': uncounted,

  // the client reads the answer whether anybody waits for it or not
  'call never awaited': {},
  // what is no chunk is refused by the client, whatever it says
  'stream with an error event': failing('unknown'),
  // what breaks off a stream of the client is always an exception to its reader
  'signal aborted in mid-stream': failing('cancelled'),
  // nobody filters prompts, and no code tells a quota from a limit
  'blocked prompt': refused,
  quota: limited,
  // the client hands on what the transport and the parser throw
  'fetch that throws': { ...failing('unknown'), spans: 1 },
  'answer that is not JSON': { ...failing('unknown'), spans: 1 },
  'answer of an odd shape': { ...failing('unknown'), spans: 1 },
}
