import { anthropic } from './anthropic/contract.ts'
import type { Contract } from './contract.ts'
import { gemini } from './gemini/contract.ts'
import { groq } from './groq/contract.ts'
import { ollama } from './ollama/contract.ts'
import { openai } from './openai/contract.ts'
import { together } from './together/contract.ts'

/** Every client that the contract is tested with. */
export const contracts: readonly Contract[] = [openai, anthropic, gemini, groq, together, ollama]
