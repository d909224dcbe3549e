import type { Facts } from '../client.ts'

type Particular = 'provider' | 'host' | 'model' | 'responseModel'

/** The same call for every client. */
export const common: Omit<Facts, Particular> = {
  temperature: 0.2,
  maxTokens: 500,
  responseId: 'response-1',
  finishReason: 'stop',
  inputTokens: 200,
  outputTokens: 100,
  system: 'You are a helpful assistant. '.repeat(20),
  question: 'Tell me about observability. '.repeat(10),
  text: 'Observability is … '.repeat(30),
}
