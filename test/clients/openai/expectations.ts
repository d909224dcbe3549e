import { cancelled, type Expectations, failing, finish, refused } from '../expectations.ts'

/** Of the scenarios that only openai clients play, and where they differ from others. */
export const expectations: Expectations = {
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
  'rejected transcription': refused,
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
  'overridden attempt': { attributes: { 'http.request.resend_count': 1 } },
  'stream of tool calls': finish('tool_calls'),
  'stream cut by a content filter': finish('content_filter'),
}

/** Where a version of the client gives its users less to go by. */
export const exceptions: Readonly<Record<string, Expectations>> = {
  'openai-4': {
    withOptions: { spans: 0 },
    // it throws an error that holds none of the event's fields
    'response stream with an error event': failing('unknown'),
  },
}
