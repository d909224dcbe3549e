import type { Method } from '../../calls/adapter.ts'
import type { Part } from '../../calls/genai.ts'
import { imagePart } from './chat.ts'
import { endingOf, foldEnding, parametersOf } from './model.ts'
import type { GenerateRequest, GenerateResponse } from './wire.ts'

/** A completion, streamed or not: a line of a stream has the shape of the whole. */
export const generate: Method<GenerateRequest, GenerateResponse, GenerateResponse> = {
  operation: 'text_completion',
  request: (request) => ({
    ...parametersOf(request),
    messages: () => [
      {
        role: 'user',
        parts: [...textParts(request.prompt), ...(request.images ?? []).map(imagePart)],
      },
    ],
    instructions: () => textParts(request.system),
  }),
  response: (response) => ({
    ...endingOf(response),
    messages: () => [{ role: 'assistant', parts: answerParts(response) }],
  }),
  fold: (response, line, content) => {
    const whole = response ?? {}
    foldEnding(whole, line)
    if (content && line.response) whole.response = (whole.response ?? '') + line.response
    if (content && line.thinking) whole.thinking = (whole.thinking ?? '') + line.thinking
    return whole
  },
}

function answerParts({ response, thinking }: GenerateResponse): Part[] {
  const thoughts: Part[] = thinking ? [{ type: 'reasoning', content: thinking }] : []
  return [...thoughts, ...textParts(response)]
}

const textParts = (content: string | undefined): Part[] =>
  content ? [{ type: 'text', content }] : []
