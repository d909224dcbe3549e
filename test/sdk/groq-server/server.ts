import { bill, completionUsage, type OpenAIApi, type RequestBody } from '../openai-server/api.ts'
import { chat as openaiChat } from '../openai-server/chat.ts'
import { embeddings } from '../openai-server/embeddings.ts'
import { dialect as openai, models } from '../openai-server/server.ts'
import { type Answer, type Dialect, event } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'

/**
 * Source of what differs from OpenAI: the types of groq-sdk 1.6.0 (`resources/chat/completions.d.ts`,
 * `CompletionUsage`), and console.groq.com/docs/rate-limits for the headers.
 */

const TIMES = { queue_time: 0.09, prompt_time: 0.003, completion_time: 0.028, total_time: 0.031 }

const usageOf = (request: RequestBody, script: Parameters<typeof bill>[1]): object => ({
  ...completionUsage(bill(request, script)),
  ...TIMES,
})

/** A stream tells its usage in the last of its chunks, in a field of Groq's own. */
const chat: OpenAIApi = {
  ...openaiChat,
  answer: (request, script): Answer => {
    const { body, events, ...answer } = openaiChat.answer(request, script)
    const id = `req_${request.model}`
    const last = events.length - 2
    return {
      ...answer,
      body: { ...(body as object), usage: usageOf(request, script), x_groq: { id } },
      events: events.map((one, index) => {
        if (index > 0 && index !== last) return one
        const x_groq = index === 0 ? { id } : { id, usage: usageOf(request, script) }
        return event({ ...(JSON.parse(one.data) as object), x_groq })
      }),
      streamsUsage: true,
    }
  },
}

export const dialect: Dialect<RequestBody> = {
  ...openai,
  basePath: '',
  apis: [chat, embeddings, models],
  headers: (model) => ({
    'x-request-id': `req_${model}`,
    'x-groq-region': 'fra',
    'x-ratelimit-limit-requests': '14400',
    'x-ratelimit-limit-tokens': '18000',
    'x-ratelimit-remaining-requests': '14370',
    'x-ratelimit-remaining-tokens': '17997',
    'x-ratelimit-reset-requests': '2m59.56s',
    'x-ratelimit-reset-tokens': '7.66s',
  }),
}

/** Starts a scripted server that speaks Groq's wire format. */
export function startGroqServer(): Promise<ScriptedServer> {
  return startScriptedServer(dialect)
}
