import type { Refusal } from '../scripted-server/script.ts'

/** An answer's body has a sentence, and no code. Words from server/routes.go and server/sched.go of ollama. */
const refusal = (status: number, error: string): Refusal => ({ status, error: { error } })

export const badRequest = refusal(400, 'invalid message: CANARY-ERROR-TEXT')
export const unauthorized = refusal(401, 'unauthorized')
export const invalidKey = refusal(401, 'unauthorized')
export const forbidden = refusal(403, 'this model requires a subscription, upgrade for access')
export const notFound = refusal(404, 'model "llama9" not found, try pulling it first')
export const contextLength = refusal(
  400,
  'the input length exceeds the context length: prompt too long; exceeded max context length by 12 tokens',
)
export const blockedPrompt = refusal(400, 'CANARY-ERROR-TEXT')
export const rateLimit = refusal(429, 'too many concurrent requests')
export const quota = refusal(
  429,
  'you have reached your weekly usage limit, please upgrade to continue',
)
export const serverError = refusal(500, 'llama runner process has terminated: exit status 2')
export const overloaded = refusal(
  503,
  'server busy, please try again.  maximum pending requests exceeded',
)
export const deadline = refusal(504, 'upstream timed out')
