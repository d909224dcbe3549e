import { bill, type OpenAIApi, type RequestBody } from '../openai-server/api.ts'
import { chat as openaiChat } from '../openai-server/chat.ts'
import { completions as openaiCompletions } from '../openai-server/completions.ts'
import { embeddings as openaiEmbeddings } from '../openai-server/embeddings.ts'
import { dialect as openai, models as openaiModels } from '../openai-server/server.ts'
import { type Answer, type Dialect, event } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'

/**
 * Source of what differs from OpenAI: the types of together-ai 0.52.0, support.together.ai/en/articles/8988956
 * for the headers, and the answers of Together that tests of llama-stack have recorded
 * (tests/integration/recordings/responses) for where usage stands.
 */

interface Body {
  readonly usage?: object
}

/** Reasoning is part of the output, and not told apart. */
const billOf = (request: RequestBody, script: Script): Usage => ({
  ...bill(request, script),
  reasoning: 0,
})

const usageOf = ({ input, cached, output }: Usage): object => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  cached_tokens: cached,
})

/** Usage is told in the chunk that ends a stream, asked for or not. */
const telling = (api: OpenAIApi): OpenAIApi => ({
  ...api,
  answer: (request, script): Answer => {
    const { body, events, ...answer } = api.answer(request, script)
    const usage = billOf(request, script)
    const last = events.length - 2
    return {
      ...answer,
      usage,
      body: { ...(body as Body), prompt: [], usage: usageOf(usage) },
      events: events.map((one, index) =>
        index === last ? event({ ...(JSON.parse(one.data) as Body), usage: usageOf(usage) }) : one,
      ),
      streamsUsage: true,
    }
  },
})

/** Tokens of embeddings are not told. */
const embeddings: OpenAIApi = {
  ...openaiEmbeddings,
  answer: (request, script): Answer => {
    const { body, events } = openaiEmbeddings.answer(request, script)
    const { usage: _, ...untold } = body as Body
    return { body: untold, events, streamsUsage: false }
  },
}

/** A plain list, without an envelope. */
const models: OpenAIApi = {
  ...openaiModels,
  answer: (request, script): Answer => ({
    ...openaiModels.answer(request, script),
    body: [{ id: 'meta-llama/Llama-3.3-70B-Instruct-Turbo', object: 'model', type: 'chat' }],
  }),
}

export const dialect: Dialect<RequestBody> = {
  ...openai,
  apis: [telling(openaiChat), embeddings, telling(openaiCompletions), models],
  headers: (model) => ({
    'x-request-id': `req_${model}`,
    'x-ratelimit-limit': '10',
    'x-ratelimit-remaining': '9',
    'x-ratelimit-reset': '1',
    'x-tokenlimit-limit': '9000',
    'x-tokenlimit-remaining': '8971',
  }),
}

/** Starts a scripted server that speaks Together's wire format. */
export function startTogetherServer(): Promise<ScriptedServer> {
  return startScriptedServer(dialect)
}
