import type { Client } from '../client.ts'
import { common } from './facts.ts'

interface GoogleGenAI {
  readonly models: {
    generateContent(request: object): Promise<unknown>
    generateContentStream(request: object): Promise<AsyncIterable<unknown>>
  }
}

interface Library {
  readonly GoogleGenAI: new (options: object) => GoogleGenAI
}

const model = 'gemini-2.5-flash'

const request = {
  model,
  contents: common.question,
  config: {
    systemInstruction: common.system,
    temperature: common.temperature,
    maxOutputTokens: common.maxTokens,
  },
}

const answer = (text: string, finishReason?: string): object => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, finishReason }],
  usageMetadata: {
    promptTokenCount: common.inputTokens,
    candidatesTokenCount: common.outputTokens,
    totalTokenCount: common.inputTokens + common.outputTokens,
  },
  modelVersion: model,
  responseId: common.responseId,
})

const event = (...said: Parameters<typeof answer>): string =>
  `data: ${JSON.stringify(answer(...said))}\n\n`

export const gemini: Client = {
  name: '@google/genai',
  facts: {
    ...common,
    provider: 'gcp.gemini',
    host: 'generativelanguage.googleapis.com',
    model,
    responseModel: model,
  },
  create: (module) => new (module as Library).GoogleGenAI({ apiKey: 'key' }),
  calls: (client) => {
    const { models } = client as GoogleGenAI
    return {
      call: () => models.generateContent(request),
      stream: () => models.generateContentStream(request),
    }
  },
  answer: answer(common.text, 'STOP'),
  events: (words) => event(' word').repeat(words - 1) + event(' word', 'STOP'),
}
