import type { OpenAIApi, RequestBody } from '../openai-server/api.ts'
import { chat } from '../openai-server/chat.ts'
import { completions } from '../openai-server/completions.ts'
import { dialect as openai, models } from '../openai-server/server.ts'
import type { Dialect } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'

/**
 * An inference endpoint of one's own, as Text Generation Inference is behind it: OpenAI's protocol. Source:
 * `dist/esm/providers/hf-inference.js` of @huggingface/inference 4.13.30.
 */

/** Features are asked of the endpoint itself, which has one model. */
const features: OpenAIApi = {
  path: /\/v1$/,
  answer: () => ({ body: [[0.0123, -0.5, 0.25, 0.75]], events: [], streamsUsage: false }),
}

export const dialect: Dialect<RequestBody> = {
  ...openai,
  apis: [chat, completions, features, models],
  headers: (model) => ({ 'x-request-id': `req_${model}`, 'x-compute-type': 'gpu' }),
}

/** Starts a scripted server that speaks as an inference endpoint does. */
export function startHuggingfaceServer(): Promise<ScriptedServer> {
  return startScriptedServer(dialect)
}
