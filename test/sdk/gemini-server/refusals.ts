import type { Refusal } from '../scripted-server/script.ts'

/** The error body of Google's APIs: https://google.aip.dev/193 and https://ai.google.dev/api/rest/v1/Status. */
const refusal = (
  status: number,
  rpc: string,
  message: string,
  details: readonly object[] = [],
): Refusal => ({
  status,
  error: { error: { code: status, message, status: rpc, details } },
})

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

const rateLimit = exhausted('GenerateRequestsPerMinutePerProjectPerModel')
const serverError = refusal(500, 'INTERNAL', 'An internal error has occurred: CANARY-ERROR-TEXT.')

/** By the script that a model's name asks for. */
export const refusals: Readonly<Record<string, Refusal & { readonly attempts?: number }>> = {
  'bad-request': refusal(400, 'INVALID_ARGUMENT', 'Invalid value at CANARY-ERROR-TEXT.'),
  unauthorized: refusal(400, 'INVALID_ARGUMENT', 'API key not valid: CANARY-ERROR-TEXT.', [
    { '@type': `${TYPE}.ErrorInfo`, reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
  ]),
  unauthenticated: refusal(401, 'UNAUTHENTICATED', 'Request had invalid credentials.'),
  forbidden: refusal(403, 'PERMISSION_DENIED', 'The caller does not have permission.'),
  'not-found': refusal(404, 'NOT_FOUND', 'models/gemini-9 is not found for API version v1beta.'),
  'context-length': refusal(
    400,
    'INVALID_ARGUMENT',
    'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).',
  ),
  'rate-limit': rateLimit,
  'rate-limit-twice': { ...rateLimit, attempts: 2 },
  quota: exhausted('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
  'server-error': serverError,
  'server-error-once': { ...serverError, attempts: 1 },
  overloaded: refusal(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  deadline: refusal(504, 'DEADLINE_EXCEEDED', 'The request could not be served in time.'),
}
