import type { AgentOperation } from '../operations/agent-operations.ts'
import type { Operation } from '../calls/genai.ts'
import { plainOperations } from '../calls/plain-operations.ts'

type OperationName = Operation | AgentOperation | 'execute_tool' | 'retrieval'

const OPERATIONS = [
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'retrieval',
  'invoke_agent',
  'invoke_workflow',
  'execute_tool',
  ...plainOperations,
] as const

/** Attributes of model calls in the GenAI semantic conventions. */
export const genAiCalls = {
  'gen_ai.operation.name': {
    type: 'string',
    values: OPERATIONS as readonly OperationName[],
    meaning: 'What is done. From `count_tokens` on no convention has a name for it.',
  },
  'gen_ai.provider.name': {
    type: 'string',
    examples: ['openai', 'azure.ai.openai', 'anthropic', 'gcp.gemini', 'gcp.vertex_ai'],
    meaning: 'Who serves the model, told from the host where that is known.',
  },
  'gen_ai.conversation.id': {
    type: 'string',
    meaning: 'The conversation, as the request or `withContext` names it.',
  },
  'gen_ai.output.type': {
    type: 'string',
    values: ['text', 'json', 'image', 'speech'],
    meaning: 'The kind of output that was asked for.',
  },
  'gen_ai.request.model': { type: 'string', meaning: 'The model that was asked for.' },
  'gen_ai.request.stream': {
    type: 'boolean',
    meaning: 'Whether the answer is streamed; only where it is.',
  },
  'gen_ai.request.choice.count': {
    type: 'int',
    meaning: 'How many answers were asked for, where not one.',
  },
  'gen_ai.request.max_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Most tokens that the answer may have.',
  },
  'gen_ai.request.temperature': { type: 'double', meaning: 'Temperature of the sampling.' },
  'gen_ai.request.top_p': { type: 'double', meaning: 'Share of probability that is sampled from.' },
  'gen_ai.request.top_k': {
    type: 'int',
    meaning: 'How many tokens are sampled from. By 1.41, also how many documents were asked for.',
  },
  'gen_ai.request.frequency_penalty': {
    type: 'double',
    meaning: 'Penalty for tokens by how often they came.',
  },
  'gen_ai.request.presence_penalty': {
    type: 'double',
    meaning: 'Penalty for tokens that came at all.',
  },
  'gen_ai.request.seed': { type: 'int', meaning: 'Seed of the sampling.' },
  'gen_ai.request.stop_sequences': {
    type: 'string[]',
    meaning: 'Texts at which the model stops, redacted.',
  },
  'gen_ai.request.reasoning.level': {
    type: 'string',
    examples: ['low', 'medium', 'high'],
    meaning: 'How much the model is to think, exactly as it was sent.',
  },
  'gen_ai.request.previous_response.id': {
    type: 'string',
    meaning: 'The response that the request goes on from.',
  },
  'gen_ai.request.encoding_formats': {
    type: 'string[]',
    examples: ['float', 'base64'],
    meaning: 'Encodings of embeddings that were asked for.',
  },
  'gen_ai.embeddings.dimension.count': { type: 'int', meaning: 'Dimensions that were asked for.' },
  'gen_ai.response.id': { type: 'string', meaning: "The provider's id of the response." },
  'gen_ai.response.model': { type: 'string', meaning: 'The model that answered.' },
  'gen_ai.response.finish_reasons': {
    type: 'string[]',
    examples: ['stop', 'length', 'tool_calls', 'content_filter'],
    meaning: 'Why the model stopped, for each answer.',
  },
  'gen_ai.response.status': {
    type: 'string',
    examples: ['queued', 'in_progress', 'completed', 'incomplete', 'failed', 'cancelled'],
    meaning: 'How far the response is.',
  },
  'gen_ai.response.time_to_first_chunk': {
    type: 'double',
    unit: 's',
    meaning: 'Time from the call to the first chunk of its stream.',
  },
  'gen_ai.usage.input_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Input tokens, cached ones included.',
  },
  'gen_ai.usage.output_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Output tokens, reasoning included.',
  },
  'gen_ai.usage.cache_read.input_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Input tokens that were read from a cache.',
  },
  'gen_ai.usage.cache_write.input_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Input tokens that were written to a cache.',
  },
  'gen_ai.usage.reasoning.output_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Output tokens that were reasoning.',
  },
  'gen_ai.usage.audio.input_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Input tokens that were audio.',
  },
  'gen_ai.usage.audio.output_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Output tokens that were audio.',
  },
  'gen_ai.usage.image.input_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Input tokens that were images.',
  },
  'gen_ai.usage.image.output_tokens': {
    type: 'int',
    unit: '{token}',
    meaning: 'Output tokens that were images.',
  },
  'gen_ai.token.modality': {
    type: 'string',
    values: ['image', 'audio', 'unknown'],
    meaning: 'What the tokens are of; `unknown` where the provider does not split them.',
  },
  'openai.api.type': {
    type: 'string',
    values: ['chat_completions', 'responses'],
    meaning: 'Which API of OpenAI was called.',
  },
  'openai.request.service_tier': {
    type: 'string',
    examples: ['flex', 'priority'],
    meaning: 'The service tier that was asked for, where not `auto`.',
  },
  'openai.response.service_tier': { type: 'string', meaning: 'The service tier that served.' },
  'openai.response.system_fingerprint': {
    type: 'string',
    meaning: 'Which configuration of the provider answered.',
  },
  'aws.bedrock.guardrail.id': {
    type: 'string',
    meaning: 'The guardrail that the conversation was to be checked by.',
  },
} as const
