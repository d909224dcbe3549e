import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionMessage,
} from 'openai/resources/chat/completions'
import { type Answer, type ServerSentEvent, event } from '../scripted-server/dialect.ts'
import {
  type OpenAIApi,
  bill,
  completionUsage,
  CREATED,
  datedModel,
  type RequestBody,
  SERVER_ERROR,
} from './api.ts'
import type { Script } from '../scripted-server/script.ts'

type Delta = ChatCompletionChunk.Choice.Delta
type Finish = ChatCompletion.Choice['finish_reason']

const CALL_ID = 'call_9pw1qnYScqvGrCH58HWCvFH6'
const SAFE = { filtered: false, severity: 'safe' }
const FILTERS = { hate: SAFE, self_harm: SAFE, sexual: SAFE, violence: SAFE }

const envelope = ({ model }: RequestBody): object => ({
  id: `chatcmpl-${model}`,
  created: CREATED,
  model: datedModel(model),
  service_tier: 'default',
  system_fingerprint: 'fp_50cad350e4',
})

function message(request: RequestBody, script: Script): ChatCompletionMessage {
  const tool = toolToCall(request, script)
  const text = script.pieces.join('')
  return {
    role: 'assistant',
    content: tool === undefined && !script.refuses ? text : null,
    refusal: script.refuses ? text : null,
    annotations: [],
    ...(tool !== undefined && {
      tool_calls: [
        {
          id: CALL_ID,
          type: 'function',
          function: { name: tool, arguments: script.toolArguments },
        },
      ],
    }),
  }
}

function toolToCall(request: RequestBody, script: Script): string | undefined {
  const answered = request.messages?.some((turn) => turn?.role === 'tool')
  return script.callsTools && !answered ? request.tools?.[0]?.function?.name : undefined
}

function* deltas(request: RequestBody, script: Script): Generator<Delta> {
  const tool = toolToCall(request, script)
  if (tool === undefined) {
    yield { role: 'assistant', content: '', refusal: null }
    for (const piece of script.pieces)
      yield script.refuses ? { refusal: piece } : { content: piece }
    return
  }
  const call = { index: 0, id: CALL_ID, type: 'function' as const }
  yield {
    role: 'assistant',
    content: null,
    tool_calls: [{ ...call, function: { name: tool, arguments: '' } }],
  }
  for (const part of script.toolArguments.match(/.{1,9}/gsu) ?? []) {
    yield { tool_calls: [{ index: 0, function: { arguments: part } }] }
  }
}

function events(request: RequestBody, script: Script): ServerSentEvent[] {
  const head = { ...envelope(request), object: 'chat.completion.chunk' }
  const withUsage = request.stream_options?.include_usage === true
  const chunk = (choices: object[], usage: object | null = null): ServerSentEvent =>
    event({ ...head, choices, ...(withUsage && { usage }) })
  const choice = (index: number, delta: Delta, finish: Finish | null = null): object => ({
    index,
    delta,
    logprobs: null,
    finish_reason: finish,
    ...(request.azure && { content_filter_results: finish ? {} : FILTERS }),
  })
  const indexes = Array.from({ length: request.n ?? 1 }, (_, index) => index)
  const finish = toolToCall(request, script) === undefined ? script.finish : 'tool_calls'
  return [
    ...(request.azure ? [event(promptFilter())] : []),
    ...[...deltas(request, script)].flatMap((delta) =>
      indexes.map((index) => chunk([choice(index, delta)])),
    ),
    ...indexes.map((index) => chunk([choice(index, {}, finish)])),
    ...(withUsage ? [chunk([], completionUsage(bill(request, script)))] : []),
    { data: '[DONE]' },
  ]
}

// Azure opens a stream with a chunk that has no id, no model and no choices.
const promptFilter = (): object => ({
  id: '',
  object: '',
  created: 0,
  model: '',
  choices: [],
  prompt_filter_results: [{ prompt_index: 0, content_filter_results: FILTERS }],
})

function answer(request: RequestBody, script: Script): Answer {
  const tool = toolToCall(request, script)
  const choice = (index: number): ChatCompletion.Choice => ({
    index,
    message: message(request, script),
    logprobs: null,
    finish_reason: tool === undefined ? script.finish : 'tool_calls',
    ...(request.azure && { content_filter_results: FILTERS }),
  })
  const usage = bill(request, script)
  return {
    body: {
      ...envelope(request),
      object: 'chat.completion',
      choices: Array.from({ length: request.n ?? 1 }, (_, index) => choice(index)),
      usage: completionUsage(usage),
      ...(request.azure && {
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: FILTERS }],
      }),
    },
    events: request.stream ? events(request, script) : [],
    usage,
    streamsUsage: request.stream_options?.include_usage === true,
  }
}

export const chat: OpenAIApi = {
  path: '/chat/completions',
  answer,
  errorEvent: event({ error: SERVER_ERROR }),
}
