import { agent, retrieval, tool, workflow } from '@llmscope/sdk'
import type OpenAI from 'openai'
import type {
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions'
import { handbook, type HandbookPage } from './documents.ts'
import { runTool, toolDefinitions } from './tools.ts'

const role = (
  sentences: number,
): string => `You answer questions about a GPU cluster for the people who train models on it.
Take rules from the handbook and prices from gpu_price, and let the calculator do the arithmetic.
Say so when neither knows. Answer in at most ${sentences} sentences.`
const TOP_PAGES = 3
const MAX_TURNS = 6

export interface AnswerOptions {
  readonly client: OpenAI
  readonly model: string
  readonly embeddingModel?: string | undefined
  /** How many sentences the answer may have. */
  readonly sentences: number
  /** Gets each piece of the answer as it comes. */
  readonly onToken?: ((text: string) => void) | undefined
}

export interface FoundPage extends HandbookPage {
  /** Cosine similarity to the question, from -1 to 1. */
  readonly score: number
}

export interface Answer {
  readonly text: string
  readonly responseId: string
  readonly traceId: string
  readonly pages: readonly FoundPage[]
}

/**
 * Plans, looks the question up in the handbook, then talks to the model and its tools until it answers.
 * The client's calls are traced by themselves: the helpers around them mark what no client can tell.
 */
export function answer(question: string, options: AnswerOptions): Promise<Answer> {
  return workflow('answer_question', (span) =>
    agent({ name: 'handbook_agent', model: options.model }, async () => {
      const plan = await makePlan(question, options)
      const pages = await findPages(question, options)
      const reply = await converse(question, plan, pages, options)
      return { ...reply, pages, traceId: span.spanContext().traceId }
    }),
  )
}

async function makePlan(
  question: string,
  { client, model, sentences }: AnswerOptions,
): Promise<string> {
  const completion = await client.chat.completions.create({
    model,
    messages: [
      { role: 'system', content: `${role(sentences)}\nFirst write a plan of at most three steps.` },
      { role: 'user', content: question },
    ],
    tools: toolDefinitions,
    tool_choice: 'none',
  })
  return completion.choices[0]?.message.content ?? ''
}

// Six pages may travel with each question; a larger handbook keeps its vectors in a store.
function findPages(
  question: string,
  { client, embeddingModel: model = 'text-embedding-3-small' }: AnswerOptions,
): Promise<FoundPage[]> {
  const search = { dataSource: 'gpu_handbook', query: question, topK: TOP_PAGES }
  return retrieval(search, async () => {
    const input = [question, ...handbook.map(({ text }) => text)]
    const { data } = await client.embeddings.create({ model, input })
    const [asked = [], ...vectors] = data.map(({ embedding }) => embedding)
    return handbook
      .map(({ id, text }, index) => ({ id, text, score: cosine(asked, vectors[index] ?? []) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, TOP_PAGES)
  })
}

async function converse(
  question: string,
  plan: string,
  pages: readonly FoundPage[],
  { client, model, sentences, onToken }: AnswerOptions,
): Promise<{ text: string; responseId: string }> {
  const excerpts = pages.map(({ id, text }) => `[${id}] ${text}`).join('\n')
  const messages: ChatCompletionMessageParam[] = [
    {
      role: 'system',
      content: `${role(sentences)}\nYour plan:\n${plan}\nThe handbook says:\n${excerpts}`,
    },
    { role: 'user', content: question },
  ]
  for (let turn = 1; ; turn++) {
    const stream = client.chat.completions.stream({
      model,
      messages,
      tools: toolDefinitions,
      // The last turn must answer with what it has.
      tool_choice: turn < MAX_TURNS ? 'auto' : 'none',
      stream_options: { include_usage: true },
    })
    if (onToken) stream.on('content', onToken)
    const { id, choices } = await stream.finalChatCompletion()
    const { content = null, tool_calls = [] } = choices[0]?.message ?? {}
    const calls = tool_calls.filter((call) => call.type === 'function')
    if (calls.length === 0) return { text: content ?? '', responseId: id }
    messages.push({ role: 'assistant', content, tool_calls: calls })
    messages.push(...(await Promise.all(calls.map(callTool))))
  }
}

async function callTool(
  call: ChatCompletionMessageFunctionToolCall,
): Promise<ChatCompletionMessageParam> {
  const { name, arguments: json } = call.function
  try {
    const result = await tool({ name, callId: call.id, arguments: json }, async () =>
      runTool(name, json),
    )
    return { role: 'tool', tool_call_id: call.id, content: JSON.stringify(result) }
  } catch (error) {
    // The span has the error; the model reads it and may try again.
    return { role: 'tool', tool_call_id: call.id, content: String(error) }
  }
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
  return dot / (Math.hypot(...a) * Math.hypot(...b))
}
