import type { GenerateResponse } from './wire.ts'

const CONTENT_FILTER = 'content_filter'
const ERROR = 'error'

/** The conventions' names of the API's reasons; one that is not here keeps its own name. */
const REASONS: Readonly<Record<string, string>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  CONTINUATION: 'length',
  SAFETY: CONTENT_FILTER,
  RECITATION: CONTENT_FILTER,
  BLOCKLIST: CONTENT_FILTER,
  PROHIBITED_CONTENT: CONTENT_FILTER,
  SPII: CONTENT_FILTER,
  MODEL_ARMOR: CONTENT_FILTER,
  IMAGE_SAFETY: CONTENT_FILTER,
  IMAGE_PROHIBITED_CONTENT: CONTENT_FILTER,
  IMAGE_RECITATION: CONTENT_FILTER,
  MALFORMED_FUNCTION_CALL: ERROR,
  MALFORMED_RESPONSE: ERROR,
  UNEXPECTED_TOOL_CALL: ERROR,
  TOO_MANY_TOOL_CALLS: ERROR,
  LANGUAGE: ERROR,
  NO_IMAGE: ERROR,
  IMAGE_OTHER: ERROR,
  OTHER: ERROR,
  FINISH_REASON_UNSPECIFIED: ERROR,
}

/** One reason per candidate; for a prompt that was blocked, that of the candidate that there is not. */
export function finishReasons(response: GenerateResponse): string[] | undefined {
  const { candidates = [], promptFeedback } = response
  if (candidates.length === 0) return promptFeedback?.blockReason ? [CONTENT_FILTER] : undefined
  if (!candidates.some(({ finishReason }) => finishReason)) return undefined
  return candidates.map(({ finishReason, content }) => {
    if (!finishReason) return ERROR
    const callsTool = content?.parts?.some(({ functionCall }) => functionCall) ?? false
    if (finishReason === 'STOP' && callsTool) return 'tool_calls'
    return REASONS[finishReason] ?? finishReason.toLowerCase()
  })
}
