import { type RequestBody as MessagesBody } from '../anthropic-server/api.ts'
import { messages } from '../anthropic-server/messages.ts'
import type { Answer, ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'
import { type BedrockApi, event, plainBill, type RequestBody } from './api.ts'
import { answer as novaAnswer } from './converse.ts'

/** In the wire format of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html. */

/** A whole answer of a vendor's, and the pieces of a streamed one. */
interface Spoken {
  readonly body: object
  readonly pieces: readonly object[]
}

const VECTOR = [0.25, -0.5]

/** An event has a vendor's piece as base64. */
const chunk = (piece: object): ServerSentEvent =>
  event('chunk', { bytes: Buffer.from(JSON.stringify(piece)).toString('base64'), p: 'abcdef' })

/** The last piece tells what Bedrock has counted. */
function chunks(pieces: readonly object[], { input, output }: Usage): ServerSentEvent[] {
  const metrics = {
    inputTokenCount: input,
    outputTokenCount: output,
    invocationLatency: 12,
    firstByteLatency: 5,
  }
  return pieces.map((piece, index) =>
    chunk(
      index === pieces.length - 1
        ? { ...piece, 'amazon-bedrock-invocationMetrics': metrics }
        : piece,
    ),
  )
}

const counted = ({ input, output }: Usage): Readonly<Record<string, string>> => ({
  'x-amzn-bedrock-input-token-count': String(input),
  'x-amzn-bedrock-output-token-count': String(output),
})

/** The bodies of a vendor's models. */
function vendor(
  models: string,
  speak: (script: Script, usage: Usage, request: RequestBody) => Spoken,
): BedrockApi {
  return {
    path: new RegExp(String.raw`${models}[^/]*\/invoke(-with-response-stream)?$`),
    answer: (request, script) => {
      const usage = plainBill(request, script)
      const { body, pieces } = speak(script, usage, request)
      const headers = counted(usage)
      return { body, events: chunks(pieces, usage), usage, streamsUsage: true, headers }
    },
  }
}

/** Another API's answer, its events as chunks. */
function carried(models: string, answer: BedrockApi['answer']): BedrockApi {
  return {
    path: new RegExp(String.raw`${models}[^/]*\/invoke(-with-response-stream)?$`),
    answer: (request, script): Answer => {
      const { events, ...rest } = answer(request, script)
      return { ...rest, events: events.map(({ data }) => chunk(JSON.parse(data) as object)) }
    },
  }
}

const anthropic = carried('anthropic\\.', (request, script) =>
  messages.answer(request as unknown as MessagesBody, script),
)

/** Nova names its events within the piece. */
const nova = carried('amazon\\.nova', (request, script) => {
  const { events, ...rest } = novaAnswer(request, script)
  return {
    ...rest,
    events: events.map(({ event: name = '', data }) =>
      event('chunk', { [name]: JSON.parse(data) as object }),
    ),
  }
})

const titan = vendor('amazon\\.titan-text', ({ pieces }, { input, output }) => ({
  body: {
    inputTextTokenCount: input,
    results: [{ tokenCount: output, outputText: pieces.join(''), completionReason: 'FINISH' }],
  },
  pieces: pieces.map((outputText, index) => ({
    index: 0,
    outputText,
    inputTextTokenCount: index === 0 ? input : null,
    totalOutputTextTokenCount: index === pieces.length - 1 ? output : null,
    completionReason: index === pieces.length - 1 ? 'FINISH' : null,
  })),
}))

const meta = vendor('meta\\.', ({ pieces }, { input, output }) => ({
  body: {
    generation: pieces.join(''),
    prompt_token_count: input,
    generation_token_count: output,
    stop_reason: 'stop',
  },
  pieces: pieces.map((generation, index) => ({
    generation,
    prompt_token_count: index === 0 ? input : null,
    generation_token_count: index === pieces.length - 1 ? output : index + 1,
    stop_reason: index === pieces.length - 1 ? 'stop' : null,
  })),
}))

const mistral = vendor('mistral\\.', ({ pieces }, _, { prompt }) =>
  prompt === undefined ? mistralChat(pieces) : mistralText(pieces),
)

const mistralText = (pieces: readonly string[]): Spoken => ({
  body: { outputs: [{ text: pieces.join(''), stop_reason: 'stop' }] },
  pieces: pieces.map((text, index) => ({
    outputs: [{ text, stop_reason: index === pieces.length - 1 ? 'stop' : null }],
  })),
})

const mistralChat = (pieces: readonly string[]): Spoken => ({
  body: {
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: pieces.join('') },
        stop_reason: 'stop',
      },
    ],
  },
  pieces: pieces.map((content, index) => ({
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content },
        stop_reason: index === pieces.length - 1 ? 'stop' : null,
      },
    ],
  })),
})

const cohere = vendor('cohere\\.command', ({ pieces }, _, { message }) =>
  message === undefined ? cohereText(pieces) : cohereChat(pieces),
)

function cohereChat(pieces: readonly string[]): Spoken {
  const text = pieces.join('')
  const response = { response_id: 'response-1', generation_id: 'generation-1', text }
  const end = { event_type: 'stream-end', finish_reason: 'COMPLETE', is_finished: true }
  return {
    body: { ...response, finish_reason: 'COMPLETE' },
    pieces: [
      { event_type: 'stream-start', generation_id: 'generation-1', is_finished: false },
      ...pieces.map((piece) => ({ event_type: 'text-generation', text: piece })),
      { ...end, response: { ...response, finish_reason: 'COMPLETE' } },
    ],
  }
}

const cohereText = (pieces: readonly string[]): Spoken => ({
  body: { id: 'cohere-1', generations: [{ text: pieces.join(''), finish_reason: 'COMPLETE' }] },
  pieces: [
    ...pieces.map((text) => ({ text, is_finished: false })),
    { is_finished: true, finish_reason: 'COMPLETE' },
  ],
})

const embeddings = vendor('titan-embed', (_, { input }) => ({
  body: { embedding: VECTOR, inputTextTokenCount: input },
  pieces: [],
}))

/** How each vendor's models speak. */
export const invokeApis: readonly BedrockApi[] = [
  anthropic,
  nova,
  embeddings,
  titan,
  meta,
  mistral,
  cohere,
  vendor('cohere\\.(embed|rerank)', () => ({
    body: { id: 'cohere-1', embeddings: [VECTOR], results: [{ index: 0, relevance_score: 0.9 }] },
    pieces: [],
  })),
]
