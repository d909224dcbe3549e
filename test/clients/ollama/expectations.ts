import { cancelled, type Expectations, failing, finish, refused } from '../expectations.ts'

const aborted = failing('cancelled')
const limited = failing('rate_limit', 429)

/** Of the scenarios that only this client plays, and where it differs from others. */
export const expectations: Expectations = {
  plain: {
    attributes: {
      'gen_ai.provider.name': 'ollama',
      'gen_ai.response.model': 'ordinary:plain',
      'gen_ai.response.finish_reasons': ['stop'],
    },
  },
  'all request fields': {
    attributes: {
      'gen_ai.output.type': 'json',
      'gen_ai.request.reasoning.level': 'high',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.3,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.frequency_penalty': 0.5,
      'gen_ai.request.presence_penalty': 0.25,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END', 'STOP'],
    },
  },
  truncated: finish('length'),
  'stream cut by a content filter': finish('content_filter'),
  'stream aborted': cancelled,
  'client aborted': aborted,
  'stream shape': { outcome: 'abandoned', usage: 'none' },
  'no arguments': { spans: 0 },
  'generate, rejected': refused,
  'embed in four dimensions': { attributes: { 'gen_ai.embeddings.dimension.count': 4 } },
  'embed, rejected': refused,
  embeddings: { usage: 'none' },

  // a stream that does not end as it should is an error of the client's own
  'stream without events': failing('unknown'),
  // the client looks for the end of a stream in what it has handed on
  'chunks belong to the application': failing('unknown'),
  // the client reads the answer whether anybody waits for it or not
  'call never awaited': {},
  // an error within a stream is a sentence
  'stream with an error event': failing('unknown'),
  // what breaks off a stream of the client is always an exception to its reader
  'signal aborted in mid-stream': aborted,
  // nobody filters prompts
  'blocked prompt': refused,
  // nor is there a code that would tell a quota from a limit
  quota: limited,
  // there are no retries
  'retries used up': limited,
  'two rate limits, then an answer': limited,
  'two rate limits, then a stream': limited,
  'one server error, then an answer': failing('server', 500),
  // the client hands on what the transport and the parser throw
  'fetch that throws': { ...failing('unknown'), spans: 1 },
  'answer that is not JSON': { ...failing('unknown'), spans: 1 },
}
