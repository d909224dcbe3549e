/** Calls of a model of random weights; prints what came of each, and the tokens as the model's tokenizer counts them. */
import { trace } from '@opentelemetry/api'
import {
  getLlama,
  GeneralChatWrapper,
  LlamaChat,
  LlamaChatSession,
  LlamaCompletion,
} from 'node-llama-cpp'

const llama = await getLlama({
  gpu: false,
  build: 'never',
  skipDownload: true,
  maxThreads: 1,
  logger: () => undefined,
})
const model = await llama.loadModel({ modelPath: process.argv[2] })
const context = await model.createContext({ sequences: 12, contextSize: 2048, threads: 1 })
const vectors = await model.createEmbeddingContext({ contextSize: 64, threads: 1 })
const ranks = await model.createRankingContext({ contextSize: 64, threads: 1 })

const PROMPT = 'the cat sat CANARY'
const chatWrapper = new GeneralChatWrapper()
const open = (systemPrompt = 'the') =>
  new LlamaChatSession({ contextSequence: context.getSequence(), chatWrapper, systemPrompt })
/** The tokens of a prompt, with the one that a model begins with. */
const prompted = (text) => model.tokenize(text, false, 'trimLeadingSpace').length + 1
/** The tokens of a chat, before the answer to it. */
const rendered = (chatHistory) => {
  const history = [...chatHistory, { type: 'model', response: [] }]
  return chatWrapper
    .generateContextState({ chatHistory: history })
    .contextText.tokenize(model.tokenizer).length
}
/** By whose syntax the one word that the model knows is the beginning of a call. */
class Caller extends GeneralChatWrapper {
  settings = {
    supportsSystemMessages: true,
    functions: {
      call: { optionalPrefixSpace: true, prefix: 'mat', paramsPrefix: '(', suffix: ')' },
      result: { prefix: '[', suffix: ']' },
    },
  }
}
const sampling = { temperature: 0.5, topK: 3, topP: 0.9, seed: 7 }

const scenarios = {
  prompt: async () => {
    const session = open('a CANARY')
    const tokens = rendered([...session.getChatHistory(), { type: 'user', text: PROMPT }])
    const result = await session.prompt(PROMPT, { maxTokens: 6 })
    return { result, tokens: [tokens, 6, 0] }
  },
  'second prompt': async () => {
    const session = open()
    const asked = [...session.getChatHistory(), { type: 'user', text: PROMPT }]
    await session.prompt(PROMPT, { maxTokens: 3 })
    const tokens = rendered([...session.getChatHistory(), { type: 'user', text: 'mat' }])
    const result = await session.prompt('mat', { maxTokens: 4 })
    return { result, first: rendered(asked), tokens: [tokens, 4] }
  },
  streamed: async () => {
    const session = open()
    const heard = []
    const tokens = rendered([...session.getChatHistory(), { type: 'user', text: PROMPT }])
    const onTextChunk = (text) => {
      trace.getTracer('app').startSpan('inside streamed').end()
      heard.push(text)
    }
    const repeatPenalty = { frequencyPenalty: 0.1, presencePenalty: 0.2 }
    const result = await session.prompt(PROMPT, {
      maxTokens: 5,
      onTextChunk,
      repeatPenalty,
      ...sampling,
    })
    return { result, heard: heard.join('') === result, tokens: [tokens, 5, 0] }
  },
  chat: async () => {
    const chat = new LlamaChat({ contextSequence: context.getSequence(), chatWrapper })
    const history = [
      { type: 'user', text: PROMPT },
      { type: 'model', response: ['mat'] },
      { type: 'user', text: 'the' },
    ]
    const asked = [...history, { type: 'model', response: [] }]
    const heard = []
    const { response } = await chat.generateResponse(asked, {
      maxTokens: 3,
      onToken: (tokens) => heard.push(...tokens),
    })
    return { result: response, heard: heard.length, tokens: [rendered(history), 3, 0] }
  },
  completion: async () => {
    const completion = new LlamaCompletion({ contextSequence: context.getSequence() })
    const result = await completion.generateCompletion(PROMPT, { maxTokens: 5 })
    return { result, tokens: [prompted(PROMPT), 5, 0] }
  },
  stopped: async () => {
    const completion = new LlamaCompletion({ contextSequence: context.getSequence() })
    const meta = await completion.generateCompletionWithMeta(PROMPT, {
      maxTokens: 50,
      customStopTriggers: ['a', 'o', 't', 'cat'],
    })
    return { result: meta.response, reason: meta.metadata.stopReason }
  },
  aborted: async () => {
    const stop = new AbortController()
    return open().prompt(PROMPT, {
      maxTokens: 200,
      signal: stop.signal,
      onToken: () => stop.abort(),
    })
  },
  'aborted softly': async () => {
    const stop = new AbortController()
    const { stopReason } = await open().promptWithMeta(PROMPT, {
      maxTokens: 200,
      signal: stop.signal,
      stopOnAbortSignal: true,
      onToken: () => stop.abort(),
    })
    return { result: stopReason }
  },
  'completed for the user': async () => {
    const result = await open().completePrompt('the', { maxTokens: 2 })
    return { result: typeof result }
  },
  functions: async () => {
    const contextSequence = context.getSequence()
    const caller = new LlamaChatSession({
      contextSequence,
      chatWrapper: new Caller(),
      systemPrompt: 'a',
    })
    let calls = 0
    const look = {
      params: { type: 'object', properties: { at: { enum: ['CANARY'] } } },
      handler: async ({ at }) => {
        trace.getTracer('app').startSpan('inside look').end()
        calls += 1
        if (calls > 1) throw new RangeError('enough')
        return `seen ${at}`
      },
    }
    return caller.prompt(PROMPT, { maxTokens: 90, functions: { look } })
  },
  embedding: async () => {
    const { vector } = await vectors.getEmbeddingFor(PROMPT)
    return { result: vector.length, tokens: [vectors.calculateInputLength(PROMPT)] }
  },
  ranking: async () => {
    const sorted = await ranks.rankAndSort('the', ['cat', PROMPT])
    return { result: [sorted.length, await ranks.rank('the', 'cat')] }
  },
  refused: async () => vectors.getEmbeddingFor(PROMPT.repeat(20)),
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

// of one session, which has them wait for each other, and of one context of vectors
const session = open()
const many = [3, 5].map((maxTokens, index) =>
  play(`beside ${index}`, async () => {
    const result = await session.prompt('the cat', { maxTokens })
    return { result, tokens: [undefined, maxTokens] }
  }),
)
const texts = ['the', 'the cat sat', PROMPT].map((text, index) =>
  play(`vector ${index}`, async () => {
    const { vector } = await vectors.getEmbeddingFor(text)
    return { result: vector.length, tokens: [vectors.calculateInputLength(text)] }
  }),
)
for (const [index, result] of (await Promise.all(many)).entries())
  results[`beside ${index}`] = result
for (const [index, result] of (await Promise.all(texts)).entries())
  results[`vector ${index}`] = result
const history = session.getChatHistory()
results['beside 0'].tokens[0] = rendered(history.slice(0, 2))
results['beside 1'].tokens[0] = rendered(history.slice(0, -1))
process.stdout.write(JSON.stringify(results))
await llama.dispose()
