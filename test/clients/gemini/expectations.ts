import {
  abandoned,
  cancelled,
  type Expectations,
  failing,
  finish,
  refused,
} from '../expectations.ts'

const aborted = failing('cancelled')
const vertex = { attributes: { 'gen_ai.provider.name': 'gcp.vertex_ai' } }

/** Of the scenarios that only this client plays, and where it differs from others. */
export const expectations: Expectations = {
  plain: {
    attributes: {
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.response.finish_reasons': ['stop'],
    },
  },
  'all request fields': {
    attributes: {
      'gen_ai.request.temperature': 0.3,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END', 'STOP'],
      'gen_ai.request.presence_penalty': 0.25,
      'gen_ai.request.frequency_penalty': 0.5,
      'gen_ai.request.reasoning.level': '512',
      'gen_ai.output.type': 'json',
    },
  },
  'two candidates': {
    attributes: {
      'gen_ai.request.choice.count': 2,
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
    },
  },
  'tool calls': finish('tool_calls'),
  'stream of tool calls': finish('tool_calls'),
  'content filter': finish('content_filter'),
  'stream cut by a content filter': finish('content_filter'),
  'blocked prompt': finish('content_filter'),
  truncated: finish('length'),
  'an image to look at': { attributes: { 'gen_ai.usage.image.input_tokens': 258 } },
  'an image to draw': {
    attributes: { 'gen_ai.output.type': 'image', 'gen_ai.usage.image.output_tokens': 258 },
  },
  'vertex ai': vertex,
  'embeddings of vertex ai': vertex,
  'embeddings of four dimensions': { attributes: { 'gen_ai.embeddings.dimension.count': 4 } },
  'rejected embeddings': refused,
  'automatic function calling, early break': cancelled,

  // what breaks off a stream of the client is always an exception to its reader
  'signal aborted in mid-stream': aborted,
  // the client hands on what the transport and the parser throw
  'fetch that throws': { ...failing('unknown'), spans: 1 },
  'answer that is not JSON': { ...failing('unknown'), spans: 1 },
  // the client's own generator around the stream has not begun, and leaves it alone
  'returned before the first read': abandoned,
  // the client reads the answer whether anybody waits for it or not
  'call never awaited': {},
}

const limited = failing('rate_limit', 429)

/** Version 1 has retries for a whole client only, and looks at signals when they change. */
const first: Expectations = {
  'retries used up': limited,
  'two rate limits, then an answer': limited,
  'two rate limits, then a stream': limited,
  'one server error, then an answer': failing('server', 500),
  'signal aborted before the call': abandoned,
  'returned before the first read': { ...cancelled, usage: 'none' },
  // it hands the event on as an answer without content
  'stream with an error event': {},
}

/** The Gemini API tells the tokens of embeddings, and the client first hands them on in version 3. */
const uncounted: Expectations = {
  embeddings: { usage: 'none' },
  'embeddings of four dimensions': {
    ...expectations['embeddings of four dimensions'],
    usage: 'none',
  },
}

/** By install. */
export const exceptions: Readonly<Record<string, Expectations>> = {
  'gemini-1': { ...first, ...uncounted },
  'gemini-2': uncounted,
}
