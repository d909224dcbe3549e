import type { Method } from '../../calls/adapter.ts'
import { closedError } from '../../calls/session-calls.ts'
import type { Asked, Session, Sign } from '../../calls/session.ts'
import { fold } from './fold.ts'
import { generate, readRequest } from './generate.ts'
import { modelName } from './model.ts'
import type { ContentItem, GenerateResponse, Part } from './wire.ts'
import type { LiveMessage, Opening, Sent } from './live-wire.ts'

const CLOSED_WELL = 1000

/** An answer on a live session, from what asks for it to the end of the turn, or to the tools that it calls. */
const answer: Method<Asked<Opening, Sent>, GenerateResponse, LiveMessage> = {
  ...generate,
  request: ({ settings: { model, config, sessionId }, said }) => ({
    ...readRequest({ model, contents: said.flatMap(contentsOf), ...(config && { config }) }),
    stream: true,
    conversationId: sessionId,
  }),
  fold: (before, message, content) => {
    const isFinished = before?.candidates?.[0]?.finishReason !== undefined
    return fold(before, chunkOf(message, isFinished), content)
  },
}

const session: Session = {
  answer,
  sends: {
    sendClientContent: (sent) => ({ isSaid: true, asks: (sent as Sent)?.turnComplete !== false }),
    // speech is answered where the model hears that it is over
    sendRealtimeInput: (sent) => {
      const { text, activityEnd } = sent as Sent
      return { isSaid: text !== undefined, asks: text !== undefined || activityEnd !== undefined }
    },
    sendToolResponse: () => ({ isSaid: true, asks: true }),
    close: () => ({ closes: true }),
  },
  hears: {
    onmessage: (message) => signOf(message as LiveMessage),
    onerror: (event) => ({ closes: true, error: (event as { error?: unknown }).error ?? event }),
    onclose: (event) => {
      const { code, reason } = event as { readonly code?: number; readonly reason?: string }
      return { closes: true, ...(code !== CLOSED_WELL && { error: closedError(reason) }) }
    },
  },
  listeners: 'callbacks',
}

/** The opening of a live session, until the model is ready as far as the client waits for that. */
export const live: Method<Opening> = {
  operation: 'open_session',
  request: ({ model }) => ({ model: modelName(model) }),
  response: () => ({}),
  session,
}

function signOf({ setupComplete, serverContent, toolCall }: LiveMessage): Sign {
  if (setupComplete) return { settings: { sessionId: setupComplete.sessionId } }
  if (toolCall) return { begins: true, isPart: true, ends: true }
  if (!serverContent) return {}
  const { modelTurn, outputTranscription, inputTranscription, turnComplete } = serverContent
  const isPart = modelTurn !== undefined || outputTranscription !== undefined
  return {
    isSaid: inputTranscription !== undefined,
    begins: isPart,
    isPart,
    ends: turnComplete === true,
  }
}

/** A message as a chunk of an answer that is streamed. Of speech only its transcription is kept. */
function chunkOf(message: LiveMessage, isFinished: boolean): GenerateResponse {
  const { serverContent, toolCall, usageMetadata } = message
  const finishReason = isFinished ? undefined : reasonOf(message)
  const transcribed = serverContent?.outputTranscription?.text
  const parts: Part[] = [
    ...(serverContent?.modelTurn?.parts ?? []).filter(({ inlineData }) => !inlineData),
    ...(transcribed === undefined ? [] : [{ text: transcribed }]),
    ...(toolCall?.functionCalls ?? []).map((functionCall) => ({ functionCall })),
  ]
  return {
    candidates: [{ content: { parts }, ...(finishReason && { finishReason }) }],
    ...(usageMetadata && {
      usageMetadata: {
        ...usageMetadata,
        candidatesTokenCount: usageMetadata.responseTokenCount ?? 0,
        candidatesTokensDetails: usageMetadata.responseTokensDetails ?? [],
      },
    }),
  }
}

function reasonOf({ serverContent = {}, toolCall }: LiveMessage): string | undefined {
  const { interrupted, turnComplete, turnCompleteReason = 'STOP' } = serverContent
  if (interrupted) return 'INTERRUPTED'
  return turnComplete || toolCall ? turnCompleteReason : undefined
}

/** What the application or the user has said, as contents of a request. */
function contentsOf({ turns, text, functionResponses, serverContent }: Sent): ContentItem[] {
  if (turns !== undefined) return listOf(turns)
  if (functionResponses !== undefined) {
    const responses = listOf(functionResponses).map((functionResponse) => ({ functionResponse }))
    return [{ role: 'user', parts: responses }]
  }
  const words = text ?? serverContent?.inputTranscription?.text
  return words === undefined ? [] : [words]
}

function listOf<Item>(items: Item | readonly Item[]): Item[] {
  return (Array.isArray(items) ? items : [items]) as Item[]
}
