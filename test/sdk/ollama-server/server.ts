import {
  type Answer,
  type Api,
  type Dialect,
  event,
  type ScriptedRequest,
  type ServerSentEvent,
} from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'
import * as refusals from './refusals.ts'

/**
 * Sources: docs/api.md of ollama, for the shape of answers and of the lines of a stream; the types of the
 * client, version 0.6.4.
 */

/** The fields that the scripted models read from a request, over all APIs. */
interface RequestBody extends ScriptedRequest {
  readonly messages?: readonly ({ readonly role: string } | null)[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
  readonly think?: boolean | string
  readonly input?: string | readonly string[]
}

const CREATED = '2026-01-01T00:00:00.123456Z'
const VECTOR = [0.0123, -0.5, 0.25, 0.75]

const bill = ({ model }: RequestBody, { pieces }: Script): Usage => ({
  input: 20 + model.length,
  cached: 0,
  cacheWritten: 0,
  output: pieces.length + 2,
  reasoning: 0,
})

/** What ends an answer. Times are in nanoseconds. */
const ending = (request: RequestBody, script: Script): object => {
  const { input, output } = bill(request, script)
  return {
    done: true,
    done_reason: script.finish,
    total_duration: 5_043_500_667,
    load_duration: 5_025_959,
    prompt_eval_count: input,
    prompt_eval_duration: 325_953_000,
    eval_count: output,
    eval_duration: 4_709_213_000,
  }
}

/** What an answer is, in pieces; `fields` says how the API has a piece. */
function answer(
  request: RequestBody,
  script: Script,
  pieces: readonly object[],
  whole: object,
  none: object,
): Answer {
  const head = { model: request.model, created_at: CREATED }
  const end = ending(request, script)
  const lines: ServerSentEvent[] = pieces.map((piece) => event({ ...head, ...piece, done: false }))
  return {
    body: { ...head, ...whole, ...end },
    events: [...lines, event({ ...head, ...none, ...end })],
    usage: bill(request, script),
    streamsUsage: true,
  }
}

const message = (fields: object): object => ({
  message: { role: 'assistant', content: '', ...fields },
})

const chat: Api<RequestBody> = {
  path: '/api/chat',
  answer: (request, script) => {
    const answered = request.messages?.some((turn) => turn?.role === 'tool')
    const tool = script.callsTools && !answered ? request.tools?.[0]?.function.name : undefined
    const thinking = request.think ? { thinking: 'CANARY-THOUGHT' } : {}
    if (tool !== undefined) {
      const call = {
        function: { name: tool, arguments: JSON.parse(script.toolArguments) as object },
      }
      const called = message({ tool_calls: [call], ...thinking })
      return answer(request, script, [called], called, message({}))
    }
    const thoughts = request.think ? [message(thinking)] : []
    const pieces = script.pieces.map((content) => message({ content }))
    const whole = message({ content: script.pieces.join(''), ...thinking })
    return answer(request, script, [...thoughts, ...pieces], whole, message({}))
  },
  errorEvent: event({
    error: 'an error was encountered while running the model: CANARY-ERROR-TEXT',
  }),
}

const generate: Api<RequestBody> = {
  path: '/api/generate',
  answer: (request, script) => {
    const pieces = script.pieces.map((response) => ({ response }))
    const context = { context: [1, 2, 3] }
    return answer(
      request,
      script,
      pieces,
      { response: script.pieces.join(''), ...context },
      { response: '', ...context },
    )
  },
}

const embed: Api<RequestBody> = {
  path: '/api/embed',
  answer: (request, script) => {
    const { input } = bill(request, script)
    const texts = Array.isArray(request.input) ? request.input.length : 1
    return {
      body: {
        model: request.model,
        embeddings: Array.from({ length: texts }, () => VECTOR),
        total_duration: 14_143_917,
        load_duration: 1_019_500,
        prompt_eval_count: input,
      },
      events: [],
      usage: { input, cached: 0, cacheWritten: 0, output: 0, reasoning: 0 },
      streamsUsage: false,
    }
  },
}

const embeddings: Api<RequestBody> = {
  path: '/api/embeddings',
  answer: () => ({ body: { embedding: VECTOR }, events: [], streamsUsage: false }),
}

const tags: Api<RequestBody> = {
  path: '/api/tags',
  answer: () => ({
    body: { models: [{ name: 'llama3.2:latest', model: 'llama3.2:latest', size: 2_019_393_189 }] },
    events: [],
    streamsUsage: false,
  }),
}

export const dialect: Dialect<RequestBody> = {
  basePath: '',
  apis: [chat, generate, embed, embeddings, tags],
  refusals,
  malformed: '{"model":"llama3.2","message":{\n',
  framing: { contentType: 'application/x-ndjson', encode: ({ data }) => `${data}\n` },
  read: (_, body) => ({ model: '', ...(body ? (JSON.parse(body) as object) : {}) }),
  headers: () => ({}),
  attempt: () => 0,
}

/** Starts a scripted server that speaks Ollama's wire format: a line of JSON for each piece of an answer. */
export function startOllamaServer(): Promise<ScriptedServer> {
  return startScriptedServer(dialect)
}
