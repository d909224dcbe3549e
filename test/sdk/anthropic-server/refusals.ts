import type { Refusal } from '../scripted-server/script.ts'
import { errorBody } from './api.ts'

const QUICK_RETRY = { 'retry-after-ms': '5', 'retry-after': '1' }

const refusal = (status: number, type: string, message: string): Refusal => ({
  status,
  error: { ...errorBody(type, message), request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy' },
})

export const badRequest = refusal(
  400,
  'invalid_request_error',
  "messages.0.role: Input should be 'user' or 'assistant', not 'CANARY-ERROR-TEXT'",
)

export const unauthorized = refusal(401, 'authentication_error', 'x-api-key header is required')

export const invalidKey = refusal(
  401,
  'authentication_error',
  'invalid x-api-key: CANARY-ERROR-TEXT',
)

export const forbidden = refusal(
  403,
  'permission_error',
  'Your API key does not have permission to use the specified resource.',
)

export const notFound = refusal(404, 'not_found_error', 'model: claude-9')

export const contextLength = refusal(
  400,
  'invalid_request_error',
  'prompt is too long: 208310 tokens > 200000 maximum',
)

export const blockedPrompt = refusal(
  400,
  'invalid_request_error',
  'Output blocked by content filtering policy',
)

export const rateLimit: Refusal = {
  ...refusal(
    429,
    'rate_limit_error',
    'This request would exceed the rate limit for your organization of 40,000 input tokens per minute.',
  ),
  headers: {
    ...QUICK_RETRY,
    'anthropic-ratelimit-requests-remaining': '0',
    'anthropic-ratelimit-input-tokens-remaining': '0',
  },
}

export const quota: Refusal = refusal(
  402,
  'billing_error',
  'Your credit balance is too low to access the Anthropic API.',
)

export const serverError: Refusal = {
  ...refusal(500, 'api_error', 'Internal server error'),
  headers: QUICK_RETRY,
}

export const overloaded: Refusal = {
  ...refusal(529, 'overloaded_error', 'Overloaded'),
  headers: QUICK_RETRY,
}

export const deadline = refusal(504, 'timeout_error', 'Request timed out.')
