/** Attributes for which Anthropic's client has names of its own, and no convention has any. */
export const anthropic = {
  'anthropic.request.service_tier': {
    type: 'string',
    examples: ['standard_only'],
    meaning: 'The service tier that was asked for, where not `auto`.',
  },
  'anthropic.response.service_tier': {
    type: 'string',
    examples: ['standard', 'priority', 'batch'],
    meaning: 'The service tier that served.',
  },
} as const
