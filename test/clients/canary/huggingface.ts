import type { Call, Canary } from '../../sdk/canary/canary.ts'
import type { Secrets } from '../../sdk/canary/secrets.ts'
import { openHuggingface, type InferenceClient } from '../huggingface-client.ts'

const MODEL = 'meta-llama/Llama-3.1-8B-Instruct'
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }

/** The `@huggingface/inference` client. Not planted: what every mode tells, such as models and names of tools. */
export const huggingface: Canary = {
  name: '@huggingface/inference',
  calls: (url, secrets) => {
    const client = openHuggingface(secrets.key('token'), { endpointUrl: url })
    return [...chats(client, secrets), ...others(client, secrets), ...failures(client, secrets)]
  },
}

function chats(client: InferenceClient, { in: plant }: Secrets): Call[] {
  const called = {
    id: 'call_1',
    type: 'function',
    function: { name: 'look', arguments: JSON.stringify({ a: [plant('arguments')] }) },
  }
  const request = {
    model: MODEL,
    messages: [
      { role: 'system', content: plant('system') },
      { role: 'user', content: [{ type: 'text', text: plant('asked') }] },
      { role: 'assistant', content: '', tool_calls: [called] },
      { role: 'tool', tool_call_id: 'call_1', content: plant('result') },
    ],
    tools: [{ type: 'function', function: { name: 'look', description: plant('tool') } }],
  }
  const message = { role: 'assistant', content: plant('answer'), tool_calls: [called] }
  const pieces = plant('streamed-answer').match(/.{1,5}/g) ?? []
  const chunk = (delta: object, more: object = {}): object => ({
    model: MODEL,
    choices: [{ index: 0, delta, ...more }],
  })
  return [
    {
      answer: {
        body: { model: MODEL, choices: [{ index: 0, message, finish_reason: 'stop' }], usage },
      },
      run: () => client.chatCompletion(request),
    },
    {
      answer: {
        body: [
          ...pieces.map((content) => chunk({ content })),
          chunk({}, { finish_reason: 'stop' }),
        ],
      },
      run: () => Array.fromAsync(client.chatCompletionStream(request)),
    },
  ]
}

function others(client: InferenceClient, { in: plant }: Secrets): Call[] {
  const details = { finish_reason: 'length', generated_tokens: 3, input_length: 2 }
  return [
    {
      answer: { body: [{ generated_text: plant('completion'), details }] },
      run: () => client.textGeneration({ model: MODEL, inputs: plant('prompt') }),
    },
    {
      answer: {
        body: [
          { token: { text: plant('token'), special: false } },
          { token: { text: '', special: true }, generated_text: plant('whole'), details },
        ],
      },
      run: () => Array.fromAsync(client.textGenerationStream({ inputs: plant('prompt') })),
    },
    {
      answer: { body: [[0.5]] },
      run: () => client.featureExtraction({ model: MODEL, inputs: plant('embedded') }),
    },
  ]
}

function failures(client: InferenceClient, { in: plant }: Secrets): Call[] {
  const request = { model: MODEL, messages: [] }
  const error = { status: 400, body: { error: plant('error') } }
  return [
    { answer: error, run: () => client.chatCompletion(request) },
    { answer: error, run: () => Array.fromAsync(client.chatCompletionStream(request)) },
    {
      answer: { status: 500, body: { message: plant('message') } },
      run: () => client.chatCompletion(request),
    },
  ]
}
