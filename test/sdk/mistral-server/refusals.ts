import type { Refusal } from '../scripted-server/script.ts'

/** Sources: docs.mistral.ai/resources/error-glossary, and answers quoted in issues of mistralai/client-ts and client-python. */
const refusal = (status: number, type: string, message: string, code: string | null): Refusal => ({
  status,
  error: { object: 'error', message, type, param: null, code },
})

const limited = (message: string, type: string, code: string): Refusal => ({
  ...refusal(429, type, message, code),
  headers: { 'x-ratelimit-remaining-req-minute': '0' },
})

export const badRequest = refusal(
  400,
  'invalid_request_message_order',
  'Expected last role User or Tool (or Assistant with prefix True) but got CANARY-ERROR-TEXT',
  '3230',
)
export const unauthorized: Refusal = { status: 401, error: { detail: 'Unauthorized' } }
export const invalidKey: Refusal = unauthorized
export const forbidden: Refusal = { status: 403, error: { detail: 'Forbidden' } }
export const notFound = refusal(404, 'invalid_model', 'Invalid model: CANARY-ERROR-TEXT', '1500')
export const contextLength = refusal(
  400,
  'invalid_request_prompt',
  'Prompt contains 65673 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
  '3051',
)
export const blockedPrompt = refusal(400, 'invalid_request_error', 'CANARY-ERROR-TEXT', null)
export const rateLimit = limited('Rate limit exceeded', 'rate_limited', '1300')
export const quota = limited(
  'Service tier capacity exceeded for this model.',
  'service_tier_capacity_exceeded',
  '3505',
)
export const serverError = refusal(
  500,
  'internal_server_error',
  'Internal server error CANARY-ERROR-TEXT',
  '1000',
)
export const overloaded: Refusal = {
  status: 503,
  error: { message: 'Service unavailable.', request_id: 'request-1' },
}
export const deadline: Refusal = { status: 504, error: { message: 'The upstream is timing out' } }
