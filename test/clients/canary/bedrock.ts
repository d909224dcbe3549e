import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import type { Call, Canary } from '../../sdk/canary/canary.ts'
import type { Secrets } from '../../sdk/canary/secrets.ts'
import { type BedrockRuntime, openBedrock } from '../bedrock-client.ts'
import { install } from '../workspace.ts'

const require = createRequire(join(await install('bedrock-3'), 'index.js'))

const MODEL = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0'

/** The client of Amazon Bedrock. Not planted: what every mode tells, such as ids, models and names of tools. */
export const bedrock: Canary = {
  name: '@aws-sdk/client-bedrock-runtime',
  calls: (url, secrets) => {
    const credentials = {
      accessKeyId: secrets.key('access-key'),
      secretAccessKey: secrets.key('secret-key'),
    }
    const client = instrument(openBedrock(require, url, { credentials, maxAttempts: 1 }))
    return [...conversed(client, secrets), ...invoked(client, secrets), ...failed(client, secrets)]
  },
}

function conversed(client: BedrockRuntime, { in: plant }: Secrets): Call[] {
  const message = { role: 'assistant', content: blocksOf(plant, 'answer') }
  const answer = { body: { output: { message }, stopReason: 'end_turn' } }
  return [{ answer, run: () => client.converse(requestOf(plant)) }]
}

function requestOf(plant: Secrets['in']): object {
  const toolResult = { toolUseId: '1', content: [{ json: { output: plant('result') } }] }
  return {
    modelId: MODEL,
    system: [{ text: plant('instruction') }],
    messages: [
      { role: 'user', content: blocksOf(plant, 'asked') },
      { role: 'user', content: [{ toolResult }] },
    ],
    toolConfig: {
      tools: [
        { toolSpec: { name: 'look', description: plant('tool'), inputSchema: { json: {} } } },
      ],
    },
    requestMetadata: { note: plant('metadata') },
    promptVariables: { name: { text: plant('variable') } },
  }
}

/** Every kind of block. */
function blocksOf(plant: Secrets['in'], where: string): object[] {
  const bytes = Buffer.from(plant(`${where}-image`))
  return [
    { text: plant(`${where}-text`) },
    { image: { format: 'png', source: { bytes } } },
    { document: { format: 'txt', name: 'file', source: { text: plant(`${where}-document`) } } },
    { toolUse: { toolUseId: '1', name: 'look', input: { a: plant(`${where}-arguments`) } } },
    { reasoningContent: { reasoningText: { text: plant(`${where}-thought`) } } },
    { guardContent: { text: { text: plant(`${where}-guarded`) } } },
  ]
}

/** Bodies of vendors, as texts. */
function invoked(client: BedrockRuntime, { in: plant }: Secrets): Call[] {
  const call = (modelId: string, body: object, answer: object): Call => ({
    answer: { body: answer },
    run: () => client.invokeModel({ modelId, body: JSON.stringify(body) }),
  })
  return [
    call(
      MODEL,
      { max_tokens: 9, system: plant('body-system'), messages: said(plant('body-prompt')) },
      { role: 'assistant', content: [{ type: 'text', text: plant('body-answer') }], usage: {} },
    ),
    call(
      'meta.llama3-1-8b-instruct-v1:0',
      { prompt: plant('llama-prompt') },
      { generation: plant('llama-answer'), prompt_token_count: 1, generation_token_count: 1 },
    ),
    call(
      'cohere.command-r-v1:0',
      { message: plant('cohere-prompt'), preamble: plant('cohere-system') },
      { text: plant('cohere-answer'), finish_reason: 'COMPLETE' },
    ),
    call('amazon.titan-embed-text-v2:0', { inputText: plant('embedded') }, { embedding: [1] }),
  ]
}

const said = (content: string): object[] => [{ role: 'user', content }]

function failed(client: BedrockRuntime, { in: plant }: Secrets): Call[] {
  const messages = [{ role: 'user', content: [{ text: 'Hello' }] }]
  const run = (): unknown => client.converse({ modelId: MODEL, messages })
  const headers = { 'x-amzn-errortype': 'ValidationException' }
  return [
    { answer: { status: 400, headers, body: { message: plant('error') } }, run },
    { answer: { status: 502, body: `<html>${plant('error-page')}</html>` }, run },
  ]
}
