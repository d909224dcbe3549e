import { cancelled, type Expectations, failing, finish, refused } from '../expectations.ts'

const TWO_CALLS = { spans: 2 }

/** Of the scenarios that only Anthropic clients play, and where they differ from others. */
export const expectations: Expectations = {
  plain: finish('stop'),
  'all request fields': {
    attributes: {
      'gen_ai.request.temperature': 0.3,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.stop_sequences': ['END', 'STOP'],
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.reasoning.level': 'low',
      'anthropic.request.service_tier': 'standard_only',
      'anthropic.response.service_tier': 'standard',
    },
  },
  'tool calls': finish('tool_calls'),
  truncated: finish('length'),
  refusal: finish('content_filter'),
  'content filter': finish('content_filter'),
  'no arguments': { spans: 0 },
  // the client reads the messages before it sends them
  'odd messages': { ...failing('unknown'), spans: 1 },

  'stream of tool calls': finish('tool_calls'),
  'stream cut by a content filter': finish('content_filter'),
  'stream with an error event': failing('overloaded'),

  quota: failing('quota', 402),
  overloaded: failing('overloaded', 529),

  parse: { attributes: { 'gen_ai.output.type': 'json' } },
  'parse of a rejected call': { ...refused, attributes: { 'gen_ai.output.type': 'json' } },
  'stream helper with tools': finish('tool_calls'),
  'stream helper, aborted': cancelled,
  'stream helper, early break': cancelled,
  'stream helper of a dropped stream': { fails: 'connection' },
  'stream helper of a rejected call': refused,

  'tool runner': TWO_CALLS,
  'tool runner, awaited': TWO_CALLS,
  'tool runner, streamed': TWO_CALLS,
  'tool runner of a tool that throws': TWO_CALLS,
  'tool runner of a rejected call': refused,

  'beta message, rejected': refused,
  'token count, rejected': refused,

  'conversation of a request': { attributes: { 'gen_ai.conversation.id': 'conversation-7' } },
}

const RUNNERS = [
  'tool runner',
  'tool runner, awaited',
  'tool runner, streamed',
  'tool runner of a tool that throws',
]

/** Where a version of the client gives its users less to go by. */
export const exceptions: Readonly<Record<string, Expectations>> = {
  'anthropic-0.39': {
    ...Object.fromEntries(RUNNERS.map((name) => [name, {}])),
    'odd messages': {},
    'stream with an error event': failing('connection'),
  },
  'anthropic-0.70': { 'odd messages': {} },
}

const PARSERS = ['parse', 'parse of a rejected call']

export const lacking: Readonly<Record<string, readonly string[]>> = {
  'anthropic-0.39': [
    'withOptions',
    ...PARSERS,
    'tool runner',
    'tool runner, awaited',
    'tool runner, streamed',
    'tool runner of a tool that throws',
    'tool runner, early break',
    'tool runner of a rejected call',
  ],
  'anthropic-0.70': PARSERS,
}
