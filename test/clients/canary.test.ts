import { testCanary } from '../sdk/canary/canary.ts'
import { anthropic } from './canary/anthropic.ts'
import { bedrock } from './canary/bedrock.ts'
import { gemini } from './canary/gemini.ts'
import { huggingface } from './canary/huggingface.ts'
import { mistral } from './canary/mistral.ts'
import { llamacpp } from './canary/node-llama-cpp.ts'
import { ollama } from './canary/ollama.ts'
import { transformers } from './canary/transformers.ts'

// the clients that are not installed at the root; `test/sdk/canary.test.ts` has the others
for (const canary of [
  ...anthropic,
  gemini,
  ollama,
  huggingface,
  bedrock,
  mistral,
  transformers,
  llamacpp,
])
  testCanary(canary)
