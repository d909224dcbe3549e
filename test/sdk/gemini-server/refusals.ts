import type { Refusal, RefusalName } from '../scripted-server/script.ts'

/** The error body of Google's APIs: https://google.aip.dev/193 and https://ai.google.dev/api/rest/v1/Status. */
const refusal = (
  status: number,
  rpc: string,
  message: string,
  details: readonly object[] = [],
): Refusal => ({ status, error: { error: { code: status, message, status: rpc, details } } })

const TYPE = 'type.googleapis.com/google.rpc'

const exhausted = (quota: string): Refusal =>
  refusal(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota: CANARY-ERROR-TEXT.', [
    {
      '@type': `${TYPE}.QuotaFailure`,
      violations: [
        {
          quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests',
          quotaId: quota,
          quotaDimensions: { location: 'global', model: 'gemini-3.8-flash' },
          quotaValue: '10',
        },
      ],
    },
    { '@type': `${TYPE}.RetryInfo`, retryDelay: '0.005s' },
  ])

export const refusals: Readonly<Record<RefusalName, Refusal>> = {
  badRequest: refusal(400, 'INVALID_ARGUMENT', 'Invalid value at CANARY-ERROR-TEXT.'),
  unauthorized: refusal(401, 'UNAUTHENTICATED', 'Request had invalid credentials.'),
  invalidKey: refusal(400, 'INVALID_ARGUMENT', 'API key not valid: CANARY-ERROR-TEXT.', [
    { '@type': `${TYPE}.ErrorInfo`, reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
  ]),
  forbidden: refusal(403, 'PERMISSION_DENIED', 'The caller does not have permission.'),
  notFound: refusal(404, 'NOT_FOUND', 'models/gemini-9 is not found for API version v1beta.'),
  contextLength: refusal(
    400,
    'INVALID_ARGUMENT',
    'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).',
  ),
  /** No error to the API: an answer without candidates. */
  blockedPrompt: {
    status: 200,
    error: {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      modelVersion: 'blocked-prompt-2026-01-01',
      responseId: 'gen-blocked-prompt',
    },
  },
  rateLimit: exhausted('GenerateRequestsPerMinutePerProjectPerModel'),
  quota: exhausted('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
  serverError: refusal(500, 'INTERNAL', 'An internal error has occurred: CANARY-ERROR-TEXT.'),
  overloaded: {
    ...refusal(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    headers: { 'retry-after': '7' },
  },
  deadline: refusal(504, 'DEADLINE_EXCEEDED', 'The request could not be served in time.'),
}
