import type { Emitted, EmittedName } from '../catalogue/emitted.ts'

/** Names of what `withContext` says: those of the conventions where they have one, else ours. */
export const factNames = {
  conversationId: 'gen_ai.conversation.id',
  userId: 'user.id',
  promptName: 'gen_ai.prompt.name',
  promptVersion: 'gen_ai.prompt.version',
  variant: 'llmscope.variant',
} as const

const TAG = 'llmscope.tag.'

export function tagName(key: string): EmittedName {
  return `${TAG}${key}`
}

/** The key of a tag's name; `undefined` where the name is none. */
export function tagKey(name: string): string | undefined {
  return name.startsWith(TAG) ? name.slice(TAG.length) : undefined
}

/** What metrics carry in place of values that have become too many. */
export const overflowAttributes: Readonly<Emitted> = Object.freeze<Emitted>({
  'otel.metric.overflow': true,
})
