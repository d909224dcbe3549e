import type { Client } from '../client.ts'
import { anthropic } from './anthropic.ts'
import { gemini } from './gemini.ts'
import { openai } from './openai.ts'

/** Every client of the bench. */
export const clients: readonly Client[] = [openai, gemini, anthropic]
