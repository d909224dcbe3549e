import { cancelled, type Expectation, type Expectations, failing, finish } from '../expectations.ts'

const body: Expectation = {
  attributes: {
    'gen_ai.provider.name': 'aws.bedrock',
    'gen_ai.response.finish_reasons': ['stop'],
  },
}

/** Bodies that count no token. */
const uncounted: Expectation = { usage: 'none' }

/** Of the scenarios that only this client plays, and where it differs from others. */
export const expectations: Expectations = {
  plain: {
    attributes: {
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.response.finish_reasons': ['stop'],
      'llmscope.provider.request_id': 'request-ordinary-plain',
    },
  },
  'all request fields': {
    attributes: {
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.3,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.stop_sequences': ['END', 'STOP'],
      'gen_ai.request.reasoning.level': 'low',
      'aws.bedrock.guardrail.id': 'guardrail-1',
    },
  },
  'tool calls': finish('tool_calls'),
  'stream of tool calls': finish('tool_calls'),
  'content filter': finish('content_filter'),
  'stream cut by a content filter': finish('content_filter'),
  'blocked prompt': finish('content_filter'),
  truncated: finish('length'),

  'body of anthropic.claude-sonnet-4': body,
  'streamed body, early break': cancelled,
  'body of mistral.mistral-7b-instruct-v0': uncounted,
  'body of mistral.mistral-large-2407-v1': uncounted,
  'body of cohere.command-r-v1': uncounted,
  'body of cohere.command-text-v14': uncounted,
  'reranking of Cohere': uncounted,

  unauthorized: failing('auth', 403),
  quota: failing('quota', 400),
  // what breaks off a stream of the client is always an exception to its reader
  'signal aborted in mid-stream': failing('cancelled'),
  // the client hands on what the transport and the parser throw
  'fetch that throws': { ...failing('unknown'), spans: 1 },
  'answer that is not JSON': { ...failing('unknown'), spans: 1 },
  // the client reads the answer whether anybody waits for it or not
  'call never awaited': {},
}

/** By install. */
export const exceptions: Readonly<Record<string, Expectations>> = {}
