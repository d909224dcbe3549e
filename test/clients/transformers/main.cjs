'use strict'
const transformers = require('@huggingface/transformers')
const { run } = require('../contract/run.cjs')

const { env, InterruptableStoppingCriteria, pipeline, TextStreamer } = transformers
const [, , models] = process.argv
Object.assign(env, { allowRemoteModels: false, localModelPath: models })

const fail = () => {
  throw new RangeError('CANARY-ERROR')
}

/** Calls of a pipeline, its model and another pipeline, whose results are the same each time. */
function scenariosOf(writer, encoder) {
  const CHAT = [
    { role: 'system', content: 'a CANARY' },
    { role: 'user', content: [{ type: 'text', text: 'alice@example.com, password: hunter2' }] },
  ]
  const tools = [{ type: 'function', function: { name: 'look' } }]
  const heardBy = (heard) =>
    new TextStreamer(writer.tokenizer, { callback_function: (text) => heard.push(text) })
  return {
    text: () => writer('the cat', { max_new_tokens: 3, stop_strings: ['CANARY'] }),
    texts: () => writer(['the cat', 'a mat'], { max_new_tokens: 2, return_full_text: false }),
    chat: async () => {
      const heard = []
      const options = { max_new_tokens: 2, tools, streamer: heardBy(heard) }
      return [await writer(CHAT, options), heard]
    },
    generate: async () => {
      const heard = []
      const options = { max_length: 4, streamer: heardBy(heard) }
      const tokens = await writer.model.generate({ ...writer.tokenizer('the cat'), ...options })
      return [tokens.tolist().flat().map(Number), heard]
    },
    interrupted: async () => {
      const stop = new InterruptableStoppingCriteria()
      stop.interrupt()
      return writer('the cat', { stopping_criteria: stop })
    },
    embeddings: async () => (await encoder('the cat', { pooling: 'mean' })).dims,
    refused: () => writer(42),
    broken: () => writer('the cat', { streamer: { put: fail, end: fail } }),
    beside: () =>
      Promise.all([1, 2, 3].map((count) => writer('the cat', { max_new_tokens: count }))),
  }
}

async function main() {
  const writer = await pipeline('text-generation', 'writer', { dtype: 'fp32' })
  const encoder = await pipeline('feature-extraction', 'encoder', { dtype: 'fp32' })
  const library = { ...transformers, APIError: AggregateError, BadRequestError: AggregateError }
  const scenarios = scenariosOf(writer, encoder)
  await run(library, { isLocal: true, open: () => writer, scenarios }, process.argv)
}

void main()
