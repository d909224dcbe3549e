/** Runs of the AI SDK beside each other, over the providers' servers that are named; tells what came of them. */
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { OpenTelemetry } from '@ai-sdk/otel'
import { trace } from '@opentelemetry/api'
import { embed, generateText, isStepCount, registerTelemetry, streamText, tool } from 'ai'
import { z } from 'zod'

const [openaiUrl, anthropicUrl, own] = process.argv.slice(2)
globalThis.AI_SDK_LOG_WARNINGS = false
if (own === 'own') registerTelemetry(new OpenTelemetry())
// what a run is given goes before what is registered, also where that is nothing
const integrations = { 'per call': new OpenTelemetry(), none: [] }[own]
if (own === 'none') registerTelemetry(new OpenTelemetry())

const openai = createOpenAI({ apiKey: 'x', baseURL: openaiUrl })
const anthropic = createAnthropic({ apiKey: 'x', baseURL: `${anthropicUrl}/v1` })
const MODELS = {
  chat: (name) => openai.chat(name),
  responses: (name) => openai.responses(name),
  messages: (name) => anthropic(name),
}

const weather = tool({
  inputSchema: z.looseObject({}),
  execute: async ({ city }) => {
    await new Promise(setImmediate)
    trace.getTracer('app').startSpan(`inside ${city}`).end()
    return 'rain'
  },
})

const ask = (functionId, model) => ({
  model,
  prompt: 'Hi',
  tools: { weather },
  stopWhen: isStepCount(2),
  maxRetries: 0,
  onError: () => undefined,
  telemetry: { functionId, integrations },
})

async function generated(name, model) {
  const { text, totalUsage } = await generateText(ask(name, model))
  return { text, totalUsage }
}

async function streamed(name, model) {
  const result = streamText(ask(name, model))
  let text = ''
  for await (const piece of result.textStream) text += piece
  return { text, totalUsage: await result.totalUsage }
}

const failed = (promise) =>
  promise.then(
    () => 'nothing',
    (error) => `${error.name}: ${error.message}`,
  )

const runs = Object.entries(MODELS).flatMap(([api, model]) => [
  generated(`${api} whole`, model('tools')),
  streamed(`${api} streamed`, model('tools')),
])
const results = await Promise.all([
  ...runs,
  failed(generated('refused', openai.chat('rate-limit'))),
  failed(streamed('refused streamed', openai.chat('rate-limit'))),
  embed({ model: openai.embedding('ordinary'), value: 'x', telemetry: { integrations } }).then(
    ({ usage }) => usage,
  ),
])
process.stdout.write(JSON.stringify(results))
