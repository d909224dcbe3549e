import type { Method } from '../../../calls/adapter.ts'
import type { Message } from '../../../calls/genai.ts'
import { answered, asked, longer } from './text.ts'

interface Turn {
  readonly role?: string
  readonly message?: string
}

interface Parameters {
  readonly max_tokens?: number
  readonly temperature?: number
  readonly p?: number
  readonly k?: number
  readonly seed?: number
  readonly frequency_penalty?: number
  readonly presence_penalty?: number
  readonly stop_sequences?: readonly string[]
}

interface ChatRequest extends Parameters {
  readonly message?: string
  readonly chat_history?: readonly Turn[]
  readonly preamble?: string
  readonly tools?: readonly { readonly name?: string }[]
}

interface ToolCall {
  readonly name?: string
  readonly parameters?: object
}

interface ChatAnswer {
  readonly generation_id?: string
  readonly text?: string | undefined
  readonly finish_reason?: string | null
  readonly tool_calls?: readonly ToolCall[]
}

/** A piece of a text, or at the end the whole answer. */
interface ChatPiece {
  readonly text?: string
  readonly response?: ChatAnswer
  readonly finish_reason?: string
}

interface GenerateRequest extends Parameters {
  readonly prompt?: string
  readonly num_generations?: number
}

interface Generation {
  readonly text?: string | undefined
  readonly finish_reason?: string | null | undefined
}

interface GenerateAnswer {
  readonly id?: string
  readonly generations?: readonly Generation[]
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  ERROR_LIMIT: 'length',
  ERROR_TOXIC: 'content_filter',
  TOOL_CALL: 'tool_calls',
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html */
export const cohereChat: Method<ChatRequest, ChatAnswer, ChatPiece> = {
  operation: 'chat',
  request: ({ message, chat_history = [], preamble, tools = [], ...parameters }) => ({
    ...readParameters(parameters),
    messages: () => [...chat_history.flatMap(toMessage), ...asked(message)],
    instructions: () => asked(preamble).flatMap(({ parts }) => parts),
    tools: () => tools.map(({ name = '' }) => ({ type: 'function', name })),
  }),
  response: ({ generation_id, text, finish_reason, tool_calls = [] }) => ({
    id: generation_id,
    finishReasons: reasonsOf([finish_reason]),
    messages: () => [
      {
        role: 'assistant',
        parts: [
          ...answered(text).flatMap(({ parts }) => parts),
          ...tool_calls.map(({ name, parameters }) => ({
            type: 'tool_call',
            name,
            arguments: parameters,
          })),
        ],
      },
    ],
  }),
  fold: (answer, { text, response, finish_reason }, content) => ({
    ...answer,
    ...(content && response),
    ...(response?.generation_id && { generation_id: response.generation_id }),
    text: response ? (content ? response.text : undefined) : longer(answer?.text, text, content),
    finish_reason: finish_reason ?? answer?.finish_reason ?? null,
  }),
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command.html */
export const cohereGenerate: Method<GenerateRequest, GenerateAnswer, Generation> = {
  operation: 'text_completion',
  request: ({ prompt, num_generations, ...parameters }) => ({
    ...readParameters(parameters),
    choiceCount: num_generations === 1 ? undefined : num_generations,
    messages: () => asked(prompt),
  }),
  response: ({ id, generations = [] }) => ({
    id,
    finishReasons: reasonsOf(generations.map(({ finish_reason }) => finish_reason)),
    messages: () => generations.flatMap(({ text }) => answered(text)),
  }),
  fold: (answer, { text, finish_reason }, content) => {
    const before = answer?.generations?.[0]
    return {
      generations: [
        {
          text: longer(before?.text, text, content),
          finish_reason: finish_reason ?? before?.finish_reason,
        },
      ],
    }
  },
}

/** Nothing in the body counts tokens. */
export const cohereEmbeddings: Method<{ readonly output_dimension?: number }> = {
  operation: 'embeddings',
  request: ({ output_dimension }) => ({ model: undefined, dimensionCount: output_dimension }),
  response: () => ({}),
}

/** An order of documents: searches are billed, no token is. */
export const cohereRerank: Method = {
  operation: 'rerank',
  request: () => ({ model: undefined }),
  response: () => ({}),
}

function readParameters(parameters: Parameters): ReturnType<typeof cohereChat.request> {
  return {
    model: undefined,
    maxTokens: parameters.max_tokens,
    temperature: parameters.temperature,
    topP: parameters.p,
    topK: parameters.k,
    seed: parameters.seed,
    frequencyPenalty: parameters.frequency_penalty,
    presencePenalty: parameters.presence_penalty,
    stopSequences: parameters.stop_sequences,
  }
}

function toMessage({ role, message }: Turn): Message[] {
  return role === 'CHATBOT' ? answered(message) : asked(message)
}

function reasonsOf(reasons: readonly (string | null | undefined)[]): string[] | undefined {
  if (!reasons.some(Boolean)) return undefined
  return reasons.map((reason) =>
    reason ? (FINISH_REASONS[reason] ?? reason.toLowerCase()) : 'error',
  )
}
