'use strict'
const { attempt } = require('../../contract/observe.cjs')

const ANTHROPIC = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 100,
  temperature: 0.3,
  system: 'CANARY-SYSTEM',
  messages: [{ role: 'user', content: 'CANARY-PROMPT' }],
}
const NOVA = {
  messages: [{ role: 'user', content: [{ text: 'CANARY-PROMPT' }] }],
  inferenceConfig: { maxTokens: 100, temperature: 0.3, topK: 40 },
}

/** What is sent to each vendor's models. */
const BODIES = {
  'anthropic.claude-sonnet-4': ANTHROPIC,
  'amazon.nova-pro-v1': NOVA,
  'amazon.titan-text-express-v1': {
    inputText: 'CANARY-PROMPT',
    textGenerationConfig: { maxTokenCount: 100, temperature: 0.3, stopSequences: ['END'] },
  },
  'meta.llama3-1-8b-instruct-v1': {
    prompt: 'CANARY-PROMPT',
    max_gen_len: 100,
    temperature: 0.3,
  },
  'mistral.mistral-7b-instruct-v0': { prompt: 'CANARY-PROMPT', max_tokens: 100, top_k: 40 },
  'mistral.mistral-large-2407-v1': {
    messages: [{ role: 'user', content: 'CANARY-PROMPT' }],
    max_tokens: 100,
  },
  'cohere.command-r-v1': { message: 'CANARY-PROMPT', preamble: 'CANARY-SYSTEM', max_tokens: 100 },
  'cohere.command-text-v14': { prompt: 'CANARY-PROMPT', max_tokens: 100, p: 0.9, k: 40 },
}

const commandFor = (Command, model, body) =>
  new Command({
    modelId: model,
    contentType: 'application/json',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes))

async function whole({ Invoke, client, model }, name, body) {
  const { body: answer, ...rest } = await client.send(
    commandFor(Invoke, model('ordinary', name), body),
  )
  return { answer: parsed(answer), class: answer.constructor.name, rest }
}

async function streamed({ InvokeStream, client, model }, name, body, script = 'ordinary') {
  const answer = await client.send(commandFor(InvokeStream, model(script, name), body))
  const seen = []
  for await (const { chunk } of answer.body) seen.push(parsed(chunk.bytes))
  return seen
}

const each = (play, title) =>
  Object.fromEntries(
    Object.entries(BODIES).map(([name, body]) => [
      `${title} ${name}`,
      (context) => play(context, name, body),
    ]),
  )

/** Bodies in the words of the models' vendors. */
module.exports = {
  ...each(whole, 'body of'),
  ...each(streamed, 'streamed body of'),

  'body of more than anybody reads twice': (context) =>
    whole(context, 'anthropic.claude-sonnet-4', {
      ...ANTHROPIC,
      messages: [{ role: 'user', content: `CANARY-PROMPT ${'x'.repeat(200_000)}` }],
    }),
  'body as bytes': ({ Invoke, client, model }) =>
    client
      .send(
        new Invoke({
          modelId: model('ordinary', 'amazon.nova-pro-v1'),
          body: new TextEncoder().encode(JSON.stringify(NOVA)),
        }),
      )
      .then(({ body }) => parsed(body)),
  'body that is no JSON': (context) =>
    attempt(() => whole(context, 'anthropic.claude-sonnet-4', '{'), context),
  'streamed body, early break': async ({ InvokeStream, client, model }) => {
    const name = 'mistral.mistral-7b-instruct-v0'
    const answer = await client.send(commandFor(InvokeStream, model('paced', name), BODIES[name]))
    const seen = []
    for await (const { chunk } of answer.body) {
      seen.push(parsed(chunk.bytes))
      break
    }
    return seen
  },
  'embeddings of Titan': (context) =>
    whole(context, 'amazon.titan-embed-text-v2', { inputText: 'CANARY-PROMPT', dimensions: 256 }),
  'reranking of Cohere': (context) =>
    whole(context, 'cohere.rerank-v3-5', { query: 'CANARY-PROMPT', documents: ['a'], top_n: 1 }),
}
