import { createInterface } from 'node:readline'
import { randomUUID } from 'node:crypto'
import { score, withContext } from '@llmscope/sdk'
import OpenAI, { OpenAIError } from 'openai'
import { readArguments } from '../arguments.ts'
import { answer } from './agent.ts'
import { groundedness } from './groundedness.ts'

const { values, positionals } = readArguments('Usage: main.ts [--json] [question … | -]', {
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const defaultQuestions = [
  'What does a fine-tune on 8 H100 GPUs for 12 hours cost, and how often should it write a checkpoint?',
  'What do 4 L40S cost for 30 hours, and what happens to a job that leaves its GPUs idle?',
  'What do 16 A100 cost for 6 hours, and may jobs at night be preempted?',
]
// `-` reads one question a line from standard input, for as long as it is open
const questions = positionals.includes('-')
  ? createInterface({ input: process.stdin })
  : positionals.length > 0
    ? positionals
    : defaultQuestions
// every other question may have a longer answer, to see which of the two are better
const variants = { brief: 4, thorough: 8 } as const
const facts = { conversationId: randomUUID(), userId: 'example-user', promptName: 'handbook' }
const { OPENAI_MODEL: model = 'gpt-5-mini', OPENAI_EMBEDDING_MODEL: embeddingModel } = process.env

try {
  const client = new OpenAI()
  let variant: keyof typeof variants = 'brief'
  for await (const question of questions) {
    await withContext({ ...facts, variant }, () => ask(question, client, variants[variant]))
    variant = variant === 'brief' ? 'thorough' : 'brief'
  }
} catch (error) {
  if (!(error instanceof OpenAIError)) throw error
  process.stderr.write(`The model's API gave no answer: ${error.message}\n`)
  process.exitCode = 1
}

async function ask(question: string, client: OpenAI, sentences: number): Promise<void> {
  if (!values.json) print(`> ${question}\n`)
  const onToken = values.json ? undefined : print
  const result = await answer(question, { client, model, embeddingModel, sentences, onToken })
  const { traceId, responseId } = result
  const grounded = groundedness(result)
  score(responseId, { name: 'groundedness', ...grounded })
  if (values.json)
    print(`${JSON.stringify({ question, traceId, responseId, score: grounded.value })}\n`)
  else print(`\n  trace ${traceId}, groundedness ${grounded.value.toFixed(2)}\n\n`)
}

function print(text: string): void {
  process.stdout.write(text)
}
