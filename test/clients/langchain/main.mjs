/** Graphs and chains of LangChain beside each other, over the servers that are named; tells what came of them. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const load = process.env.FORM === 'CommonJS' ? require : (name) => import(name)
const { ChatAnthropic } = await load('@langchain/anthropic')
const { ChatPromptTemplate } = await load('@langchain/core/prompts')
const { tool } = await load('@langchain/core/tools')
const { createReactAgent } = await load('@langchain/langgraph/prebuilt')
const { ChatOpenAI } = await load('@langchain/openai')
const { trace } = await load('@opentelemetry/api')
const { z } = await load('zod')

const [openaiUrl, anthropicUrl] = process.argv.slice(2)
const configuration = { baseURL: openaiUrl }
const openai = (model, options) =>
  new ChatOpenAI({ model, apiKey: 'x', maxRetries: 0, configuration, ...options })
const MODELS = {
  chat: () => openai('tools'),
  responses: () => openai('tools', { useResponsesApi: true }),
  messages: () =>
    new ChatAnthropic({
      model: 'tools',
      apiKey: 'x',
      maxRetries: 0,
      anthropicApiUrl: anthropicUrl,
    }),
}

const weather = tool(
  async ({ city }) => {
    await new Promise(setImmediate)
    trace.getTracer('app').startSpan(`inside ${city}`).end()
    return 'rain'
  },
  { name: 'weather', schema: z.object({ city: z.string() }) },
)
const broken = tool(
  () => {
    throw new Error('refused')
  },
  { name: 'weather', schema: z.object({ city: z.string() }) },
)

const question = { messages: [{ role: 'user', content: 'Hi' }] }
const agent = (name, llm, tools = [weather]) => createReactAgent({ llm, tools, name })
const textOf = ({ messages }) => messages.at(-1).text

async function streamed(graph) {
  let last
  for await (const state of await graph.stream(question, { streamMode: 'values' })) last = state
  return textOf(last)
}

const chain = (model) => ChatPromptTemplate.fromTemplate('Say {word}').pipe(openai(model))
const words = { word: 'yes' }
const failed = (promise) =>
  promise.then(
    () => 'nothing',
    (error) => error.constructor.name,
  )

async function pieces(stream) {
  let text = ''
  for await (const chunk of await stream) text += chunk.text
  return text
}

const results = await Promise.all([
  ...Object.entries(MODELS).flatMap(([api, model]) => [
    agent(`${api} whole`, model()).invoke(question).then(textOf),
    streamed(agent(`${api} streamed`, model())),
  ]),
  agent('broken', openai('tools'), [broken]).invoke(question).then(textOf),
  chain('ordinary')
    .invoke(words, { runName: 'asked' })
    .then(({ text }) => text),
  pieces(chain('ordinary').stream(words, { runName: 'asked in pieces' })),
  failed(chain('rate-limit').invoke(words, { runName: 'refused' })),
  openai('ordinary')
    .invoke('Hi')
    .then(({ text }) => text),
])
process.stdout.write(JSON.stringify(results))
