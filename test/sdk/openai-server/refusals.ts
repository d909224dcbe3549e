import type { Refusal } from '../scripted-server/script.ts'

const QUICK_RETRY = { 'retry-after-ms': '5', 'retry-after': '1' }

const refusal = (
  status: number,
  type: string,
  code: string | null,
  message: string,
  param: string | null = null,
): Refusal => ({ status, error: { error: { message, type, param, code } } })

export const badRequest = refusal(
  400,
  'invalid_request_error',
  'invalid_value',
  "Invalid value: 'CANARY-ERROR-TEXT'. Supported values are: 'system', 'user', and 'assistant'.",
  'messages[0].role',
)

export const unauthorized = refusal(
  401,
  'invalid_request_error',
  null,
  "You didn't provide an API key: CANARY-ERROR-TEXT.",
)

export const invalidKey = refusal(
  401,
  'invalid_request_error',
  'invalid_api_key',
  'Incorrect API key provided: CANARY-ERROR-TEXT. You can find your API key in your settings.',
)

export const forbidden = refusal(
  403,
  'request_forbidden',
  'unsupported_country_region_territory',
  'Country, region, or territory not supported',
)

export const notFound = refusal(
  404,
  'invalid_request_error',
  'model_not_found',
  'The model `gpt-9` does not exist or you do not have access to it.',
)

export const contextLength = refusal(
  400,
  'invalid_request_error',
  'context_length_exceeded',
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
  'messages',
)

export const rateLimit: Refusal = {
  ...refusal(
    429,
    'tokens',
    'rate_limit_exceeded',
    'Rate limit reached for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000.',
  ),
  headers: {
    ...QUICK_RETRY,
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-remaining-tokens': '0',
  },
}

export const quota: Refusal = {
  ...refusal(
    429,
    'insufficient_quota',
    'insufficient_quota',
    'You exceeded your current quota, please check your plan and billing details.',
  ),
  headers: QUICK_RETRY,
}

export const serverError: Refusal = {
  ...refusal(
    500,
    'server_error',
    null,
    'The server had an error while processing your request. Sorry about that!',
  ),
  headers: QUICK_RETRY,
}

export const overloaded: Refusal = {
  ...refusal(
    503,
    'server_error',
    null,
    'The engine is currently overloaded, please try again later',
  ),
  headers: QUICK_RETRY,
}

/** That of a gateway before the API, which gives no code. */
export const deadline = refusal(504, 'server_error', null, 'The upstream server is timing out')

/** Azure's answer to a prompt that its own filter stopped. */
export const blockedPrompt: Refusal = {
  status: 400,
  error: {
    error: {
      message: "The response was filtered due to the prompt triggering Azure OpenAI's policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { violence: { filtered: true, severity: 'high' } },
      },
    },
  },
}
