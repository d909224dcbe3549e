import type { Choice, Method } from '../../calls/adapter.ts'
import type { Message, Operation } from '../../calls/genai.ts'
import { toMessage, toolDefinitions } from '../openai/messages.ts'
import { Generation, parametersOf } from './generation.ts'
import { placed } from './models.ts'
import type { Model, Pipeline, PipelineOptions } from './wire.ts'

/** What is written for a task. */
const WRITING: Readonly<Record<string, Operation>> = {
  'text-generation': 'text_completion',
  'text2text-generation': 'text_completion',
  summarization: 'text_completion',
  translation: 'text_completion',
  'image-to-text': 'generate_content',
}

/** What else is done for one. */
const OTHERS: Readonly<Record<string, Operation>> = {
  'feature-extraction': 'embeddings',
  'image-feature-extraction': 'embeddings',
  'automatic-speech-recognition': 'transcribe_audio',
  'text-to-audio': 'generate_speech',
}

/** What is said in a result, by the name that its task has for it. */
type Result = Readonly<Record<string, unknown>>

/** A call of a pipeline; what its model does for it is part of that. */
export const run: Choice = {
  operations: ['chat', ...new Set(Object.values({ ...WRITING, ...OTHERS }))],
  choose: (input, [options] = [], self) => {
    const { task = '', model } = self as Pipeline
    const isChat = task === 'text-generation' && chatsIn(input).length > 0
    const written = isChat ? 'chat' : WRITING[task]
    if (written) return writing(written, model, input, options ?? {})
    const other = OTHERS[task]
    return other && doing(other, model)
  },
}

function writing(
  operation: Operation,
  model: Model | undefined,
  input: unknown,
  options: PipelineOptions,
): Method {
  const generation = new Generation(model)
  const texts = textsIn(input)
  const prompts = options.return_full_text === false ? [] : texts
  return {
    operation,
    request: () => ({
      ...placed(model),
      ...parametersOf(options),
      messages: () => [...texts.map(textFrom('user')), ...chatsIn(input).flat().map(toMessage)],
      tools: () => toolDefinitions(options.tools),
    }),
    listenWithin: (target, inner, args, heard) => {
      if (inner !== model) return undefined
      return target === 'generate' ? generation.listen(args, heard) : [...args]
    },
    fold: (_, tokens) => generation.add(tokens as Parameters<Generation['add']>[0]),
    response: (results) => ({
      ...generation.ending,
      messages: () => (Array.isArray(results) ? answersIn(results, prompts) : []),
    }),
  }
}

/** Tokens are counted of embeddings alone. */
function doing(operation: Operation, model: Model | undefined): Method {
  const generation = new Generation(model)
  return {
    operation,
    request: () => placed(model),
    listenWithin: (_, inner, args) => {
      if (inner !== model) return undefined
      if (operation === 'embeddings') generation.read(args[0] ?? {})
      return [...args]
    },
    response: () => generation.ending,
  }
}

function answersIn(results: readonly unknown[], prompts: readonly string[]): Message[] {
  return results.flat().flatMap((result, index) => {
    const [said] = Object.values((result ?? {}) as Result)
    if (Array.isArray(said)) return said.slice(-1).map((message) => toMessage(message as object))
    if (typeof said !== 'string') return []
    const prompt = prompts[index] ?? ''
    return [textFrom('assistant')(said.startsWith(prompt) ? said.slice(prompt.length) : said)]
  })
}

const textFrom =
  (role: string) =>
  (content: string): Message => ({ role, parts: [{ type: 'text', content }] })

/** A text, or each of a list. */
function textsIn(input: unknown): string[] {
  return [input].flat().filter((text) => typeof text === 'string')
}

/** A chat, or each of a list. */
function chatsIn(input: unknown): object[][] {
  if (!Array.isArray(input) || input.length === 0) return []
  if (input.every(Array.isArray)) return input as object[][]
  return input.every((message) => typeof message === 'object') ? [input as object[]] : []
}
