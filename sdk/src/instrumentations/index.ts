import type { Adapter } from '../calls/adapter.ts'
import { anthropic } from './anthropic/index.ts'
import { bedrock } from './bedrock/index.ts'
import { gemini } from './gemini/index.ts'
import { groq } from './groq.ts'
import { huggingface } from './huggingface/index.ts'
import { mistral } from './mistral/index.ts'
import { llamacpp } from './llamacpp/index.ts'
import { ollama } from './ollama/index.ts'
import { openai } from './openai/index.ts'
import { together } from './together.ts'
import { transformers } from './transformers/index.ts'

/** Every LLM client that is instrumented. */
export const adapters: readonly Adapter[] = [
  openai,
  anthropic,
  gemini,
  groq,
  together,
  ollama,
  huggingface,
  bedrock,
  mistral,
  transformers,
  llamacpp,
]
