/** Attributes of semantic conventions 1.41 that have other names today. */
export const former = {
  'gen_ai.system': {
    type: 'string',
    replacedBy: 'gen_ai.provider.name',
    meaning: 'Who serves the model.',
  },
  'gen_ai.usage.cache_creation.input_tokens': {
    type: 'int',
    unit: '{token}',
    replacedBy: 'gen_ai.usage.cache_write.input_tokens',
    meaning: 'Input tokens that were written to a cache.',
  },
  'gen_ai.workflow.name': {
    type: 'string',
    replacedBy: 'gen_ai.agent.name',
    meaning: 'The workflow.',
  },
  'gen_ai.token.type': {
    type: 'string',
    values: ['input', 'output'],
    meaning: 'Which tokens a point of `gen_ai.client.token.usage` counts.',
  },
} as const
