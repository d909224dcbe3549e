import { isCounted } from './usage.ts'
import type { Candidate, GenerateResponse, Part } from './wire.ts'

/** Far more candidates than any answer has: an index beyond it is an error of the server's. */
const MOST = 1000

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** An answer as far as it has come. */
interface Folded extends Writable<GenerateResponse> {
  candidates: FoldedCandidate[]
}

interface FoldedCandidate extends Writable<Candidate> {
  content: { readonly role: string; readonly parts: Part[] }
}

/** Folds a chunk, which has the shape of the whole, into the whole. */
export function fold(
  response: GenerateResponse | undefined,
  chunk: GenerateResponse,
  content: boolean,
): GenerateResponse {
  const whole = (response as Folded | undefined) ?? { candidates: [] }
  const { responseId, modelVersion, promptFeedback, usageMetadata } = chunk
  if (responseId) whole.responseId = responseId
  if (modelVersion) whole.modelVersion = modelVersion
  if (promptFeedback) whole.promptFeedback = promptFeedback
  // each chunk counts all that there was so far
  if (isCounted(usageMetadata)) whole.usageMetadata = usageMetadata
  for (const candidate of chunk.candidates ?? []) foldCandidate(whole, candidate, content)
  return whole
}

function foldCandidate(
  { candidates }: Folded,
  { index = 0, finishReason, content }: Candidate,
  isKept: boolean,
): void {
  if (!(index < MOST)) return
  const candidate = (candidates[index] ??= { content: { role: 'model', parts: [] } })
  if (finishReason) candidate.finishReason = finishReason
  const { parts } = candidate.content
  for (const part of content?.parts ?? []) {
    if (isKept) foldPart(parts, part)
    // that a tool is called is no content, and a reason to finish
    else if (part.functionCall && parts.length === 0) parts.push({ functionCall: {} })
  }
}

function foldPart(parts: Part[], part: Part): void {
  const last = parts.at(-1)
  const { text, thought = false } = part
  if (text !== undefined && last?.text !== undefined && thought === (last.thought ?? false)) {
    last.text += text
  } else {
    parts.push({ ...part })
  }
}
