import { createHash } from 'node:crypto'
import type { CompletionUsage } from 'openai/resources/completions'
import type { Quota } from './quota.ts'

/** What was billed for one model: tokens and successful requests. */
export interface Bill {
  requests: number
  /** Includes `cacheRead`. */
  input: number
  /** Includes `reasoning`. */
  output: number
  cacheRead: number
  reasoning: number
}

/** Adds up what was billed, by requested model, and spends it. A failed or abandoned response costs nothing. */
export class Ledger {
  readonly billed: Record<string, Bill> = {}
  readonly #quota: Quota

  constructor(quota: Quota) {
    this.#quota = quota
  }

  charge(model: string, usage: Omit<CompletionUsage, 'total_tokens'>): void {
    const bill = (this.billed[model] ??= {
      requests: 0,
      input: 0,
      output: 0,
      cacheRead: 0,
      reasoning: 0,
    })
    this.#quota.tokens.spend(usage.prompt_tokens + usage.completion_tokens)
    bill.requests += 1
    bill.input += usage.prompt_tokens
    bill.output += usage.completion_tokens
    bill.cacheRead += usage.prompt_tokens_details?.cached_tokens ?? 0
    bill.reasoning += usage.completion_tokens_details?.reasoning_tokens ?? 0
  }
}

// OpenAI caches from 1,024 tokens on, in steps of 128; an example's prompts are shorter than that.
const BLOCK = 128
const MAX_BLOCKS = 10_000

/** Remembers the beginnings of prompts, in whole blocks of 128 tokens. */
export class PromptCache {
  readonly #seen = new Set<string>()

  /** How many of a prompt's first tokens an earlier prompt had too; remembers this prompt. */
  read(model: string, tokens: readonly string[]): number {
    if (this.#seen.size > MAX_BLOCKS) this.#seen.clear()
    const hash = createHash('sha256').update(model)
    let cached = 0
    for (let end = BLOCK; end <= tokens.length; end += BLOCK) {
      hash.update(tokens.slice(end - BLOCK, end).join(''))
      const prefix = hash.copy().digest('base64')
      if (this.#seen.has(prefix)) cached = end
      else this.#seen.add(prefix)
    }
    return cached
  }
}
