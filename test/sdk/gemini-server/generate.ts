import { type Answer, type Api, event } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'
import type { Content, Part, RequestBody } from './request.ts'

/** In the wire format of https://ai.google.dev/api/generate-content. */

const THOUGHTS = 2
const CACHED = 4
const IMAGE_TOKENS = 258
const PNG = 'iVBORw0KGgo='

const FINISH = { stop: 'STOP', length: 'MAX_TOKENS', content_filter: 'SAFETY' } as const

/** What the model says, part by part. */
function partsOf(request: RequestBody, script: Script): Part[] {
  const name = toolToCall(request, script)
  if (name !== undefined) {
    return [{ functionCall: { name, args: JSON.parse(script.toolArguments) as object } }]
  }
  const thoughts = request.generationConfig?.thinkingConfig?.includeThoughts
  const drawn = wants(request, 'IMAGE')
    ? [{ inlineData: { mimeType: 'image/png', data: PNG } }]
    : []
  return [
    ...(thoughts ? [{ text: 'CANARY-THOUGHT', thought: true }] : []),
    ...script.pieces.map((text) => ({ text })),
    ...drawn,
  ]
}

function toolToCall({ contents, tools }: RequestBody, { callsTools }: Script): string | undefined {
  const answered = contents?.some(({ parts }) => parts?.some((part) => part.functionResponse))
  return callsTools && !answered ? tools?.[0]?.functionDeclarations?.[0]?.name : undefined
}

const wants = ({ generationConfig }: RequestBody, modality: string): boolean =>
  generationConfig?.responseModalities?.includes(modality) ?? false

const hasMedia = ({ contents }: RequestBody): boolean =>
  contents?.some(({ parts }) => parts?.some((part) => part.inlineData)) ?? false

const count = (modality: string, tokenCount: number): object[] =>
  tokenCount > 0 ? [{ modality, tokenCount }] : []

/** What is billed once `parts` have been said. A count of 0 is left out, as protobuf's JSON has it. */
function usageMetadata(request: RequestBody, model: string, parts: readonly Part[]): object {
  const prompt = 20 + model.length + (hasMedia(request) ? IMAGE_TOKENS : 0)
  const tools = request.tools?.some((tool) => 'googleSearch' in tool) ? 7 : 0
  const drawn = parts.filter(({ inlineData }) => inlineData).length * IMAGE_TOKENS
  const said = parts.filter(({ inlineData, thought }) => !inlineData && !thought).length
  const candidates = (said + drawn) * (request.generationConfig?.candidateCount ?? 1)
  return {
    promptTokenCount: prompt,
    ...(candidates > 0 && { candidatesTokenCount: candidates }),
    totalTokenCount: prompt + tools + candidates + THOUGHTS,
    cachedContentTokenCount: CACHED,
    promptTokensDetails: [
      ...count('TEXT', hasMedia(request) ? prompt - IMAGE_TOKENS : prompt),
      ...count('IMAGE', hasMedia(request) ? IMAGE_TOKENS : 0),
    ],
    ...(drawn > 0 && { candidatesTokensDetails: count('IMAGE', drawn) }),
    ...(tools > 0 && {
      toolUsePromptTokenCount: tools,
      toolUsePromptTokensDetails: count('TEXT', tools),
    }),
    thoughtsTokenCount: THOUGHTS,
    ...(request.serviceTier !== undefined && { serviceTier: request.serviceTier }),
    ...(request.labels?.traffic !== undefined && { trafficType: request.labels.traffic }),
  }
}

/** Vertex AI tells the kind of traffic first, and counts at the end. */
function usageSoFar(
  request: RequestBody,
  model: string,
  parts: readonly Part[],
  all: number,
): object {
  const trafficType = request.labels?.traffic
  return trafficType === undefined || parts.length === all
    ? usageMetadata(request, model, parts)
    : { trafficType }
}

function billed(metadata: object): Usage {
  const counts = metadata as Readonly<Record<string, number | undefined>>
  const of = (name: string): number => counts[name] ?? 0
  return {
    input: of('promptTokenCount') + of('toolUsePromptTokenCount'),
    cached: of('cachedContentTokenCount'),
    cacheWritten: 0,
    output: of('candidatesTokenCount') + of('thoughtsTokenCount'),
    reasoning: of('thoughtsTokenCount'),
  }
}

function answer(request: RequestBody, script: Script): Answer {
  const { model } = request
  const head = { modelVersion: `${model}-2026-01-01`, responseId: `gen-${model}` }
  if (model.startsWith('blocked')) return blocked(head)
  const parts = partsOf(request, script)
  const finishReason = FINISH[script.finish]
  const indexes = [...Array(request.generationConfig?.candidateCount ?? 1).keys()]
  const candidates = (content: Content, finish?: string): object[] =>
    indexes.map((index) => ({ content, index, finishReason: finish }))
  const usage = usageMetadata(request, model, parts)
  return {
    body: {
      candidates: candidates({ role: 'model', parts: joined(parts) }, finishReason),
      usageMetadata: usage,
      ...head,
    },
    // each chunk is an answer of its own, with the usage so far
    events: parts.map((part, index) =>
      event({
        candidates: candidates(
          { role: 'model', parts: [part] },
          index === parts.length - 1 ? finishReason : undefined,
        ),
        usageMetadata: usageSoFar(request, model, parts.slice(0, index + 1), parts.length),
        ...head,
      }),
    ),
    usage: billed(usage),
    streamsUsage: true,
  }
}

/** A prompt that is stopped before anything is said. */
function blocked(head: object): Answer {
  const usage = { promptTokenCount: 8, totalTokenCount: 8 }
  const body = { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: usage, ...head }
  return { body, events: [event(body)], usage: billed(usage), streamsUsage: true }
}

const ERROR = { code: 500, message: 'Internal: CANARY-ERROR-TEXT', status: 'INTERNAL' }

export const generate: Api<RequestBody> = {
  path: /:(generateContent|streamGenerateContent)$/,
  answer,
  errorEvent: event({ error: ERROR }),
}

/** Without streaming, what is said in pieces is one part. */
function joined(parts: readonly Part[]): Part[] {
  const text = parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('')
  const said = text === '' ? [] : [{ text }]
  const rest = parts.filter((part) => part.text === undefined)
  return [...parts.filter(({ thought }) => thought), ...said, ...rest]
}
