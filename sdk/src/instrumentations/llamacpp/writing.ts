import { AsyncResource } from 'node:async_hooks'
import type { Choice, Heard, Method } from '../../calls/adapter.ts'
import type { GenAiRequest, Message, Operation } from '../../calls/genai.ts'
import { Evaluation } from './evaluation.ts'
import { chatMessages, textMessage, writtenMessages } from './messages.ts'
import { placed, sequenceOf } from './models.ts'
import type { ChatItem, Options, Written } from './wire.ts'

/** An answer to a chat, until the model wants functions called, if it does. */
export const respond: Choice = writes('chat', 1, readHistory)

/** What the user is likely to say next in a chat. */
export const completeUser: Choice = writes('text_completion', 1, readHistory)

export const complete: Choice = writes('text_completion', 1, ([input]) => [
  textMessage('user', input),
])

/** What stands between two texts. */
export const infill: Choice = writes('text_completion', 2, (texts) =>
  texts.slice(0, 2).map((text) => textMessage('user', text)),
)

function readHistory([history]: readonly unknown[]): Message[] {
  return chatMessages(history as readonly ChatItem[])
}

/** A method whose options are at an index of its arguments. */
function writes(
  operation: Operation,
  index: number,
  read: (args: readonly unknown[]) => readonly Message[],
): Choice {
  return {
    operations: [operation],
    choose: (input, rest = [], self) => {
      const args = [input, ...rest]
      const options = (args[index] ?? {}) as Options
      const sequence = sequenceOf(self)
      const evaluation = new Evaluation(sequence)
      return {
        operation,
        request: () => ({
          ...placed(sequence?.model),
          ...parametersOf(options),
          messages: () => read(args),
        }),
        listen: (given, heard) => given.toSpliced(index, 1, listening(options, heard)),
        fold: () => evaluation.note(),
        response: (result) => ({ usage: evaluation.endWriting(), ...endingOf(result) }),
      } satisfies Method
    },
  }
}

function parametersOf(options: Options): Omit<GenAiRequest, 'model'> {
  const { onTextChunk, onToken, onResponseChunk, repeatPenalty, customStopTriggers, functions } =
    options
  const { frequencyPenalty, presencePenalty } = repeatPenalty || {}
  return {
    stream: onTextChunk || onToken || onResponseChunk ? true : undefined,
    maxTokens: options.maxTokens,
    temperature: options.temperature,
    topK: options.topK,
    topP: options.topP,
    seed: options.seed,
    frequencyPenalty,
    presencePenalty,
    stopSequences: customStopTriggers?.filter((trigger) => typeof trigger === 'string'),
    tools: () => Object.keys(functions ?? {}).map((name) => ({ type: 'function', name })),
  }
}

/** The same options, with tokens heard. A function that the model calls is the application's work, and no part of the call. */
function listening(options: Options, heard: Heard): Options {
  const { onToken, onFunctionCall } = options
  return {
    ...options,
    onToken: (tokens: readonly unknown[]) => {
      if (tokens.length > 0) heard(tokens)
      return typeof onToken === 'function' ? (onToken(tokens) as unknown) : undefined
    },
    ...(typeof onFunctionCall === 'function' && {
      onFunctionCall: AsyncResource.bind(onFunctionCall as () => unknown),
    }),
  }
}

/** What had come of a call that failed says nothing of its end. */
function endingOf(result: unknown): object {
  if (result instanceof Evaluation) return {}
  const written = (result ?? {}) as Written
  const reason = written.metadata?.stopReason
  return {
    finishReasons: reason === undefined ? undefined : [reason],
    isCancelled: reason === 'abort',
    messages: () => writtenMessages(written),
  }
}
