import { expect, test } from 'vitest'
import { start } from '../sdk/child.ts'
import { everything, everyValue } from '../sdk/conformance/conformance.ts'
import { exportEverything, variablesFor } from '../sdk/everything/index.ts'
import { fail } from '../sdk/everything/operations.ts'
import { train } from '../sdk/everything/training.ts'
import type { OtlpSink } from '../sdk/otlp-sink.ts'
import { request, useAnthropic } from './anthropic-client.ts'
import { useBedrock } from './bedrock-client.ts'
import { useGemini } from './gemini-client.ts'
import { loadLlama } from './local-models/llama.ts'
import { loadPipelines } from './local-models/transformers.ts'
import { callMcp } from './mcp-calls.ts'

const claude = useAnthropic('anthropic-1')
const gemini = useGemini('gemini-3')
const bedrock = useBedrock('bedrock-3')

const IMAGE = { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }

/** What only these clients can say. */
async function callAnthropic(): Promise<void> {
  const { messages } = claude.client
  await messages.create(request('claude-sonnet-4-5', { service_tier: 'standard_only' }))
  for (const model of ['ordinary', 'rate-limit-twice', 'bad-request']) {
    await messages.countTokens(request(model)).catch(() => undefined)
  }
  // still open at the end
  messages.countTokens(request('silent')).catch(() => undefined)
}

async function callGemini(): Promise<void> {
  await gemini.client.models.generateContent({
    model: 'gemini-2.5-flash',
    contents: ['What is this?', IMAGE],
    config: { topK: 40, responseModalities: ['TEXT', 'IMAGE'] },
  })
  await gemini.client.models.generateContent({
    model: 'gemini-2.5-flash',
    contents: 'Hello',
    config: { responseModalities: ['AUDIO'] },
  })
}

async function callBedrock(): Promise<void> {
  await bedrock.client.converse({
    modelId: 'amazon.nova-pro-v1:0',
    messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
    guardrailConfig: { guardrailIdentifier: 'guardrail-1', guardrailVersion: '1' },
  })
}

async function callPipelines(): Promise<void> {
  const { writer, encoder, listener, stopped } = await loadPipelines()
  const streamer = { put: () => undefined, end: () => undefined }
  const sampling = { temperature: 0.5, top_k: 3, top_p: 0.9, stop_strings: ['mat'] }
  const tools = [{ type: 'function', function: { name: 'look' } }]
  const chat = [{ role: 'user', content: 'the cat' }]
  await writer(chat, { max_new_tokens: 4, ...sampling, streamer, tools })
  await writer('the cat', { stopping_criteria: stopped })
  await encoder('the cat')
  await writer(42).catch(() => undefined)
  await encoder('the cat', { pooling: 'none such' }).catch(() => undefined)
  await listener('a sound').catch(() => undefined)
}

async function callLlama(): Promise<void> {
  const llama = await loadLlama()
  const { chat, ranks } = llama
  const repeatPenalty = { frequencyPenalty: 0.1, presencePenalty: 0.2 }
  const history = [
    { type: 'user', text: 'the cat' },
    { type: 'model', response: [] },
  ]
  // what it was told once it has in memory
  await chat.generateResponse(history, { maxTokens: 2, seed: 7, repeatPenalty })
  await chat.generateResponse(history, { maxTokens: 2 })
  await ranks.rankAll('the', ['cat'])
  await llama.close()
}

async function callDoctor(sink: OtlpSink): Promise<void> {
  const args = ['sdk/src/cli/main.ts', 'doctor', '--size', '10']
  expect((await start(args, variablesFor(sink)).ended).code).toBe(0)
}

test('everything in the catalogue is exported by some call, with every attribute', async () => {
  const { seen, values } = await exportEverything('both', async (sink) => {
    await callAnthropic()
    await callGemini()
    await callBedrock()
    await callMcp()
    await callPipelines()
    await callLlama()
    await train(async () => {
      await expect.poll(() => sink.seen).toContain('metric training.epoch')
    })
    await callDoctor(sink)
    fail()
  })
  expect(everything().filter((line) => !seen.has(line))).toEqual([])
  // a unit test looks for operations among the adapters
  const possible = everyValue().filter((line) => !line.startsWith('gen_ai.operation.name'))
  expect(possible.filter((line) => !values.has(line))).toEqual([])
})
