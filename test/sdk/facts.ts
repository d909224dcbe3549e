import type { ContextFacts } from '@llmscope/sdk'

/** One of everything that `withContext` takes. */
export const FACTS: ContextFacts = {
  conversationId: 'conv-1',
  userId: 'user-7',
  promptName: 'support',
  promptVersion: '3',
  variant: 'b',
  tags: { team: 'search', 'cost.center': 42, beta: true },
}
