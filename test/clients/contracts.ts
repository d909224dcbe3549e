import { anthropic } from './anthropic/contract.ts'
import type { Contract } from './contract.ts'
import { gemini } from './gemini/contract.ts'
import { openai } from './openai/contract.ts'

/** Every client that the contract is tested with. */
export const contracts: readonly Contract[] = [openai, anthropic, gemini]
