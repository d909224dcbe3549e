/** Calls of models of random weights in a folder; prints what came of each, and the tokens as the tokenizer counts them. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const load = process.env.FORM === 'CommonJS' ? require : (name) => import(name)
const { env, InterruptableStoppingCriteria, pipeline, TextStreamer } = await load(
  '@huggingface/transformers',
)
const { trace } = await load('@opentelemetry/api')

env.allowRemoteModels = false
env.localModelPath = process.argv[2]
const options = { dtype: 'fp32' }
const [writer, encoder, listener] = await Promise.all([
  pipeline('text-generation', 'writer', options),
  pipeline('feature-extraction', 'encoder', options),
  pipeline('text-generation', 'writer', options),
])
const { tokenizer } = writer
const QUESTION = 'the cat sat on CANARY'
const CHAT = [
  { role: 'system', content: 'a CANARY' },
  { role: 'user', content: QUESTION },
]

const count = (text) => tokenizer.encode(text, { add_special_tokens: false }).length
const textOf = (results) => [results].flat(2).map((result) => result.generated_text)
const streamer = (heard) =>
  new TextStreamer(tokenizer, { skip_prompt: true, callback_function: heard })

const scenarios = {
  whole: async () => ({
    result: textOf(await writer(QUESTION, { max_new_tokens: 6 })),
    tokens: [count(QUESTION), 6],
  }),
  streamed: async () => {
    const heard = []
    const result = textOf(
      await writer(QUESTION, {
        max_new_tokens: 5,
        temperature: 0.5,
        top_k: 3,
        streamer: streamer((text) => {
          trace.getTracer('app').startSpan('inside streamed').end()
          heard.push(text)
        }),
      }),
    )
    return { result, heard, tokens: [count(QUESTION), 5] }
  },
  chat: async () => ({
    result: textOf(await writer(CHAT, { max_new_tokens: 4 })),
    tokens: [
      count(tokenizer.apply_chat_template(CHAT, { tokenize: false, add_generation_prompt: true })),
      4,
    ],
  }),
  batch: async () => ({
    result: textOf(
      await writer([QUESTION, 'the mat'], { max_new_tokens: 3, return_full_text: false }),
    ),
    tokens: [count(QUESTION) + count('the mat'), 6],
  }),
  ended: async () => ({
    result: textOf(await writer('knew', { max_new_tokens: 50 })),
    tokens: [count('knew'), 2],
  }),
  generate: async () => {
    const inputs = tokenizer(QUESTION)
    const sequences = await writer.model.generate({
      ...inputs,
      max_new_tokens: 4,
      streamer: streamer(() => undefined),
    })
    return {
      result: sequences.tolist().flat().map(Number),
      tokens: [inputs.input_ids.size, sequences.size - inputs.input_ids.size],
    }
  },
  interrupted: async () => {
    const stop = new InterruptableStoppingCriteria()
    let texts = 0
    const heard = streamer(() => {
      texts += 1
      if (texts === 2) stop.interrupt()
    })
    const inputs = tokenizer(QUESTION)
    const sequences = await writer.model.generate({
      ...inputs,
      max_new_tokens: 200,
      stopping_criteria: stop,
      streamer: heard,
    })
    return {
      result: sequences.size < 200,
      tokens: [inputs.input_ids.size, sequences.size - inputs.input_ids.size],
    }
  },
  embeddings: async () => {
    const result = await encoder([QUESTION, 'the mat'], { pooling: 'mean', normalize: true })
    return { result: result.dims, tokens: [count(QUESTION) + count('the mat')] }
  },
  refused: async () => writer(42),
  broken: async () => {
    let steps = 0
    const put = () => {
      steps += 1
      if (steps > 3) throw new TypeError('CANARY-ERROR')
    }
    return writer(QUESTION, { max_new_tokens: 50, streamer: { put, end: () => undefined } })
  },
  'an unknown task': async () => {
    // a pipeline of a kind that has no span
    const other = Object.assign(listener, { task: 'text-classification' })
    return { result: typeof (await other.model(await tokenizer('the cat'))).logits }
  },
}

async function play(name, scenario) {
  return trace.getTracer('app').startActiveSpan(name, async (span) => {
    try {
      return await scenario()
    } catch (error) {
      return { thrown: `${error.name}: ${error.message}` }
    } finally {
      span.end()
    }
  })
}

const results = {}
for (const [name, scenario] of Object.entries(scenarios)) results[name] = await play(name, scenario)
const many = Array.from({ length: 4 }, (_, index) =>
  play(`beside ${index}`, async () => ({
    result: textOf(await writer(QUESTION, { max_new_tokens: index + 2 })),
    tokens: [count(QUESTION), index + 2],
  })),
)
for (const [index, result] of (await Promise.all(many)).entries())
  results[`beside ${index}`] = result
process.stdout.write(JSON.stringify(results))
