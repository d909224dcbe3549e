import { type Answer, event } from '../scripted-server/dialect.ts'
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

const choice = (text: string, finish: string | null): object => ({
  text,
  index: 0,
  logprobs: null,
  finish_reason: finish,
})

function answer(request: RequestBody, script: Script): Answer {
  const head = {
    id: `cmpl-${request.model}`,
    object: 'text_completion',
    created: CREATED,
    model: datedModel(request.model),
  }
  const usage = bill(request, script)
  const streamsUsage = request.stream_options?.include_usage === true
  const chunk = (choices: object[], tokens: object | null = null): object => ({
    ...head,
    choices,
    ...(streamsUsage && { usage: tokens }),
  })
  return {
    body: {
      ...head,
      choices: [choice(script.pieces.join(''), script.finish)],
      usage: completionUsage(usage),
    },
    events: [
      ...script.pieces.map((piece) => event(chunk([choice(piece, null)]))),
      event(chunk([choice('', script.finish)])),
      ...(streamsUsage ? [event(chunk([], completionUsage(usage)))] : []),
      { data: '[DONE]' },
    ],
    usage,
    streamsUsage,
  }
}

export const completions: OpenAIApi = {
  path: '/completions',
  answer,
  errorEvent: event({ error: SERVER_ERROR }),
}
