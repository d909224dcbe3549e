import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Dependencies = Readonly<Record<string, string>>

async function dependenciesOf(folder: string): Promise<Dependencies> {
  const text = await readFile(join(import.meta.dirname, folder, 'package.json'), 'utf8')
  return (JSON.parse(text) as { dependencies: Dependencies }).dependencies
}

test.each([
  'ai-7',
  'anthropic-0.39',
  'anthropic-0.70',
  'anthropic-0.133',
  'anthropic-0.137',
  'anthropic-0.137-instrumented',
  'anthropic-1',
  'anthropic-1-otel-2',
  'anthropic-1-platforms',
  'bedrock-3',
  'bedrock-3.758',
  'bundle-esbuild',
  'package-checks',
  'gemini-1',
  'gemini-2',
  'gemini-3',
  'groq-0',
  'groq-1',
  'langchain-1',
  'mcp-1',
  'mcp-2',
  'huggingface-4',
  'mistral-1',
  'mistral-2',
  'next-16',
  'node-llama-cpp-3',
  'ollama-0',
  'openai-4',
  'openai-4-http',
  'openai-5',
  'openai-6',
  'openai-6-instrumented',
  'openai-6-sentry',
  'openai-7',
  'openai-7-agents',
  'openai-7-http',
  'otel-2',
  'otel-3',
  'together-0',
  'transformers-3',
  'transformers-4',
])('%s is installed with what the SDK depends on, as npm would do beside it', async (client) => {
  expect(await dependenciesOf(client)).toMatchObject(await dependenciesOf('../../sdk'))
})
