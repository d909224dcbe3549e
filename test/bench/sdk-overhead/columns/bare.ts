import type { Column } from '../column.ts'

export const bare: Column = {
  name: 'bare',
  clients: ['openai', '@google/genai', '@anthropic-ai/sdk'],
  content: { off: {}, on: {} },
}
