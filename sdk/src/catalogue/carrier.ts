import type { AttributeName } from './attributes.ts'

/** What carries attributes. */
export interface Carrier {
  readonly meaning: string
  readonly always: readonly AttributeName[]
  /** Where they are known. */
  readonly known: readonly AttributeName[]
  /** Where content is captured in it. */
  readonly captured?: readonly AttributeName[]
  /** What semantic conventions 1.41 called some of them: with `LLMSCOPE_SEMCONV=v1_41` or `both`. */
  readonly former?: readonly AttributeName[]
}

/** A kind of span, but for what its name is worth. */
export interface SpanKind extends Carrier {
  /** Its name; `{…}` is the value of an attribute, left out with the blank before it where there is none. */
  readonly name: string
  readonly kind: 'client' | 'server' | 'internal'
  /** Values of `gen_ai.operation.name`; none where it is not set. */
  readonly operations: readonly string[]
}

/** What the application says by `withContext`. */
export const FACTS: readonly AttributeName[] = [
  'gen_ai.conversation.id',
  'user.id',
  'gen_ai.prompt.name',
  'gen_ai.prompt.version',
  'llmscope.variant',
  'llmscope.tag.<key>',
]

export const FAILURE: readonly AttributeName[] = ['error.type', 'llmscope.error.category']

export const CONTENT: readonly AttributeName[] = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
]
