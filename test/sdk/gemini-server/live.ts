import type { WebSocket } from 'ws'

/** In the wire format of https://ai.google.dev/api/live, which Vertex AI's is as well. */

interface ClientMessage {
  readonly setup?: { readonly model: string }
  readonly clientContent?: {
    readonly turns?: readonly { readonly parts: readonly { readonly text?: string }[] }[]
    readonly turnComplete?: boolean
  }
  readonly realtimeInput?: { readonly text?: string; readonly audioStreamEnd?: boolean }
  readonly toolResponse?: object
}

const usageMetadata = {
  promptTokenCount: 30,
  cachedContentTokenCount: 10,
  responseTokenCount: 12,
  thoughtsTokenCount: 3,
  totalTokenCount: 45,
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 10 },
    { modality: 'AUDIO', tokenCount: 20 },
  ],
  responseTokensDetails: [{ modality: 'AUDIO', tokenCount: 12 }],
}

const said = (text: string): object => ({ modelTurn: { parts: [{ text }] } })
const heard = (text: string): object => ({ inputTranscription: { text } })
const spoken = (text: string): object => ({
  modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm', data: 'CANARY-AUDIO' } }] },
  outputTranscription: { text },
})
const content = (serverContent: object): object => ({ serverContent })
const DONE = { serverContent: { turnComplete: true }, usageMetadata }
const ANSWER = [content(said('CANARY-ANSWER of ')), content(said('two pieces')), DONE]

/** What is answered to a text. */
const SCRIPTS: Readonly<Record<string, readonly object[]>> = {
  tools: [
    {
      toolCall: { functionCalls: [{ id: 'call_1', name: 'weather', args: { city: 'CANARY' } }] },
      usageMetadata,
    },
  ],
  interrupted: [content(said('CANARY-ANSWER')), content({ interrupted: true }), DONE],
  drop: [content(said('CANARY-ANSWER'))],
  silent: [],
}

function answersTo(message: ClientMessage): readonly object[] {
  const { clientContent, realtimeInput, toolResponse } = message
  if (toolResponse) return ANSWER
  if (realtimeInput?.audioStreamEnd)
    return [content(heard('CANARY-SPEECH')), content(spoken('CANARY-ANSWER')), DONE]
  if (clientContent?.turnComplete === false) return []
  const text = realtimeInput?.text ?? clientContent?.turns?.at(-1)?.parts[0]?.text
  return text === undefined ? [] : (SCRIPTS[text] ?? ANSWER)
}

/** Answers one message of a live session. */
export function converse(socket: WebSocket, data: string): void {
  const message = JSON.parse(data) as ClientMessage
  const send = (answer: object): void => socket.send(JSON.stringify(answer))
  if (message.setup?.model.endsWith('refused')) return socket.close(1008, 'API key not valid')
  if (message.setup) return send({ setupComplete: { sessionId: 'session-1' } })
  for (const answer of answersTo(message)) send(answer)
  if (message.clientContent?.turns?.[0]?.parts[0]?.text === 'drop') socket.close(1011, 'CANARY')
}
