import type { Method } from '../../../calls/adapter.ts'
import type { GenAiResponse } from '../../../calls/genai.ts'
import { chat } from '../../openai/chat.ts'
import { answered, asked, longer } from './text.ts'

/** A prompt, or a chat as Mistral's own API has it. */
interface Request {
  readonly prompt?: string
  readonly messages?: ChatRequest['messages']
  readonly max_tokens?: number
  readonly temperature?: number
  readonly top_p?: number
  readonly top_k?: number
  readonly stop?: string[]
}

interface Output {
  readonly text?: string | undefined
  readonly stop_reason?: string | null | undefined
}

interface Choice {
  readonly message?: object
  readonly delta?: object
  readonly stop_reason?: string | null
  readonly finish_reason?: string | null
}

/** A whole answer, or a piece of one: outputs of a prompt, choices of a chat. */
interface Answer {
  readonly outputs?: readonly Output[]
  readonly choices?: readonly Choice[]
}

type ChatRequest = Parameters<typeof chat.request>[0]
type ChatAnswer = Parameters<typeof chat.response>[0]
type ChatPiece = Parameters<NonNullable<typeof chat.fold>>[1]

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral.html */
export const mistral: Method<Request, Answer, Answer> = {
  operation: 'chat',
  request: ({ prompt, messages = [], top_k, ...rest }) => {
    const request = chat.request({ model: '', messages, ...rest })
    const isPrompt = prompt !== undefined
    return { ...request, topK: top_k, ...(isPrompt && { messages: () => asked(prompt) }) }
  },
  response: (answer) =>
    answer.outputs ? readOutputs(answer.outputs) : chat.response(named(answer) as ChatAnswer),
  fold: (answer, piece, content) => {
    if (piece.outputs) return { outputs: foldOutputs(answer?.outputs, piece.outputs, content) }
    const folded = answer as ChatAnswer | undefined
    return chat.fold?.(folded, named(piece) as ChatPiece, content) ?? piece
  },
}

function readOutputs(outputs: readonly Output[]): GenAiResponse {
  const reasons = outputs.map(({ stop_reason }) => stop_reason)
  return {
    finishReasons: reasons.some(Boolean) ? reasons.map((reason) => reason ?? 'error') : undefined,
    messages: () => outputs.flatMap(({ text }) => answered(text)),
  }
}

/** With reasons and pieces under the names that they have everywhere else. */
function named({ choices = [], ...rest }: Answer): object {
  const renamed = choices.map(({ stop_reason, ...choice }) => ({
    ...choice,
    delta: choice.delta ?? choice.message,
    finish_reason: choice.finish_reason ?? stop_reason,
  }))
  return { ...rest, choices: renamed }
}

function foldOutputs(
  outputs: readonly Output[] = [],
  pieces: readonly Output[],
  content: boolean,
): Output[] {
  return pieces.map((piece, index) => ({
    text: longer(outputs[index]?.text, piece.text, content),
    stop_reason: piece.stop_reason ?? outputs[index]?.stop_reason,
  }))
}
