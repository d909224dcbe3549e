import { instrument } from '@llmscope/sdk'
import { AzureOpenAI } from 'openai'
import { expect, test } from 'vitest'
import { json, openai } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()

const fetch = async (): Promise<Response> => json({ id: 'x', choices: [] })

test.each([
  ['https://api.openai.com/v1', 'openai', 'api.openai.com', 443],
  ['https://eu.api.openai.com/v1', 'openai', 'eu.api.openai.com', 443],
  ['https://res.openai.azure.com/openai/v1', 'azure.ai.openai', 'res.openai.azure.com', 443],
  ['https://gov.openai.azure.us/openai/v1', 'azure.ai.openai', 'gov.openai.azure.us', 443],
  ['https://hub.services.ai.azure.com/v1', 'azure.ai.inference', 'hub.services.ai.azure.com', 443],
  ['https://api.deepseek.com', 'deepseek', 'api.deepseek.com', 443],
  ['https://api.groq.com/openai/v1', 'groq', 'api.groq.com', 443],
  ['https://api.x.ai/v1', 'x_ai', 'api.x.ai', 443],
  ['https://api.perplexity.ai', 'perplexity', 'api.perplexity.ai', 443],
  ['https://api.mistral.ai/v1', 'mistral_ai', 'api.mistral.ai', 443],
  ['https://api.moonshot.cn/v1', 'moonshot_ai', 'api.moonshot.cn', 443],
  ['https://api.cohere.ai/compatibility/v1', 'cohere', 'api.cohere.ai', 443],
  ['https://api.anthropic.com/v1', 'anthropic', 'api.anthropic.com', 443],
  [
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'gcp.gemini',
    'generativelanguage.googleapis.com',
    443,
  ],
  [
    'https://us-east1-aiplatform.googleapis.com/v1/endpoints/openapi',
    'gcp.vertex_ai',
    'us-east1-aiplatform.googleapis.com',
    443,
  ],
  [
    'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1',
    'aws.bedrock',
    'bedrock-runtime.us-west-2.amazonaws.com',
    443,
  ],
  ['https://openrouter.ai/api/v1', 'openrouter', 'openrouter.ai', 443],
  [
    'https://vllm.us-east-1.elb.amazonaws.com/v1',
    'openai',
    'vllm.us-east-1.elb.amazonaws.com',
    443,
  ],
  ['https://notapi.openai.com.evil.example/v1', 'openai', 'notapi.openai.com.evil.example', 443],
  ['http://localhost:11434/v1', 'openai', 'localhost', 11434],
  ['http://models.internal/v1', 'openai', 'models.internal', 80],
])('%s is served by %s', async (baseURL, provider, address, port) => {
  await openai({ baseURL, fetch }).chat.completions.create({ model: 'm', messages: [] })
  expect(telemetry().span().attributes).toMatchObject({
    'gen_ai.provider.name': provider,
    'server.address': address,
    'server.port': port,
  })
})

test("Azure's client is Azure wherever it points", async () => {
  const client = new AzureOpenAI({
    apiKey: 'key',
    apiVersion: '2024-10-21',
    baseURL: 'https://gateway.example/openai',
    fetch,
  })
  await instrument(client).chat.completions.create({ model: 'gpt-4o', messages: [] })
  expect(telemetry().span().attributes).toMatchObject({
    'gen_ai.provider.name': 'azure.ai.openai',
    'server.address': 'gateway.example',
  })
})
