/** Attributes of the general semantic conventions. */
export const general = {
  'error.type': {
    type: 'string',
    examples: ['RateLimitError', 'ECONNREFUSED'],
    meaning: "What failed: the error's class, or the provider's code where there is none.",
    stability: 'stable',
  },
  'server.address': {
    type: 'string',
    meaning: 'The host that was called.',
    stability: 'stable',
  },
  'server.port': { type: 'int', meaning: 'Its port.', stability: 'stable' },
  'network.transport': {
    type: 'string',
    values: ['pipe', 'tcp'],
    meaning: 'How messages travel: through the pipes of a process, or over the network.',
    stability: 'stable',
  },
  'network.protocol.name': {
    type: 'string',
    values: ['http'],
    meaning: 'The protocol under the messages, where there is one.',
    stability: 'stable',
  },
  'rpc.response.status_code': {
    type: 'string',
    examples: ['-32602'],
    meaning: 'The code of the error that the peer answered with.',
  },
  'http.request.resend_count': {
    type: 'int',
    meaning: 'How many requests the client sent after the first one; only where it did.',
    stability: 'stable',
  },
  'http.response.status_code': {
    type: 'int',
    meaning: 'The status that the provider answered with, where it failed.',
    stability: 'stable',
  },
  'user.id': { type: 'string', meaning: 'The user, as `withContext` names it.' },
  'otel.component.type': {
    type: 'string',
    examples: ['batching_span_processor'],
    meaning: 'Which component of the OpenTelemetry SDK tells of itself.',
  },
  'otel.component.name': {
    type: 'string',
    examples: ['batching_span_processor/0'],
    meaning: 'Which one of that type.',
  },
  'otel.metric.overflow': {
    type: 'boolean',
    meaning:
      'Instead of all other attributes, where a metric has more of them than are kept apart.',
    stability: 'stable',
  },
} as const
