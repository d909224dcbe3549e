/** Attributes for which no convention has a name. */
export const llmscope = {
  'llmscope.variant': {
    type: 'string',
    meaning: 'Which of a few alternatives runs, as `withContext` names it.',
  },
  'llmscope.tag.<key>': { type: 'string', meaning: 'A tag, as `withContext` gives it.' },
  'llmscope.error.category': {
    type: 'string',
    values: [
      'rate_limit',
      'quota',
      'auth',
      'context_length',
      'content_filter',
      'invalid_request',
      'overloaded',
      'timeout',
      'cancelled',
      'connection',
      'server',
      'unknown',
    ],
    meaning: 'Why a call failed, the same for every provider.',
  },
  'llmscope.stream.outcome': {
    type: 'string',
    values: ['cancelled', 'abandoned'],
    meaning:
      'A stream that was broken off or never read to its end; absent where it was read, or failed.',
  },
  'llmscope.model.device': {
    type: 'string',
    examples: ['cpu', 'cuda', 'metal', 'vulkan', 'webgpu'],
    meaning: 'What a model in this process runs on.',
  },
  'llmscope.model.dtype': {
    type: 'string',
    examples: ['fp32', 'q4f16', 'Q4_K_M'],
    meaning: 'How a model in this process keeps its weights.',
  },
  'llmscope.response.tokens_per_second': {
    type: 'double',
    unit: '{token}/s',
    meaning: 'How fast a model in this process wrote, from its first token to its last.',
  },
  'llmscope.agent.loops': {
    type: 'int',
    meaning:
      'How many tools the run called three times or more with the same arguments; only where it did.',
  },
  'llmscope.keep': {
    type: 'string',
    values: ['error', 'expensive', 'slow'],
    meaning: 'Why a sampler should keep the trace: the weightiest reason.',
  },
  'llmscope.cost.amount': {
    type: 'double',
    unit: '{USD}',
    meaning: "What the call costs: as its provider told, else by the provider's list prices.",
  },
  'llmscope.cost.source': {
    type: 'string',
    values: ['local', 'provider'],
    meaning:
      'Who tells the cost: a price file of your own, or the provider itself; absent where it is the table of this version of the SDK.',
  },
  'llmscope.cost.unpriced_reason': {
    type: 'string',
    values: ['no_usage', 'unknown_price', 'unknown_service_tier'],
    meaning: 'Why nobody knows what a call costs.',
  },
  'llmscope.provider.request_id': {
    type: 'string',
    meaning: "The provider's id of the last HTTP request of a call, or of the attempt.",
  },
  'llmscope.attempt.duration': {
    type: 'double',
    unit: 's',
    meaning: 'Time from the request to its headers or its failure.',
  },
  'llmscope.attempt.retry_after': {
    type: 'double',
    unit: 's',
    meaning: 'How long the provider asks to wait before the next attempt.',
  },
  'llmscope.rate_limit.kind': {
    type: 'string',
    values: ['requests', 'tokens', 'input_tokens', 'output_tokens'],
    meaning: 'What a rate limit counts.',
  },
  'llmscope.rate_limit.<kind>.limit': {
    type: 'int',
    meaning: 'How many the provider allows, as it answered last in the call.',
  },
  'llmscope.rate_limit.<kind>.remaining': {
    type: 'int',
    meaning: 'How many of them are left.',
  },
  'llmscope.rate_limit.<kind>.reset': {
    type: 'double',
    unit: 's',
    meaning: 'Time until all of them are there again.',
  },
  'llmscope.fault.site': {
    type: 'string',
    meaning: 'Where in llmscope a fault was kept from the application.',
  },
  'llmscope.doctor.padding': {
    type: 'string',
    meaning: 'Makes the canary of the doctor as large as `--size` asks for.',
  },
} as const
