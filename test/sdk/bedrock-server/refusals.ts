import type { Refusal, RefusalName } from '../scripted-server/script.ts'

/** Errors of https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html and API_runtime_Converse.html. */
const refusal = (status: number, type: string, message: string): Refusal => ({
  status,
  error: { message },
  headers: { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/` },
})

export const refusals: Readonly<Record<RefusalName, Refusal>> = {
  badRequest: refusal(400, 'ValidationException', 'Malformed input request: CANARY-ERROR-TEXT.'),
  unauthorized: refusal(
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ),
  invalidKey: refusal(403, 'InvalidSignatureException', 'The request signature does not match.'),
  forbidden: refusal(403, 'AccessDeniedException', 'You do not have access: CANARY-ERROR-TEXT.'),
  notFound: refusal(404, 'ResourceNotFoundException', 'The model was not found.'),
  contextLength: refusal(400, 'ValidationException', 'Input is too long for requested model.'),
  /** No error to the API: an answer that says so. */
  blockedPrompt: {
    status: 200,
    error: {
      output: { message: { role: 'assistant', content: [{ text: 'Sorry, I cannot answer.' }] } },
      stopReason: 'guardrail_intervened',
      metrics: { latencyMs: 3 },
    },
  },
  rateLimit: refusal(429, 'ThrottlingException', 'Too many tokens, please wait.'),
  quota: refusal(400, 'ServiceQuotaExceededException', 'Your account is over its quota.'),
  serverError: refusal(500, 'InternalServerException', 'Internal error: CANARY-ERROR-TEXT.'),
  overloaded: refusal(503, 'ServiceUnavailableException', 'The service is not available.'),
  deadline: refusal(408, 'ModelTimeoutException', 'Processing took too long.'),
}
